"""Structures, their groups and conventions."""

from django import forms
from django.contrib import admin

from structures.admin.base import BackOffice
from structures.models import Convention, Group, Structure


@admin.register(Group)
class GroupAdmin(BackOffice):
    list_display = ["name"]
    search_fields = ["name"]


@admin.register(Structure)
class StructureAdmin(BackOffice):
    list_display = ["name", "kind", "siret", "asp_id", "commune", "group"]
    list_select_related = ["commune", "group"]
    list_filter = ["kind", "commune__departement", "is_simulated"]
    search_fields = ["name", "siret", "asp_id", "commune__name"]
    autocomplete_fields = ["commune", "group"]


class ConventionForm(forms.ModelForm):
    def _get_validation_exclusions(self):
        """Without what a condition of our constraints reads: Django cannot check it then."""
        return super()._get_validation_exclusions() - {"state", "signed_on"}


@admin.register(Convention)
class ConventionAdmin(BackOffice):
    """One signed on paper may be added as it is; then only the table of moves moves it."""

    form = ConventionForm
    list_display = ["number", "structure", "measure", "state", "starts_on", "ends_on"]
    list_select_related = ["structure"]
    list_filter = ["state", "measure", "starts_on"]
    search_fields = ["number", "structure__name", "structure__siret"]
    autocomplete_fields = ["structure"]

    def get_readonly_fields(self, request, obj=None):
        """`active_until` is written by funding."""
        moved = ["state", "signed_on", "cdiae_opinion_on", "cdiae_opinion"]
        return ["active_until", *(moved if obj else [])]
