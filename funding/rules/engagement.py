"""What must move so that the envelopes hold what a version asks, no more, no less."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from funding.enums import Act, TransferKind

ZERO = Decimal(0)
# Giving back comes before taking: what one envelope frees may serve the next line.
ORDER = [
    TransferKind.UNRESERVE,
    TransferKind.RELEASE,
    TransferKind.RESERVE,
    TransferKind.COMMIT,
]
TAKES = {
    TransferKind.RESERVE: 1,
    TransferKind.UNRESERVE: -1,
    TransferKind.RELEASE: -1,
}
# What each adds to what is reserved, and to what is committed.
HOLDS = {
    TransferKind.RESERVE: (1, 0),
    TransferKind.UNRESERVE: (-1, 0),
    TransferKind.COMMIT: (-1, 1),
    TransferKind.RELEASE: (0, -1),
}
# What ends an annexe gives back the modulated share too; a version never asks for it.
ENDS = frozenset({Act.TERMINATE, Act.CLOSE})
# A correction may have changed what is asked: proposing it reserves the exact amount.
RESERVES = frozenset({Act.SUBMIT, Act.VALIDATE})
GIVES_UP = ENDS | {Act.REJECT}


@dataclass(frozen=True, kw_only=True)
class Held:
    """Euros of one envelope that an annexe holds, by bucket."""

    reserved: Decimal = ZERO
    committed: Decimal = ZERO
    paid: Decimal = ZERO

    @property
    def engaged(self) -> Decimal:
        """Committed and paid (R80)."""
        return self.committed + self.paid


@dataclass(frozen=True, order=True)
class Due:
    """A movement to make on one envelope, in euros."""

    rank: int
    envelope: int
    kind: TransferKind
    amount: Decimal


def engagement(
    act: Act, *, wanted: Mapping[int, Decimal], held: Mapping[int, Held]
) -> list[Due]:
    """Movements an act makes, by envelope, in the order to post them; none for most acts.

    `wanted` is what the version asks of each envelope. At instruction it is reserved, at
    signature committed; what is asked no more is given back, except what was paid, which
    is claimed back by an act of its own (R86).
    """
    found = []
    for envelope in sorted({*wanted, *held}):
        now = held.get(envelope, Held())
        moves = moves_of(act, wanted.get(envelope, ZERO), now)
        found += [
            Due(ORDER.index(kind), envelope, kind, amount)
            for kind, amount in moves
            if amount > 0
        ]
    return sorted(found)


def as_paid(amount: Decimal, *, paid: Decimal, step: Decimal) -> Decimal:
    """A part, or what was paid of it when they differ by less than the finest share.

    Shares are written in hundredths of ETP and payments fall anywhere between: a part
    could never be brought to the cent an envelope paid.
    """
    return paid if paid and abs(amount - paid) < step else amount


def taken(act: Act, wanted: Decimal, held: Held) -> Decimal:
    """Euros an act takes from an envelope; negative when it gives back."""
    moves = moves_of(act, wanted, held)
    return sum((TAKES.get(kind, 0) * n for kind, n in moves if n > 0), ZERO)


def after(act: Act, wanted: Decimal, held: Held) -> Held:
    """What an envelope holds for the annexe once the act is done."""
    reserved, committed = held.reserved, held.committed
    for kind, amount in moves_of(act, wanted, held):
        if amount > 0:
            into_reserve, into_commitment = HOLDS[kind]
            reserved += into_reserve * amount
            committed += into_commitment * amount
    return Held(reserved=reserved, committed=committed, paid=held.paid)


def moves_of(
    act: Act, wanted: Decimal, held: Held
) -> list[tuple[TransferKind, Decimal]]:
    engaged = held.engaged
    more = max(wanted - engaged, ZERO)
    if act in RESERVES or act == Act.SIGN:
        moves = [
            (TransferKind.RESERVE, more - held.reserved),
            (TransferKind.UNRESERVE, held.reserved - more),
        ]
        if act == Act.SIGN:
            moves += [
                (TransferKind.COMMIT, more),
                (TransferKind.RELEASE, min(held.committed, engaged - wanted)),
            ]
        return moves
    if act in GIVES_UP:
        ended = [(TransferKind.RELEASE, held.committed)] if act != Act.REJECT else []
        return [(TransferKind.UNRESERVE, held.reserved), *ended]
    return []
