"""Where the money of an envelope stands: what it may give back, and what holds the rest."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from funding.enums import Bucket
from funding.figures.envelopes import subtree
from funding.models import Account, AnnexeVersion, Envelope

ZERO = Decimal(0)
SHOWN = 10


@dataclass(frozen=True)
class Whereabouts:
    """Euros: free here, free in what was delegated, frozen, reserved, committed, paid."""

    free: Decimal
    below: Decimal
    frozen: Decimal
    reserved: Decimal
    committed: Decimal
    paid: Decimal

    @property
    def held(self) -> Decimal:
        """What annexes hold: it comes back when they are lowered."""
        return self.reserved + self.committed


def inside(envelope: Envelope) -> "QuerySet[Account]":
    """The accounts of an envelope and of all below it."""
    return Account.objects.filter(
        envelope__in=subtree(envelope, Envelope.objects.all())
    )


def whereabouts(envelope: Envelope) -> Whereabouts:
    """Two queries."""
    mine = Q(envelope=envelope)
    sums = inside(envelope).aggregate(
        free=Sum("balance", filter=Q(bucket=Bucket.AVAILABLE) & mine),
        below=Sum("balance", filter=Q(bucket=Bucket.AVAILABLE) & ~mine),
        frozen=Sum("balance", filter=Q(bucket=Bucket.FROZEN)),
        reserved=Sum("balance", filter=Q(bucket=Bucket.RESERVED)),
        committed=Sum("balance", filter=Q(bucket=Bucket.COMMITTED)),
        paid=Sum("balance", filter=Q(bucket=Bucket.PAID)),
    )
    return Whereabouts(**{name: found or ZERO for name, found in sums.items()})


def received_by(envelope: Envelope) -> Decimal:
    """Euros an envelope received, net: all that it and those below hold. Two queries."""
    found = inside(envelope).aggregate(n=Sum("balance"))["n"]
    return found or ZERO


@dataclass(frozen=True)
class Holder:
    """An annexe and what it holds without being paid yet, in euros."""

    annexe: int
    version: int
    structure: str
    year: int
    reserved: Decimal
    committed: Decimal

    @property
    def held(self) -> Decimal:
        return self.reserved + self.committed


def holders(envelope: Envelope) -> list[Holder]:
    """The annexes that hold most of what is not paid, largest first; three queries."""
    rows = list(
        inside(envelope)
        .filter(
            annexe__isnull=False,
            bucket__in=[Bucket.RESERVED, Bucket.COMMITTED],
            balance__gt=0,
        )
        .order_by()
        .values("annexe", "annexe__convention__structure__name", "annexe__year")
        .annotate(
            reserved=Sum("balance", filter=Q(bucket=Bucket.RESERVED)),
            committed=Sum("balance", filter=Q(bucket=Bucket.COMMITTED)),
            held=Sum("balance"),
        )
        .order_by("-held", "annexe")[:SHOWN]
    )
    last = AnnexeVersion.objects.filter(annexe__in=[row["annexe"] for row in rows])
    versions = dict(last.order_by("modification").values_list("annexe", "pk"))
    return [
        Holder(
            row["annexe"],
            versions.get(row["annexe"], 0),
            row["annexe__convention__structure__name"],
            row["annexe__year"],
            row["reserved"] or ZERO,
            row["committed"] or ZERO,
        )
        for row in rows
    ]
