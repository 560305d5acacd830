"""Conventions about to end that nothing follows yet."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from structures.models import Convention
from structures.models.convention import ConventionQuerySet

DAYS_BEFORE_END = 90


def ending_soon(
    conventions: "ConventionQuerySet[Convention]", *, on: date
) -> QuerySet[Convention]:
    """Signed conventions that end within ninety days, without a following one.

    Those of a structure that closes need none.
    """
    following = Convention.objects.filter(
        structure=OuterRef("structure"),
        measure=OuterRef("measure"),
        starts_on__gt=OuterRef("ends_on"),
    )
    last = on + timedelta(days=DAYS_BEFORE_END)
    signed: QuerySet[Convention] = conventions.signed()
    return signed.filter(
        ~Exists(following), ends_on__range=(on, last), structure__closed_on=None
    )
