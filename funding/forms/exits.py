"""Forms of an exit: recorded once it is shown, corrected, followed after."""

from django import forms

from funding.forms.asked import AskedForm, day_field
from parcours.enums import ExitCategory, FollowUpState
from parcours.models import ExitMotive
from structures.forms import helper


def motive_choices():
    """Every motive under its category; none is chosen for whoever records (R65)."""
    groups = {category: [] for category in ExitCategory}
    for motive in ExitMotive.objects.order_by("code"):
        groups[ExitCategory(motive.category)].append((motive.pk, motive.label))
    found = [(category.label, rows) for category, rows in groups.items() if rows]
    return [("", "Choisissez un motif"), *found]


class ExitForm(AskedForm):
    exited_on = day_field("Dernier jour du contrat")
    motive = forms.ChoiceField(
        label="Motif",
        help_text="« Sans nouvelles » en est un, à choisir quand rien d’autre n’est su.",
        error_messages={"required": "Choisissez un motif de sortie."},
    )
    verb = "Enregistrer la sortie"
    error_title = "La sortie n’est pas enregistrée"

    def prepare(self, *, is_correction=False):
        self.fields["motive"].choices = motive_choices()
        if is_correction:
            self.fields["reason"] = forms.CharField(
                label="Pourquoi la corriger", max_length=300
            )
            self.verb = "Corriger la sortie"
            self.error_title = "La sortie n’est pas corrigée"


class FollowUpForm(forms.Form):
    state = forms.ChoiceField(
        label="Situation", choices=FollowUpState.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(label="Précisions", max_length=300, required=False)

    def __init__(self, *args, submit, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper("state", "note", submit)
        self.helper.form_error_title = "Le suivi n’est pas enregistré"
