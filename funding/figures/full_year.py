"""What the posts open on 31 December cost in a full year, against this year (R84)."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, QuerySet, Sum
from django.db.models.functions import Round

from funding.models import AnnexePart, Envelope
from funding.models.annexe import COUNTED

ZERO = Decimal(0)


@dataclass(frozen=True)
class FullYear:
    """ETP and euros of the parts an envelope bears."""

    posts: Decimal
    etp: Decimal
    cost: Decimal
    full_year: Decimal

    @property
    def more(self) -> Decimal:
        """Euros the next year needs above this one, for the same posts."""
        return self.full_year - self.cost


def parts_of(envelope: Envelope) -> "QuerySet[AnnexePart]":
    """Parts of the versions that count, with `whole`, the cost of a whole year."""
    return AnnexePart.objects.filter(
        envelope=envelope, version__state__in=COUNTED
    ).annotate(whole=Round(F("posts") * F("version__unit_amount"), precision=2))


def full_year_of(envelope: Envelope) -> FullYear | None:
    """None when the envelope bears no annexe in force; one query."""
    sums = (
        parts_of(envelope)
        .order_by()
        .aggregate(
            posts=Sum("posts"),
            etp=Sum("etp"),
            cost=Sum("amount"),
            full_year=Sum("whole"),
        )
    )
    if sums["posts"] is None:
        return None
    return FullYear(**sums)
