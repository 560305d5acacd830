"""The end of an exercise: from when, and what still moves afterwards."""

from datetime import date
from decimal import Decimal
from uuid import NAMESPACE_URL, UUID, uuid5

from funding.enums import TransferKind

KEYS = uuid5(NAMESPACE_URL, "https://iae.invalid/closing")
# What a closed envelope still does; the database holds the same list.
SETTLING = frozenset(
    {
        TransferKind.PAYMENT,
        TransferKind.CLAWBACK,
        TransferKind.RELEASE,
        TransferKind.RETURN,
        TransferKind.REDUCTION,
    }
)


def closes_from(year: int) -> date:
    """The first day an exercise may be closed.

    Source : annualité budgétaire, art. 8 de la LOLF.
    """
    return date(year, 12, 31)


def key_of(word: str, place: int) -> UUID:
    """The key of what a closing posts: it tells its transfers from all others."""
    return uuid5(KEYS, f"{word}/{place}")


def difference(*, notified: Decimal, received: Decimal) -> Decimal:
    """Euros a real notification adds to what had come; negative takes some back.

    Source : calcul ; les annexes de janvier précèdent la circulaire (R87).
    """
    return notified - received
