"""The end of an exercise: what was never signed goes back up, then nothing new moves."""

from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Max

from funding.actions.ledger import Movement, lock, movement, open_accounts, post
from funding.actions.refusals import ActRefused
from funding.enums import Bucket, TransferKind
from funding.figures.closing import HeldLine, Preflight, Rest, preflight
from funding.models import Account, Closing, Envelope, Transfer
from funding.rules.closing import key_of
from structures.models import User
from structures.rules.writing import day

ZERO = Decimal(0)


@transaction.atomic
def close_year(
    *, envelope: Envelope, on: date, today: date, by: User, expected: Decimal
) -> Preflight:
    """Release what is reserved, give all that is left back up, and close the exercise.

    The whole subtree, in one go; what is committed stays to be paid. `expected` is what
    the person saw going back, `today` the day it is done: nothing reopens an exercise.
    Returns what was done. Raises ActRefused when it is closed, too early, `on` is still
    to come, or the amounts have changed since, and a LedgerRefusal.
    """
    if on > today:
        raise ActRefused(
            f"Un exercice ne se clôt pas d’avance : datez la clôture du {day(today)} au "
            "plus tard. Rien n’a été fait.",
            field="on",
        )
    hold(envelope)
    found = preflight(envelope, on=on)
    if found.refusal:
        raise ActRefused(f"{found.refusal} Rien n’a été fait.")
    if found.returned != expected:
        raise ActRefused(
            "Des mouvements ont eu lieu depuis que vous avez ouvert la page : les montants "
            "ont changé. Relisez-les avant de clore."
        )
    moves = [release(line, on=on) for line in found.reserved]
    for rest in found.rests:
        moves += up(rest, on=on)
    post(transfers=moves, by=by)
    write(found, on=on, by=by)
    return found


def hold(envelope: Envelope) -> None:
    """Every account of the subtree, of the mother and of the outside, in one order."""
    found = preflight(envelope, on=date.max)
    places = [rest.envelope for rest in found.rests]
    accounts = set(
        Account.objects.filter(envelope__in=places).values_list("pk", flat=True)
    )
    for place in [*places, *([envelope.parent] if envelope.parent else [])]:
        accounts |= {it.pk for it in open_accounts(envelope=place).values()}
    outside = Account.objects.filter(bucket=Bucket.OUTSIDE)
    lock([*accounts, *outside.values_list("pk", flat=True)])


def release(line: HeldLine, *, on: date) -> Movement:
    account = Account.objects.select_related("envelope", "annexe", "fdi").get(
        pk=line.account
    )
    if account.envelope is None:
        raise ValueError(f"account {account.pk} has no envelope")
    return movement(
        kind=TransferKind.UNRESERVE,
        envelope=account.envelope,
        annexe=account.annexe,
        fdi=account.fdi,
        amount=line.amount,
        on=on,
        reference=f"Clôture {account.envelope.year}, jamais signé",
        key=key_of("reserve", account.pk),
    )


def up(rest: Rest, *, on: date) -> list[Movement]:
    """What an envelope gives back: unfrozen, then to its mother, or out from a root."""
    envelope = rest.envelope
    back = TransferKind.RETURN if envelope.parent_id else TransferKind.REDUCTION
    kinds = [(TransferKind.UNFREEZE, rest.frozen), (back, rest.returned)]
    return [
        movement(
            kind=kind,
            envelope=envelope,
            amount=amount,
            on=on,
            reference=f"Clôture de l’exercice {envelope.year}",
            key=key_of(kind, envelope.pk),
        )
        for kind, amount in kinds
        if amount
    ]


def write(found: Preflight, *, on: date, by: User) -> None:
    """One line per envelope, the deepest first, as the database asks."""
    last = Transfer.objects.aggregate(n=Max("pk"))["n"] or 0
    owed: dict[int, Decimal] = {}
    for account in Account.objects.filter(pk__in=[it.account for it in found.unpaid]):
        key = account.envelope_id or 0
        owed[key] = owed.get(key, ZERO) + account.balance
    try:
        for rest in found.rests:
            Closing.objects.create(
                envelope=rest.envelope,
                on=on,
                released=rest.released,
                returned=rest.returned,
                unpaid=owed.get(rest.envelope.pk, ZERO),
                last_transfer=last,
                by=by,
            )
    except IntegrityError as error:
        raise ActRefused(
            "Cet exercice vient d’être clos, ou un mouvement s’y est glissé : rechargez "
            "la page."
        ) from error
