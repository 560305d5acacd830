"""Who is put in charge of people."""

from django import forms

from parcours.forms.accompaniment import WrittenForm, day_field


class ReferentForm(WrittenForm):
    verb = "Désigner le référent"
    user = forms.ModelChoiceField(
        label="Référent", queryset=None, empty_label="Choisir"
    )
    since = day_field("Depuis le")

    def __init__(self, *args, advisers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = advisers


class HandOverForm(WrittenForm):
    """`seen` is how many people the page showed."""

    verb = "Passer ces personnes"
    user = forms.ModelChoiceField(
        label="Passer à", queryset=None, empty_label="Choisir"
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, advisers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = advisers
