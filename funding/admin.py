"""Back-office of envelopes, imports and campaigns: read, except new envelopes."""

from django import forms
from django.contrib import admin
from django.db.models import DecimalField, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from unfold.admin import TabularInline

from funding.enums import Bucket
from funding.models import (
    Account,
    Campaign,
    Envelope,
    ImportRejection,
    ImportRun,
    PublishedFigure,
    SigningDelegation,
    Step,
)
from structures.admin.base import BackOffice, ReadOnly
from structures.templatetags import formats

EUROS = DecimalField(max_digits=16, decimal_places=2)


class ReadOnlyRows(TabularInline):
    extra = 0
    can_delete = False
    per_page = 50

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


def balance(*buckets):
    """What the envelope itself holds, its children left out."""
    sums = (
        Account.objects.filter(envelope=OuterRef("pk"), bucket__in=buckets)
        .order_by()
        .values("envelope")
        .annotate(n=Sum("balance"))
        .values("n")
    )
    return Coalesce(Subquery(sums, EUROS), 0, output_field=EUROS)


@admin.register(Envelope)
class EnvelopeAdmin(BackOffice):
    list_display = [
        *("__str__", "level", "parent", "available", "frozen", "reserved", "engaged"),
    ]
    list_select_related = ["region", "departement", "parent"]
    list_filter = ["year", "level", "line", "departement"]
    search_fields = ["line", "departement__name", "region__name"]
    autocomplete_fields = ["region", "departement", "perimeter", "parent"]
    readonly_fields = ["available", "frozen", "reserved", "engaged"]

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .annotate(
                own_available=balance(Bucket.AVAILABLE),
                own_frozen=balance(Bucket.FROZEN),
                own_reserved=balance(Bucket.RESERVED),
                own_engaged=balance(Bucket.COMMITTED, Bucket.PAID),
            )
        )

    @admin.display(description="disponible", ordering="own_available")
    def available(self, envelope):
        return formats.money(getattr(envelope, "own_available", None))

    @admin.display(description="gelé", ordering="own_frozen")
    def frozen(self, envelope):
        return formats.money(getattr(envelope, "own_frozen", None))

    @admin.display(description="réservé", ordering="own_reserved")
    def reserved(self, envelope):
        return formats.money(getattr(envelope, "own_reserved", None))

    @admin.display(description="engagé", ordering="own_engaged")
    def engaged(self, envelope):
        return formats.money(getattr(envelope, "own_engaged", None))


class Rejections(ReadOnlyRows):
    model = ImportRejection
    fields = ["file", "line", "column", "value", "reason"]


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnly):
    list_display = ["started_at", "finished_at", "directory", "by", "is_applied"]
    list_select_related = ["by"]
    list_filter = ["is_applied"]
    search_fields = ["directory"]
    inlines = [Rejections]


class Steps(ReadOnlyRows):
    model = Step
    fields = [
        *("job", "year", "departement", "status", "created", "refreshed"),
        *("unchanged", "blocked", "error"),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("departement")


@admin.register(Campaign)
class CampaignAdmin(ReadOnly):
    list_display = ["year", "business_on", "launched_by", "launched_at"]
    list_select_related = ["launched_by"]
    list_filter = ["year"]
    search_fields = ["year", "launched_by__email"]
    inlines = [Steps]


class DelegationForm(forms.ModelForm):
    def clean(self):
        """Whoever signs must see the files: a service of the same territory, at least."""
        given = super().clean()
        user, agency = given.get("user"), given.get("agency")
        if user and agency and not sees(user, agency):
            self.add_error(
                "user",
                "Cette personne n’est rattachée à aucun service de ce territoire : elle "
                "ne verrait pas les dossiers. Rattachez-la d’abord.",
            )
        return given


def sees(user, agency):
    places = user.departements()
    if agency.departement_id:
        return places.filter(pk=agency.departement_id).exists()
    return places.filter(region=agency.region_id).exists()


@admin.register(SigningDelegation)
class SigningDelegationAdmin(BackOffice):
    """Who signs, where, up to which amount; ended by its last day, never erased."""

    form = DelegationForm
    list_display = ["user", "agency", "up_to", "since", "until", "text"]
    list_select_related = ["user", "agency"]
    list_filter = ["agency", "since"]
    search_fields = [
        *("user__email", "user__last_name", "agency__name", "text"),
    ]
    autocomplete_fields = ["user", "agency"]

    def get_readonly_fields(self, request, obj=None):
        """What an act was signed under keeps its holder, its service and its start."""
        return ["user", "agency", "since"] if obj else []


@admin.register(PublishedFigure)
class PublishedFigureAdmin(ReadOnly):
    list_display = ["label", "value", "unit", "relation", "document", "published_on"]
    list_filter = ["document"]
    search_fields = ["label", "code", "quote"]
