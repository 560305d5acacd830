"""The table: for each status, the acts, who may do them, and on what conditions."""

from dataclasses import dataclass

from funding.enums import Act, Actor, Subject
from funding.rules.lifecycle import conditions as on
from funding.rules.lifecycle.file import File
from structures.enums import Status

AGENT, SIGNATORY = Actor.AGENT, Actor.SIGNATORY
DIRECTION, SYSTEM = Actor.DIRECTION, Actor.SYSTEM


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line: this act takes a file from one status to another."""

    act: Act
    source: Status
    target: Status
    actors: frozenset[Actor]
    conditions: tuple[on.Condition, ...] = ()
    needs_reason: bool = False

    def refusals(self, file: File) -> list[str]:
        """Why it cannot be done today, in sentences; empty when it can."""
        return [why for condition in self.conditions if (why := condition(file))]


def row(
    act: Act,
    source: Status,
    target: Status,
    *actors: Actor,
    when: tuple[on.Condition, ...] = (),
    reason: bool = False,
) -> Row:
    return Row(
        act=act,
        source=source,
        target=target,
        actors=frozenset(actors),
        conditions=when,
        needs_reason=reason,
    )


# The same for a convention and an annexe: examined, corrected, dropped.
CIRCUIT = (
    row(
        *(Act.ASK_CORRECTION, Status.INSTRUCTION, Status.CORRECTION, AGENT),
        when=(on.a_comment_is_open,),
    ),
    row(
        *(Act.ANSWER, Status.CORRECTION, Status.INSTRUCTION, DIRECTION),
        when=(on.every_comment_is_answered,),
    ),
    row(Act.TAKE_BACK, Status.CORRECTION, Status.INSTRUCTION, AGENT, reason=True),
    row(
        *(Act.SEND_TO_CDIAE, Status.INSTRUCTION, Status.OPINION, AGENT),
        when=(on.opinion_is_needed,),
    ),
    row(
        *(Act.RECORD_OPINION, Status.OPINION, Status.INSTRUCTION, AGENT),
        when=(on.opinion_is_given,),
    ),
    row(Act.REOPEN, Status.READY, Status.INSTRUCTION, AGENT, SIGNATORY, reason=True),
    row(Act.REJECT, Status.INSTRUCTION, Status.REJECTED, AGENT, reason=True),
    row(Act.REJECT, Status.READY, Status.REJECTED, SIGNATORY, reason=True),
    row(
        *(Act.RECONSIDER, Status.REJECTED, Status.DRAFT, SIGNATORY),
        when=(on.appeal_is_upheld, on.nothing_took_its_place),
        reason=True,
    ),
)
# Once signed: suspended, put on notice.
IN_FORCE = (
    row(Act.SUSPEND, Status.SIGNED, Status.SUSPENDED, SIGNATORY, reason=True),
    row(Act.RESUME, Status.SUSPENDED, Status.SIGNED, SIGNATORY, reason=True),
    row(Act.NOTIFY_BREACH, Status.SIGNED, Status.BREACH, SIGNATORY, reason=True),
    row(Act.NOTIFY_BREACH, Status.SUSPENDED, Status.BREACH, SIGNATORY, reason=True),
    row(Act.LIFT_BREACH, Status.BREACH, Status.SIGNED, SIGNATORY, reason=True),
)


def terminated(source: Status, *when: on.Condition) -> Row:
    target = Status.TERMINATED
    return row(Act.TERMINATE, source, target, SIGNATORY, when=when, reason=True)


def closed(source: Status, *also: on.Condition) -> Row:
    when = (on.it_has_ended, *also)
    return row(Act.CLOSE, source, Status.CLOSED, AGENT, when=when)


CONVENTION = (
    row(
        *(Act.SUBMIT, Status.DRAFT, Status.INSTRUCTION, AGENT, DIRECTION),
        when=(on.request_is_complete, on.sales_may_be_decided),
    ),
    row(Act.CANCEL, Status.DRAFT, Status.CANCELLED, AGENT, DIRECTION, reason=True),
    *CIRCUIT,
    row(
        *(Act.VALIDATE, Status.INSTRUCTION, Status.READY, AGENT),
        when=(
            on.no_comment_is_open,
            on.request_is_complete,
            on.sales_may_be_decided,
            on.sales_are_decided,
            on.opinion_is_given_where_needed,
        ),
    ),
    row(
        *(Act.SIGN, Status.READY, Status.SIGNED, SIGNATORY),
        when=(on.within_delegation, on.opinion_is_given_where_needed),
    ),
    *IN_FORCE,
    terminated(Status.BREACH, on.a_month_has_passed),
    closed(Status.SIGNED),
    closed(Status.SUSPENDED),
)
ALONE = on.no_avenant_is_open
ANNEXE = (
    row(
        *(Act.SUBMIT, Status.DRAFT, Status.INSTRUCTION, AGENT),
        when=(on.amount_is_known, on.envelopes_bear_all, on.parts_follow_payments),
    ),
    row(Act.CANCEL, Status.DRAFT, Status.CANCELLED, AGENT, reason=True),
    *CIRCUIT,
    row(
        *(Act.VALIDATE, Status.INSTRUCTION, Status.READY, AGENT),
        when=(
            on.no_comment_is_open,
            on.opinion_is_given_where_needed,
            on.amount_is_known,
            on.envelopes_bear_all,
            on.parts_follow_payments,
        ),
    ),
    row(
        *(Act.SIGN, Status.READY, Status.SIGNED, SIGNATORY),
        when=(
            on.within_delegation,
            on.convention_is_signed,
            on.annexe_has_not_ended,
            on.in_force_may_be_replaced,
            on.amount_is_known,
            on.envelopes_bear_all,
            on.parts_follow_payments,
        ),
    ),
    row(Act.AMEND, Status.SIGNED, Status.AMENDED, SYSTEM),
    *IN_FORCE,
    terminated(Status.BREACH, on.a_month_has_passed_for_either, ALONE),
    terminated(Status.SIGNED, on.convention_is_terminated, ALONE),
    terminated(Status.SUSPENDED, on.convention_is_terminated, ALONE),
    closed(Status.SIGNED, ALONE, on.what_is_due_is_paid),
    # Suspended, its last months are not due: it is closed as it is.
    closed(Status.SUSPENDED, ALONE),
)
TABLE = {Subject.CONVENTION: CONVENTION, Subject.ANNEXE: ANNEXE}


def rows_from(subject: Subject, status: Status) -> list[Row]:
    """What may happen to a file of that status, in the order of the table."""
    return [one for one in TABLE[subject] if one.source == status]


def row_of(subject: Subject, status: Status, act: Act) -> Row | None:
    """The line of an act, or None: from there, it is nobody’s."""
    return next((one for one in rows_from(subject, status) if one.act == act), None)


def rows_for(subject: Subject, status: Status, actors: frozenset[Actor]) -> list[Row]:
    """What somebody in these qualities may do to it: the buttons, and nothing else."""
    return [one for one in rows_from(subject, status) if one.actors & actors]
