"""Money that reaches a région from outside: it passes through the nation’s envelope."""

from datetime import date
from decimal import Decimal
from uuid import UUID, uuid5

from funding.actions.ledger import Movement, movement, post
from funding.enums import TransferKind
from funding.models import Envelope, Transfer
from structures.models import User

DOWN = [TransferKind.PROVISIONAL, TransferKind.NOTIFICATION]


def record_movement(
    *,
    kind: TransferKind,
    envelope: Envelope,
    amount: Decimal,
    on: date,
    reference: str,
    by: User,
    key: UUID,
) -> list[Transfer]:
    """Record a movement on an envelope, and those above it that bring the money.

    A notification on an envelope that has a mother goes down from the root, a reduction
    goes up to it, all or none. Sent twice with its key, it moves once. Raises a
    LedgerRefusal.
    """
    path = [envelope]
    while kind in (*DOWN, TransferKind.REDUCTION) and path[-1].parent:
        path.append(path[-1].parent)
    between = TransferKind.DELEGATION if kind in DOWN else TransferKind.RETURN
    steps = [(between, child) for child in path[:-1]] + [(kind, path[-1])]
    if kind in DOWN:
        steps.reverse()
    moves: list[Movement] = [
        movement(
            kind=one,
            envelope=place,
            amount=amount,
            on=on,
            reference=reference,
            key=uuid5(key, f"{one}/{place.pk}"),
        )
        for one, place in steps
    ]
    return post(transfers=moves, by=by)
