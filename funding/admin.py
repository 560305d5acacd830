"""Back-office of envelopes, imports and campaigns: read, except new envelopes."""

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


@admin.register(PublishedFigure)
class PublishedFigureAdmin(ReadOnly):
    list_display = ["label", "value", "unit", "relation", "document", "published_on"]
    list_filter = ["document"]
    search_fields = ["label", "code", "quote"]
