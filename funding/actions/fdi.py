"""FDI requests: received, advised, agreed, paid in two times; their money by the ledger."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

from django.db import transaction

from funding.actions.ledger import movement, post
from funding.actions.refusals import ActRefused
from funding.enums import (
    Bucket,
    FdiAct,
    FdiKind,
    FdiStatus,
    TransferKind,
)
from funding.figures.cdiae import waits_at
from funding.figures.fdi import actors_on, cap_of, held_by, line_of
from funding.models import Envelope, FdiEvent, FdiRequest
from funding.rules.fdi import NEEDS_REASON, Row, above_cap, advance_of, row_of
from structures.enums import OpinionSense
from structures.models import Structure, User
from structures.rules.writing import day, euros

ZERO = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What an act was given; each act reads its own."""

    on: date
    reason: str = ""
    opinion: str = ""
    amount: Decimal | None = None
    share: Decimal | None = None


@transaction.atomic
def request_fdi(
    *,
    structure: Structure,
    kind: FdiKind,
    purpose: str,
    cost: Decimal,
    requested: Decimal,
    on: date,
    today: date,
    by: User,
    key: UUID,
) -> FdiRequest:
    """Record a request on the FDI line of the structure's département; no money moves.

    Once for a key. Raises ActRefused when there is no such line this year, the day is
    still to come, or more is asked than the project costs.
    """
    known = FdiRequest.objects.filter(key=key).first()
    if known:
        return known
    if requested > cost:
        raise ActRefused(
            f"L’aide demandée, {euros(requested)}, dépasse le coût du projet, "
            f"{euros(cost)} : diminuez-la."
        )
    check_not_to_come(on, today)
    envelope = line_for(structure, on=on)
    return FdiRequest.objects.create(
        structure=structure,
        envelope=envelope,
        kind=kind,
        purpose=purpose.strip(),
        cost=cost,
        requested=requested,
        received_on=on,
        key=key,
    )


def line_for(structure: Structure, *, on: date) -> Envelope:
    """The FDI line of a day’s year. Raises ActRefused when there is none."""
    envelope = line_of(structure, year=on.year)
    if envelope is None:
        raise ActRefused(
            f"Aucune enveloppe FDI en {on.year} pour ce département : faites-la créer par "
            "l’administration."
        )
    return envelope


@transaction.atomic
def move_fdi(
    *,
    request: FdiRequest,
    act: FdiAct,
    by: User,
    answers: Answers,
    today: date,
    expected: FdiStatus | None = None,
) -> FdiEvent:
    """Do an act of the table to a request, and move its money. All or nothing.

    `expected` is the status the person saw, `today` the day they act with their powers;
    what they record may have happened before. Raises ActRefused and a LedgerRefusal.
    """
    locked = FdiRequest.objects.select_for_update(of=("self",)).select_related(
        "structure__commune__departement", "envelope"
    )
    request = locked.get(pk=request.pk)
    row = checked(request, act, by, answers, expected, today)
    check_day(request, answers.on, today)
    request.status = row.target
    amount = DO[act](request, answers, by)
    request.save()
    return FdiEvent.objects.create(
        request=request,
        act=act,
        target=request.status,
        amount=amount,
        reason=answers.reason.strip(),
        on=answers.on,
        by=by,
    )


def checked(
    request: FdiRequest,
    act: FdiAct,
    by: User,
    answers: Answers,
    expected: FdiStatus | None,
    today: date,
) -> Row:
    """The line of the table, if it is theirs to follow. Raises ActRefused."""
    status = FdiStatus(request.status)
    if expected is not None and expected != status:
        raise ActRefused(
            f"Quelqu’un a déjà changé cette demande : elle est maintenant "
            f"« {status.label} ». Relisez-la avant d’aller plus loin."
        )
    row = row_of(status, act)
    if row is None:
        raise ActRefused(
            f"« {act.label} » ne se fait pas sur une demande « {status.label} »."
        )
    amount = answers.amount if act == FdiAct.AGREE else None
    if row.actor not in actors_on(request, by, on=today, amount=amount):
        raise ActRefused(
            f"« {act.label} » revient à : {row.actor.label.lower()}. Pour signer, une "
            "délégation couvre le territoire, le jour et le montant."
        )
    if act in NEEDS_REASON and not answers.reason.strip():
        raise ActRefused(f"« {act.label} » demande un motif : écrivez-le.")
    return row


def check_day(request: FdiRequest, on: date, today: date) -> None:
    """Between the request, or its decision once taken, and today. Raises ActRefused."""
    check_not_to_come(on, today)
    first = request.decided_on or request.received_on
    if on < first:
        what = "décidée" if request.decided_on else "reçue"
        raise ActRefused(
            f"La demande est {what} le {day(first)} : cet acte ne la précède pas, "
            "corrigez la date.",
            field="on",
        )


def check_not_to_come(on: date, today: date) -> None:
    if on > today:
        raise ActRefused(
            f"Le {day(on)} est à venir : on enregistre ce qui est fait, le {day(today)} "
            "au plus tard. Corrigez la date.",
            field="on",
        )


def move(
    request: FdiRequest,
    amounts: list[tuple[TransferKind, Decimal]],
    *,
    on: date,
    by: User,
) -> None:
    post(
        transfers=[
            movement(
                kind=kind,
                envelope=request.envelope,
                fdi=request,
                amount=amount,
                on=on,
                reference=f"FDI n° {request.pk}, {request.get_kind_display().lower()}",
                key=uuid4(),
            )
            for kind, amount in amounts
            if amount > 0
        ],
        by=by,
    )


def record_opinion(request: FdiRequest, answers: Answers, by: User) -> None:
    session = waits_at(request)
    if session:
        raise ActRefused(
            f"La demande est à l’ordre du jour du CDIAE du {day(session.held_on)} : son "
            "avis s’enregistre depuis cette séance, ou après l’en avoir retirée."
        )
    request.opinion_on, request.opinion = answers.on, OpinionSense(answers.opinion)


def agree(request: FdiRequest, answers: Answers, by: User) -> Decimal:
    """Reserved and committed at once: the decision is the signature.

    The year of the decision bears it: that of the request may be closed.
    """
    agreed = answers.amount or ZERO
    if agreed <= 0:
        raise ActRefused(
            "L’aide accordée est supérieure à zéro : pour ne rien accorder, refusez la "
            "demande.",
            field="amount",
        )
    if agreed > request.requested:
        raise ActRefused(
            f"La demande est de {euros(request.requested)} : l’aide accordée ne la dépasse "
            "pas."
        )
    if request.opinion_on is None or answers.on < request.opinion_on:
        raise ActRefused(
            "La décision suit l’avis du CDIAE (R. 5132-47, R13) : corrigez sa date."
        )
    refusal = above_cap(agreed=agreed, cap=cap_of(FdiKind(request.kind), on=answers.on))
    if refusal:
        raise ActRefused(refusal)
    request.envelope = line_for(request.structure, on=answers.on)
    request.agreed, request.advance_share = agreed, answers.share
    request.decided_on = answers.on
    request.save()
    kinds = (TransferKind.RESERVE, TransferKind.COMMIT)
    move(request, [(kind, agreed) for kind in kinds], on=answers.on, by=by)
    return agreed


def refuse(request: FdiRequest, answers: Answers, by: User) -> None:
    request.decided_on = answers.on


def pay_advance(request: FdiRequest, answers: Answers, by: User) -> Decimal:
    advance = advance_of(
        agreed=request.agreed or ZERO, share=request.advance_share or ZERO
    )
    move(request, [(TransferKind.PAYMENT, advance)], on=answers.on, by=by)
    return advance


def settle(request: FdiRequest, answers: Answers, by: User) -> Decimal:
    """Pay what the report justifies, free the rest; more was paid than that: to recover."""
    approved = answers.amount if answers.amount is not None else ZERO
    if approved > (request.agreed or ZERO):
        raise ActRefused(
            f"L’aide accordée est de {euros(request.agreed or ZERO)} : le bilan n’en "
            "justifie pas davantage."
        )
    held = held_by(request)
    balance = max(approved - held[Bucket.PAID], ZERO)
    rest = held[Bucket.COMMITTED] - balance
    request.approved = approved
    if approved < held[Bucket.PAID]:
        request.status = FdiStatus.OVERPAID
    moves = [(TransferKind.PAYMENT, balance), (TransferKind.RELEASE, rest)]
    move(request, moves, on=answers.on, by=by)
    return balance


def recover(request: FdiRequest, answers: Answers, by: User) -> Decimal:
    excess = held_by(request)[Bucket.PAID] - (request.approved or ZERO)
    move(request, [(TransferKind.CLAWBACK, excess)], on=answers.on, by=by)
    return excess


def cancel(request: FdiRequest, answers: Answers, by: User) -> None:
    committed = held_by(request)[Bucket.COMMITTED]
    move(request, [(TransferKind.RELEASE, committed)], on=answers.on, by=by)


DO: dict[FdiAct, Callable[[FdiRequest, Answers, User], Decimal | None]] = {
    FdiAct.RECORD_OPINION: record_opinion,
    FdiAct.AGREE: agree,
    FdiAct.REFUSE: refuse,
    FdiAct.PAY_ADVANCE: pay_advance,
    FdiAct.SETTLE: settle,
    FdiAct.RECOVER: recover,
    FdiAct.CANCEL: cancel,
}
