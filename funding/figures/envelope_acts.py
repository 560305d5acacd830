"""What somebody may do to an envelope, and what it would change."""

from dataclasses import dataclass
from decimal import Decimal

from funding.enums import Bucket, Level, Tie, TransferKind
from funding.models import Account, Envelope
from funding.rules.transfers import ROUTES
from structures.models import User

FROM_OUTSIDE = [
    TransferKind.PROVISIONAL,
    TransferKind.NOTIFICATION,
    TransferKind.REDUCTION,
]
FROM_ABOVE = [TransferKind.DELEGATION, TransferKind.RETURN]
KEPT_BACK = [TransferKind.FREEZE, TransferKind.UNFREEZE]


def kinds_for(envelope: Envelope, user: User) -> list[TransferKind]:
    """Movements this person may record on an envelope; empty for whom it is not.

    A région’s agents record what is notified to it, and delegate to its départements; a
    département’s agents share out its lines and earmarks, and record what the conseil
    départemental brings.
    """
    if envelope.level in (Level.REGIONAL, Level.DEPARTMENTAL):
        allowed = is_regional(user, envelope)
    else:
        allowed = user.departements().filter(pk=envelope.departement_id).exists()
    if not allowed:
        return []
    is_notified = envelope.level == Level.REGIONAL or envelope.parent_id is None
    return [*(FROM_OUTSIDE if is_notified else FROM_ABOVE), *KEPT_BACK]


def is_regional(user: User, envelope: Envelope) -> bool:
    """Whether somebody acts for the région of an envelope, told or by its département."""
    place = envelope.departement
    region = place.region_id if place else envelope.region_id
    return any(
        member.agency and member.agency.region_id == region
        for member in user.current_memberships
    )


@dataclass(frozen=True)
class Side:
    """An account a movement would change, in euros before and after."""

    label: str
    before: Decimal
    after: Decimal


def sides(kind: TransferKind, envelope: Envelope, amount: Decimal) -> list[Side]:
    """Both ends of a movement, without the outside; two queries at most."""
    route = ROUTES[kind]
    mother = envelope.parent or envelope
    giver = mother if route.tie == Tie.CHILD else envelope
    receiver = mother if route.tie == Tie.PARENT else envelope
    ends = [(route.source, giver, -amount), (route.target, receiver, amount)]
    return [
        Side(
            f"{bucket.label}, {place}",
            before := balance(place, bucket),
            before + change,
        )
        for bucket, place, change in ends
        if bucket != Bucket.OUTSIDE
    ]


def balance(envelope: Envelope, bucket: Bucket) -> Decimal:
    found = Account.objects.filter(envelope=envelope, annexe=None, bucket=bucket)
    return found.values_list("balance", flat=True).first() or Decimal(0)
