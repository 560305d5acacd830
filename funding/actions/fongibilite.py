"""A decision that moves credits between the PEC and the IAE of one territory (R83)."""

from datetime import date
from decimal import Decimal
from uuid import UUID, uuid5

from django.db import transaction

from funding.actions.ledger import lock, movement, open_accounts, post
from funding.actions.refusals import ActRefused
from funding.enums import Level, Line, TransferKind
from funding.models import Envelope, Fongibilite
from funding.rules.fongibilite import is_fungible
from structures.models import User


@transaction.atomic
def move_credits(
    *,
    source: Envelope,
    target: Envelope,
    amount: Decimal,
    on: date,
    reason: str,
    by: User,
    key: UUID,
) -> Fongibilite:
    """Give credits of a line to another through their mother, with who decided and why.

    All or nothing, once for a key. Raises ActRefused when the lines are not fungible, and
    a LedgerRefusal when the source holds too little.
    """
    check(source, target)
    lock(
        account.pk
        for place in (source, target, mother_of(source))
        for account in open_accounts(envelope=place).values()
    )
    known = Fongibilite.objects.filter(key=key).first()
    if known:
        return known
    steps = [(TransferKind.RETURN, source), (TransferKind.DELEGATION, target)]
    moves = [
        movement(
            kind=kind,
            envelope=place,
            amount=amount,
            on=on,
            reference="Fongibilité",
            key=uuid5(key, kind),
        )
        for kind, place in steps
    ]
    given, taken = post(transfers=moves, by=by)
    return Fongibilite.objects.create(
        source=source,
        target=target,
        amount=amount,
        on=on,
        reason=reason.strip(),
        given=given,
        taken=taken,
        key=key,
        by=by,
    )


def mother_of(envelope: Envelope) -> Envelope:
    return envelope.parent or envelope


def check(source: Envelope, target: Envelope) -> None:
    mother = mother_of(source)
    allowed = is_fungible(
        source=Line(source.line),
        target=Line(target.line),
        same_mother=source.parent_id is not None
        and source.parent_id == target.parent_id,
        mother=Line(mother.line),
        level=Level(source.level),
    )
    if not allowed:
        raise ActRefused(
            "La fongibilité va du PEC vers l’IAE, ou l’inverse, dans le fonds d’inclusion "
            "d’un même département et d’une même année (R83). Un fléchage remonte d’abord "
            "à sa ligne."
        )
