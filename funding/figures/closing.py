"""What an exercise still holds on the day it is closed, level by level."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet, Sum

from funding.enums import Bucket
from funding.figures.envelopes import subtree
from funding.models import Account, AnnexeVersion, Closing, Envelope
from funding.models.annexe import BEING_WRITTEN
from funding.rules.closing import closes_from
from structures.rules.writing import day

ZERO = Decimal(0)


@dataclass(frozen=True)
class HeldLine:
    """Euros an annexe or a FDI request still holds on one envelope."""

    account: int
    place: int
    name: str
    envelope: str
    amount: Decimal
    annexe: int | None = None
    fdi: int | None = None
    status: str = ""


@dataclass
class Rest:
    """Euros an envelope will give back up: its own and what comes from below."""

    envelope: Envelope
    available: Decimal = ZERO
    frozen: Decimal = ZERO
    released: Decimal = ZERO
    below: Decimal = ZERO

    @property
    def own(self) -> Decimal:
        return self.available + self.frozen + self.released

    @property
    def returned(self) -> Decimal:
        return self.own + self.below


@dataclass(frozen=True)
class Preflight:
    """What closing would do; `refusal` says why it cannot be done."""

    envelope: Envelope
    refusal: str
    reserved: list[HeldLine]
    unpaid: list[HeldLine]
    rests: list[Rest] = field(default_factory=list)

    @property
    def released(self) -> Decimal:
        return sum((line.amount for line in self.reserved), ZERO)

    @property
    def owed(self) -> Decimal:
        return sum((line.amount for line in self.unpaid), ZERO)

    @property
    def returned(self) -> Decimal:
        """What goes up to the mother, or out of the budget from a root."""
        return self.rests[-1].returned if self.rests else ZERO


def preflight(envelope: Envelope, *, on: date) -> Preflight:
    """Five queries, whatever the number of envelopes and annexes."""
    keys = subtree(envelope, Envelope.objects.all())
    done = set(
        Closing.objects.filter(envelope__in=keys).values_list("envelope", flat=True)
    )
    accounts = Account.objects.filter(envelope__in=keys)
    return Preflight(
        envelope,
        why_not(envelope, is_done=envelope.pk in done, on=on),
        held_lines(accounts.filter(bucket=Bucket.RESERVED)),
        held_lines(accounts.filter(bucket=Bucket.COMMITTED)),
        rests(envelope, [key for key in keys if key not in done]),
    )


def why_not(envelope: Envelope, *, is_done: bool, on: date) -> str:
    first = closes_from(envelope.year)
    if is_done:
        return "Cet exercice est déjà clos."
    if on < first:
        return f"L’exercice {envelope.year} se clôt à partir du {day(first)}."
    return ""


def held_lines(accounts: "QuerySet[Account]") -> list[HeldLine]:
    """Accounts with something, largest first, and where the file stands; two queries."""
    rows = (
        accounts.filter(balance__gt=0)
        .select_related(
            "envelope__departement",
            "annexe__convention__structure",
            "fdi__structure",
        )
        .order_by("-balance", "pk")
    )
    status = open_status({row.annexe_id for row in rows if row.annexe_id})
    return [
        HeldLine(
            account=row.pk,
            place=row.envelope_id or 0,
            name=row.annexe.convention.structure.name if row.annexe else str(row.fdi),
            envelope=row.envelope.get_line_display() if row.envelope else "",
            amount=row.balance,
            annexe=row.annexe_id,
            fdi=row.fdi_id,
            status=status.get(row.annexe_id or 0, ""),
        )
        for row in rows
    ]


def open_status(annexes: set[int]) -> dict[int, str]:
    """Status of the version being written of each annexe; none when there is none."""
    found = AnnexeVersion.objects.filter(annexe__in=annexes, state__in=BEING_WRITTEN)
    return dict(found.values_list("annexe", "status"))


def rests(envelope: Envelope, keys: list[int]) -> list[Rest]:
    """Envelopes to close, the deepest first, each with what it gives back."""
    rows = Envelope.objects.filter(pk__in=keys).select_related("departement", "region")
    found = {row.pk: Rest(row) for row in rows}
    sums = (
        Account.objects.filter(envelope__in=keys)
        .order_by()
        .values_list("envelope", "bucket")
        .annotate(Sum("balance"))
    )
    for key, bucket, balance in sums:
        rest = found[key]
        if bucket == Bucket.AVAILABLE:
            rest.available = balance
        elif bucket == Bucket.FROZEN:
            rest.frozen = balance
        elif bucket == Bucket.RESERVED:
            rest.released = balance
    return climb(envelope, found)


def climb(envelope: Envelope, found: dict[int, Rest]) -> list[Rest]:
    """The deepest first, each adding what its daughters give it."""
    daughters: dict[int, list[Rest]] = defaultdict(list)
    for rest in found.values():
        daughters[rest.envelope.parent_id or 0].append(rest)
    ordered: list[Rest] = []

    def visit(rest: Rest) -> None:
        for child in daughters[rest.envelope.pk]:
            visit(child)
            rest.below += child.returned
        ordered.append(rest)

    if envelope.pk in found:
        visit(found[envelope.pk])
    return ordered
