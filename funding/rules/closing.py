"""The end of an exercise: from when, and what still moves afterwards."""

from datetime import date
from decimal import Decimal

from funding.enums import TransferKind

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


def difference(*, notified: Decimal, received: Decimal) -> Decimal:
    """Euros a real notification adds to what had come; negative takes some back.

    Source : calcul ; les annexes de janvier précèdent la circulaire (R87).
    """
    return notified - received
