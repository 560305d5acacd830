"""Structures, their groups and conventions."""

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


@admin.register(Convention)
class ConventionAdmin(BackOffice):
    list_display = ["number", "structure", "measure", "state", "starts_on", "ends_on"]
    list_select_related = ["structure"]
    list_filter = ["state", "measure", "starts_on"]
    search_fields = ["number", "structure__name", "structure__siret"]
    autocomplete_fields = ["structure"]
    # The table of moves writes them, with who, when and why; funding, the last one.
    readonly_fields = [
        *("state", "signed_on", "cdiae_opinion_on", "cdiae_opinion"),
        "active_until",
    ]
