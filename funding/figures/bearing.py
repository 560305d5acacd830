"""Whether the envelopes of a year could bear the drafts prepared for it."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import (
    DecimalField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce

from funding.enums import Bucket, Line, VersionState
from funding.models import Account, AnnexePart, Envelope

MONEY = DecimalField(max_digits=16, decimal_places=2)
ZERO = Value(Decimal(0), output_field=MONEY)


@dataclass(frozen=True)
class Bearing:
    """Euros the drafts ask of one envelope, and what it has left; nothing moves."""

    envelope: int
    departement: str
    line: str
    year: int
    drafts: Decimal
    available: Decimal
    received: Decimal

    @property
    def is_enough(self) -> bool:
        return self.drafts <= self.available

    @property
    def sentence(self) -> str:
        """What it means for the agent, and what next."""
        if self.is_enough:
            return "L’enveloppe suffit."
        if not self.received:
            return "Pas encore notifiée : rien ne peut être réservé avant."
        return "Insuffisante : demandez un complément ou réduisez des annexes."

    @property
    def label(self) -> str:
        return f"{Line(self.line).label} {self.year}, {self.departement}"


def draft_parts() -> QuerySet[AnnexePart]:
    """What drafts ask, envelope by envelope: the sum of `amount` is `Bearing.drafts`."""
    return AnnexePart.objects.filter(version__state=VersionState.BROUILLON)


def bearing(*, year: int, departements: list[str]) -> list[Bearing]:
    """One row per envelope that drafts of `year` draw on; one query.

    `received` is all that its accounts hold, whatever it is used for.
    """
    accounts = Account.objects.filter(envelope=OuterRef("pk")).order_by()
    held = accounts.values("envelope").annotate(sum=Sum("balance")).values("sum")
    free = accounts.filter(bucket=Bucket.AVAILABLE).values("balance")
    drafts = (
        draft_parts()
        .filter(envelope=OuterRef("pk"))
        .order_by()
        .values("envelope")
        .annotate(sum=Sum("amount"))
        .values("sum")
    )
    rows = (
        Envelope.objects.filter(Q(departement__in=departements), year=year)
        .annotate(
            drafts=Subquery(drafts, output_field=MONEY),
            available=Coalesce(Subquery(free), ZERO),
            received=Coalesce(Subquery(held, output_field=MONEY), ZERO),
        )
        .exclude(drafts=None)
        .order_by("departement", "pk")
        .values_list(
            "pk", "departement__name", "line", "year", "drafts", "available", "received"
        )
    )
    return [Bearing(*row) for row in rows]
