"""The filters of documents, and the form that prints a year."""

from crispy_forms.layout import Submit
from django import forms

from structures.enums import DocumentKind
from structures.forms import FilterForm, helper


class DocumentFilter(FilterForm):
    annee = forms.ChoiceField(label="Exercice", required=False)
    q = forms.CharField(label="Structure, commune ou SIRET", required=False)
    nature = forms.ChoiceField(
        label="Nature", choices=[("", "Toutes"), *DocumentKind.choices], required=False
    )

    def __init__(self, *args, years, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["annee"].choices = [(str(year), str(year)) for year in years]


class PrintForm(forms.Form):
    """Every annexe of a year, printed in one go."""

    year = forms.IntegerField(
        label="Année des annexes",
        min_value=2015,
        max_value=2100,
        help_text="Une annexe déjà imprimée à l’identique n’est pas refaite.",
    )
    departement = forms.ModelChoiceField(
        label="Département",
        queryset=None,
        required=False,
        empty_label="Tous les départements de mon territoire",
    )

    def __init__(self, *args, departements, **kwargs):
        super().__init__(*args, **kwargs)
        self.departements = departements
        self.fields["departement"].queryset = departements
        if len(departements) < 2:
            del self.fields["departement"]
        self.helper = helper(*self.fields, Submit("", "Imprimer les annexes"))
        self.helper.form_error_title = "Les documents ne sont pas lancés"

    def chosen(self):
        """The départements to print: the one asked for, or all those allowed."""
        one = self.cleaned_data.get("departement")
        return [one] if one else list(self.departements)
