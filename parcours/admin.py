"""Back-office of the motives of exit."""

from django.contrib import admin

from parcours.models import ExitMotive
from structures.admin.base import BackOffice


@admin.register(ExitMotive)
class ExitMotiveAdmin(BackOffice):
    list_display = ["code", "label", "category", "asp_code", "stays_in_iae", "source"]
    list_filter = ["category", "stays_in_iae"]
    search_fields = ["code", "label", "asp_code"]
    ordering = ["code"]

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []  # exits name it
