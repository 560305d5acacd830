"""Geography, and the perimeters an administrator draws over it."""

from django.contrib import admin
from django.db.models import Count
from django.urls import reverse
from django.utils.html import format_html
from unfold.admin import TabularInline

from structures.admin.base import BackOffice
from structures.models import (
    Commune,
    Departement,
    Epci,
    Perimeter,
    PerimeterCommune,
    Region,
)


@admin.register(Region)
class RegionAdmin(BackOffice):
    list_display = ["name", "code"]
    search_fields = ["name", "code"]


@admin.register(Departement)
class DepartementAdmin(BackOffice):
    list_display = ["name", "code", "region"]
    list_select_related = ["region"]
    list_filter = ["region"]
    search_fields = ["name", "code"]
    autocomplete_fields = ["region"]


@admin.register(Epci)
class EpciAdmin(BackOffice):
    list_display = ["name", "siren"]
    search_fields = ["name", "siren"]


@admin.register(Commune)
class CommuneAdmin(BackOffice):
    list_display = ["name", "code", "departement", "epci", "population"]
    list_select_related = ["departement", "epci"]
    list_filter = ["departement"]
    search_fields = ["name", "code", "epci__name"]
    autocomplete_fields = ["departement", "epci"]


class NewCommunes(TabularInline):
    """Only to add: those already in have a list of their own, searched and paged."""

    model = PerimeterCommune
    verbose_name_plural = "communes à ajouter"
    autocomplete_fields = ["commune"]
    extra = 3

    def get_queryset(self, request):
        return super().get_queryset(request).none()


@admin.register(Perimeter)
class PerimeterAdmin(BackOffice):
    list_display = ["name", "code", "parent", "communes", "is_to_confirm"]
    list_select_related = ["parent"]
    search_fields = ["name", "code"]
    autocomplete_fields = ["parent"]
    readonly_fields = ["its_communes"]
    inlines = [NewCommunes]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.annotate(number=Count("members"))

    @admin.display(description="communes", ordering="number")
    def communes(self, perimeter):
        return perimeter.number

    @admin.display(description="communes du périmètre")
    def its_communes(self, perimeter):
        if perimeter.pk is None:
            return "À ajouter ci-dessous."
        url = reverse("admin:structures_perimetercommune_changelist")
        return format_html(
            '<a href="{}?perimeter__id__exact={}">Voir et corriger les {} communes</a>',
            url,
            perimeter.pk,
            perimeter.members.count(),
        )


@admin.register(PerimeterCommune)
class PerimeterCommuneAdmin(BackOffice):
    list_display = ["commune", "perimeter", "since", "until"]
    list_select_related = ["commune", "perimeter"]
    list_filter = ["perimeter"]
    search_fields = ["commune__name", "commune__code"]
    autocomplete_fields = ["commune", "perimeter"]
