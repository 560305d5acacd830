"""Filters of the conventions, and those of the delegations."""

from decimal import Decimal

from crispy_forms.layout import Submit
from django import forms

from funding.enums import Turn
from funding.forms.meant import MeantEtp
from structures.enums import StructureKind
from structures.forms import AmountField, NarrowedForm, helper


class ConventionFilter(NarrowedForm):
    q = forms.CharField(label="Structure, commune ou SIRET", required=False)
    type = forms.ChoiceField(
        label="Type", choices=[("", "Tous"), *StructureKind.choices], required=False
    )
    tour = forms.ChoiceField(
        label="Qui doit agir", choices=[("", "Tous"), *Turn.choices], required=False
    )
    alerte = forms.ChoiceField(
        label="À regarder",
        choices=[("", "Toutes"), ("fin", "Finissent sous 90 jours, sans suite")],
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        if len(places) > 1:
            choices = [("", "Tous"), *places]
            field = forms.ChoiceField(
                label="Territoire", choices=choices, required=False
            )
            self.fields["territoire"] = field


class FirstEtpForm(MeantEtp):
    """The ETP an annexe begins with, when nothing known gives them."""

    annee = forms.IntegerField(widget=forms.HiddenInput)
    etp = AmountField(
        label="ETP sur l’année",
        max_digits=8,
        decimal_places=2,
        min_value=Decimal("0.01"),
        localize=True,
        error_messages={"min_value": "Écrivez des ETP au-dessus de zéro."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper("annee", "meant", "etp", Submit("", "Préparer l’annexe"))
        self.helper.form_error_title = "L’annexe n’est pas préparée"
