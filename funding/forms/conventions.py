"""Filters of the conventions, and those of the delegations."""

from django import forms

from funding.enums import Turn
from structures.enums import StructureKind
from structures.forms import FilterForm


class ConventionFilter(FilterForm):
    q = forms.CharField(label="Structure, commune ou SIRET", required=False)
    type = forms.ChoiceField(
        label="Type", choices=[("", "Tous"), *StructureKind.choices], required=False
    )
    tour = forms.ChoiceField(
        label="Qui doit agir", choices=[("", "Tous"), *Turn.choices], required=False
    )
    territoire = forms.ChoiceField(label="Territoire", required=False)

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["territoire"].choices = [("", "Tous"), *places]
        if len(places) < 2:
            del self.fields["territoire"]
