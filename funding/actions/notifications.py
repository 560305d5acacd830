"""Money that reaches an envelope: movements, and the real amount after the provisional."""

from datetime import date
from decimal import Decimal
from uuid import UUID, uuid5

from django.db import transaction

from funding.actions.ledger import Movement, lock, movement, open_accounts, post
from funding.actions.refusals import ActRefused
from funding.enums import Bucket, Level, TransferKind
from funding.figures.whereabouts import received_by, whereabouts
from funding.models import Account, Envelope, Notification, Transfer
from funding.rules.closing import difference
from structures.models import User
from structures.rules.writing import euros

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


@transaction.atomic
def notify_definitively(
    *,
    envelope: Envelope,
    amount: Decimal,
    on: date,
    reference: str,
    by: User,
    key: UUID,
) -> Notification:
    """Give an envelope its real amount of the year: the difference with what came moves.

    More is notified (or delegated by its mother), less is taken back. Sent twice with
    its key, it is done once. Raises ActRefused when the envelope can give back less than
    asked, and a LedgerRefusal when its mother has too little.
    """
    lock_up(envelope)
    known = Notification.objects.filter(key=key).first()
    if known:
        return known
    received = received_by(envelope)
    gap = difference(notified=amount, received=received)
    if gap < 0:
        can_give_back(envelope, -gap)
    if gap:
        record_movement(
            kind=kind_of(envelope, gap),
            envelope=envelope,
            amount=abs(gap),
            on=on,
            reference=reference,
            by=by,
            key=uuid5(key, "difference"),
        )
    return Notification.objects.create(
        envelope=envelope,
        amount=amount,
        difference=gap,
        on=on,
        reference=reference,
        key=key,
        by=by,
    )


def lock_up(envelope: Envelope) -> None:
    """Hold every account a notification may touch, in the order all callers take them."""
    outside = Account.objects.filter(bucket=Bucket.OUTSIDE)
    accounts = list(outside.values_list("pk", flat=True))
    place: Envelope | None = envelope
    while place:
        accounts += [it.pk for it in open_accounts(envelope=place).values()]
        place = place.parent
    lock(accounts)


def kind_of(envelope: Envelope, gap: Decimal) -> TransferKind:
    """What moves a difference: from outside for a root and a région, else from above."""
    from_outside = envelope.parent_id is None or envelope.level == Level.REGIONAL
    if from_outside:
        return TransferKind.NOTIFICATION if gap > 0 else TransferKind.REDUCTION
    return TransferKind.DELEGATION if gap > 0 else TransferKind.RETURN


def can_give_back(envelope: Envelope, asked: Decimal) -> None:
    """Raises ActRefused, saying where the rest is, when an envelope holds too little."""
    place = whereabouts(envelope)
    if asked <= place.free:
        return
    sentences = [
        (
            f"Cette baisse reprend {euros(asked)} ; l’enveloppe peut en rendre "
            f"{euros(place.free)}."
        )
    ]
    if place.below:
        sentences.append(
            f"{euros(place.below)} sont disponibles dans celles qu’elle a déléguées : "
            "faites-les d’abord remonter."
        )
    if place.frozen:
        sentences.append(f"{euros(place.frozen)} sont gelés : dégelez-les.")
    held = asked - place.free - place.below - place.frozen
    if held > 0:
        sentences.append(
            f"Il manquera encore {euros(held)}, réservés ou engagés : abaissez d’abord "
            "des annexes, la page de l’enveloppe dit lesquelles."
        )
    raise ActRefused(" ".join(sentences))
