"""Sessions of a CDIAE: planned, given their files, told their opinions, closed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.timezone import now

from funding.actions.fdi import Answers, move_fdi
from funding.actions.files import MoveRefused, move_convention
from funding.actions.refusals import ActRefused
from funding.enums import Act, FdiAct
from funding.figures.cdiae import (
    fdi_waiting_for,
    minutes_mark,
    sent_on,
    waiting_for,
)
from funding.models import AgendaItem, CdiaeSession, FdiRequest
from structures.enums import OpinionSense, Status
from structures.models import Convention, User
from structures.rules.writing import counted, day


@dataclass(frozen=True)
class Opinion:
    """What a session says of a file."""

    sense: OpinionSense
    text: str = ""


@dataclass(frozen=True)
class Recorded:
    """What became of one opinion; `refusal` is empty when it is recorded."""

    item: AgendaItem
    refusal: str


@transaction.atomic
def keep_session(*, session: CdiaeSession, by: User, seen: str = "") -> CdiaeSession:
    """Plan a session, or keep what was changed of it. Raises MoveRefused.

    `seen` is the mark of the minutes the person had before them.
    """
    check_territory(session, by)
    if session.pk:
        there = locked(session)
        check_open(there)
        if seen and seen != minutes_mark(there):
            raise MoveRefused(
                "Quelqu’un a écrit dans ce procès-verbal entre-temps : reprenez ce qui "
                "est enregistré, ci-dessous, puis enregistrez de nouveau."
            )
    try:
        session.full_clean()
    except ValidationError as error:
        raise MoveRefused(" ".join(error.messages)) from error
    session.save()
    return session


@transaction.atomic
def put_on_agenda(
    *,
    session: CdiaeSession,
    conventions: Collection[Convention],
    fdi: Collection[FdiRequest] = (),
    by: User,
) -> int:
    """Add files that wait for an opinion; how many were added. Raises MoveRefused.

    A session only looks at what was sent to it: not at a file sent after its day.
    """
    session = locked(session)
    check_territory(session, by)
    check_open(session)
    last = session.items.aggregate(n=Max("rank"))["n"] or 0
    waiting = waiting_for(session).filter(pk__in=[it.pk for it in conventions])
    asking = fdi_waiting_for(session).filter(pk__in=[it.pk for it in fdi])
    rows = [AgendaItem(session=session, convention=it) for it in waiting]
    rows += [AgendaItem(session=session, fdi=it) for it in asking]
    for rank, row in enumerate(rows, last + 1):
        row.rank = rank
    AgendaItem.objects.bulk_create(rows)
    return len(rows)


@transaction.atomic
def take_off_agenda(*, item: AgendaItem, by: User) -> None:
    """The file waits for another session. Raises MoveRefused."""
    session = locked(item.session)
    check_territory(session, by)
    check_open(session)
    item.refresh_from_db()
    if item.sense:
        raise MoveRefused(
            "Un avis est enregistré sur ce dossier : il reste à l’ordre du jour."
        )
    item.delete()


def record_opinions(
    *,
    session: CdiaeSession,
    opinions: Mapping[int, Opinion],
    by: User,
    on: date,
) -> list[Recorded]:
    """Opinions by item, each in a transaction of its own: a refusal stops no other.

    A file with an opinion goes back to instruction; a postponed one waits for the next
    session. Raises MoveRefused when none may be recorded.
    """
    check_territory(session, by)
    if session.held_on > on:
        raise MoveRefused(
            f"La séance est le {day(session.held_on)} : ses avis s’enregistrent à "
            "partir de ce jour."
        )
    check_open(session)
    items = session.items.filter(pk__in=opinions).select_related(
        "convention__structure", "fdi__structure"
    )
    return [told(item, opinions[item.pk], by=by, on=on) for item in items]


def told(item: AgendaItem, opinion: Opinion, *, by: User, on: date) -> Recorded:
    try:
        record_opinion(item=item, opinion=opinion, by=by, on=on)
    except (MoveRefused, ActRefused) as refusal:
        return Recorded(item, refusal.user_message)
    return Recorded(item, "")


@transaction.atomic
def record_opinion(
    *, item: AgendaItem, opinion: Opinion, by: User, on: date
) -> AgendaItem:
    """One opinion, and the file moved by its table. Raises MoveRefused or ActRefused."""
    session = locked(item.session)
    check_open(session)
    item = AgendaItem.objects.select_for_update().get(pk=item.pk)
    if item.sense:
        raise MoveRefused("Un avis est déjà enregistré sur ce dossier.")
    if needs_words(opinion):
        raise MoveRefused(
            f"Un avis « {opinion.sense.label.lower()} » se motive : écrivez pourquoi."
        )
    check_sent(item, session)
    item.sense, item.text = opinion.sense, opinion.text.strip()
    item.recorded_by, item.recorded_at = by, now()
    item.save()
    if opinion.sense != OpinionSense.POSTPONED:
        move_file(item, session, by=by, on=on)
    return item


def move_file(item: AgendaItem, session: CdiaeSession, *, by: User, on: date) -> None:
    """The opinion reaches its file, dated of the session. Raises as the tables do."""
    sense, file = OpinionSense(item.sense), item.file
    if isinstance(file, FdiRequest):
        answers = Answers(on=session.held_on, opinion=sense, reason=item.text)
        move_fdi(
            request=file,
            act=FdiAct.RECORD_OPINION,
            by=by,
            answers=answers,
            today=on,
        )
        return
    Convention.objects.filter(pk=file.pk, state=Status.OPINION).update(
        cdiae_opinion_on=session.held_on, cdiae_opinion=sense
    )
    move_convention(
        convention=file,
        act=Act.RECORD_OPINION,
        by=by,
        on=on,
        reason=f"{sense.label}. {item.text}".strip(),
        expected=Status.OPINION,
    )


def check_sent(item: AgendaItem, session: CdiaeSession) -> None:
    sent = sent_on(item.convention) if item.convention else None
    if sent and session.held_on < sent:
        raise MoveRefused(
            f"Le dossier a été envoyé au CDIAE le {day(sent)}, après cette séance : "
            "retirez-le de son ordre du jour et inscrivez-le à une autre."
        )


def needs_words(opinion: Opinion) -> bool:
    return opinion.sense != OpinionSense.FAVOURABLE and not opinion.text.strip()


@transaction.atomic
def close_session(*, session: CdiaeSession, by: User, on: date) -> CdiaeSession:
    """Close the minutes: nothing of the session changes any more. Raises MoveRefused."""
    session = locked(session)
    check_territory(session, by)
    check_open(session)
    if session.held_on > on:
        raise MoveRefused(
            f"La séance est le {day(session.held_on)} : son procès-verbal s’arrête ensuite."
        )
    waiting = session.items.filter(sense="").count()
    if waiting:
        raise MoveRefused(
            counted(waiting, "dossier n’a pas d’avis", "dossiers n’ont pas d’avis")
            + " : enregistrez-les, ou reportez-les."
        )
    if not session.attendance.strip():
        raise MoveRefused("Écrivez qui était présent avant d’arrêter le procès-verbal.")
    session.closed_by, session.closed_at = by, now()
    session.save(update_fields=["closed_by", "closed_at"])
    return session


def locked(session: CdiaeSession) -> CdiaeSession:
    return CdiaeSession.objects.select_for_update().get(pk=session.pk)


def check_open(session: CdiaeSession) -> None:
    if session.closed_at:
        raise MoveRefused(
            "Le procès-verbal de cette séance est arrêté : inscrivez le dossier à une "
            "autre séance."
        )


def check_territory(session: CdiaeSession, by: User) -> None:
    if not by.departements().filter(pk=session.departement_id).exists():
        raise MoveRefused("Cette séance n’est pas de votre territoire.")
