"""An appeal as it is filed, and what came of it."""

from crispy_forms.layout import Submit
from django import forms

from funding.enums import AppealKind, AppealOutcome
from funding.forms.life import day_field
from structures.forms import helper


class PastForm(forms.Form):
    """Days that are not to come."""

    days = ()

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.helper = helper(*self.fields, Submit("", self.verb))
        self.helper.form_error_title = "Rien n’est enregistré"

    def clean(self):
        for name in self.days:
            if (day := self.cleaned_data.get(name)) and day > self.today:
                self.add_error(name, "Cette date est à venir.")
        return self.cleaned_data


class AppealForm(PastForm):
    verb = "Enregistrer le recours"
    days = ("notified_on", "filed_on")
    kind = forms.ChoiceField(
        label="Nature du recours", choices=[("", "Choisir"), *AppealKind.choices]
    )
    notified_on = day_field("Décision notifiée le")
    filed_on = day_field("Recours formé le")
    reason = forms.CharField(
        label="Ce que la structure soutient",
        widget=forms.Textarea({"rows": 4}),
        max_length=5000,
    )
    reference = forms.CharField(
        label="Référence",
        max_length=200,
        required=False,
        help_text="Le courrier, ou le numéro de la requête.",
    )


class OutcomeForm(PastForm):
    verb = "Enregistrer l’issue"
    days = ("on",)
    outcome = forms.ChoiceField(
        label="Issue", choices=[("", "Choisir"), *AppealOutcome.choices]
    )
    on = day_field("Date de l’issue")
    grounds = forms.CharField(
        label="Motif", widget=forms.Textarea({"rows": 4}), max_length=5000
    )
