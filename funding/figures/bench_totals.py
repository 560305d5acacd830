"""What a list of annexes asks of its envelopes, and what each kind has in it."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from funding.enums import Bucket
from funding.models import Account, AnnexePart, AnnexeVersion, Envelope
from structures.enums import DROPPED, Status

ZERO = Decimal(0)
TAKEN = (Bucket.RESERVED, Bucket.COMMITTED, Bucket.PAID)
OF_STRUCTURE = "annexe__convention__structure"


@dataclass(frozen=True)
class EnvelopeTotal:
    """Euros that the annexes of a list ask of an envelope, and those it has left.

    `held` is what they already reserved, committed or were paid there.
    """

    envelope: Envelope
    asked: Decimal
    held: Decimal
    available: Decimal

    @property
    def left(self) -> Decimal:
        """Once all of them are signed; negative when it cannot bear them."""
        return self.available - (self.asked - self.held)


def by_envelope(versions: QuerySet[AnnexeVersion]) -> list[EnvelopeTotal]:
    """One row per envelope, the line before its earmarks; three queries.

    What is refused or ended asks for nothing any more.
    """
    alive = versions.exclude(status__in=[*DROPPED, Status.TERMINATED]).order_by()
    asked = dict(
        AnnexePart.objects.filter(version__in=alive.values("pk"))
        .order_by()
        .values_list("envelope")
        .annotate(n=Sum("amount"))
    )
    held = dict(
        Account.objects.filter(annexe__in=alive.values("annexe"), bucket__in=TAKEN)
        .order_by()
        .values_list("envelope")
        .annotate(n=Sum("balance"))
    )
    # One that nothing was ever notified on has no account: nothing is left in it.
    left = Sum("accounts__balance", filter=Q(accounts__bucket=Bucket.AVAILABLE))
    envelopes = Envelope.objects.filter(pk__in=list(asked)).annotate(free=left)
    rows = envelopes.select_related("departement", "region").order_by("pk")
    return [
        EnvelopeTotal(it, asked[it.pk], held.get(it.pk, ZERO), it.free or ZERO)
        for it in rows
    ]


@dataclass(frozen=True)
class KindTotal:
    kind: str
    annexes: int
    etp: Decimal
    total: Decimal


def by_kind(versions: QuerySet[AnnexeVersion]) -> list[KindTotal]:
    """Annexes, ETP and euros of each kind of structure; one query."""
    kind = f"{OF_STRUCTURE}__kind"
    alive = versions.exclude(status__in=[*DROPPED, Status.TERMINATED])
    rows = (
        alive.order_by()
        .values_list(kind)
        .annotate(n=Count("pk"), etp=Sum("etp"), total=Sum("total"))
    )
    return [KindTotal(*row) for row in rows.order_by(kind)]
