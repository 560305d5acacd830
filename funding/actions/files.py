"""The one place where a convention or an annexe changes status, with its money."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from funding.actions.ledger import Movement, movement, post
from funding.actions.ledger_refusals import YearClosed
from funding.actions.mails import tell_of
from funding.enums import Act, Actor, Subject, VersionState
from funding.figures.files import convention_file, version_files
from funding.figures.moved import held_by
from funding.figures.powers import Powers
from funding.models import AnnexeVersion, Envelope, StatusChange
from funding.models.annexe import CURRENT
from funding.rules.engagement import ENDS, engagement
from funding.rules.lifecycle.asp import ASP, PROVISIONAL
from funding.rules.lifecycle.file import File
from funding.rules.lifecycle.moves import Row, row_of
from structures.enums import Status
from structures.models import Convention, User
from structures.rules.writing import day


class MoveRefused(Exception):
    """The file stays where it was; `user_message` says why and what next."""

    def __init__(self, user_message: str) -> None:
        super().__init__(user_message)
        self.user_message = user_message


@dataclass(frozen=True, kw_only=True)
class Mover:
    """Somebody who wants to move a file, in the qualities they have there."""

    user: User
    powers: Powers
    actors: frozenset[Actor]
    on: date

    @classmethod
    def of(cls, user: User, convention: Convention, *, on: date) -> "Mover":
        powers = Powers.of(user, on=on)
        actors = powers.actors(convention.structure)
        return cls(user=user, powers=powers, actors=actors, on=on)


@transaction.atomic
def move_version(
    *,
    version: AnnexeVersion,
    act: Act,
    by: User,
    on: date,
    reason: str = "",
    expected: Status | None = None,
) -> StatusChange:
    """Do an act of the table to a version of an annexe, and move its money.

    `expected` is the status the person saw. All or nothing. Raises MoveRefused when the
    table, a condition or somebody quicker says no, and a LedgerRefusal when an envelope
    cannot bear it.
    """
    locked = AnnexeVersion.objects.select_for_update(of=("self",)).select_related(
        "annexe__convention__structure__commune__departement"
    )
    version = locked.get(pk=version.pk)
    convention = version.annexe.convention
    mover = Mover.of(by, convention, on=on)
    row = checked(Subject.ANNEXE, Status(version.status), act, mover, reason, expected)
    conditions_hold(row, version_files([version], mover.powers, on=on)[version.pk])
    if act == Act.SIGN:
        amend(version, on=on)
        version.signed_on = on
    set_status(version, row.target)
    engage(version, act, on=on, by=by)
    change = record(row, mover, reason, version=version)
    tell_of(
        change,
        structure=convention.structure,
        file=f"l’annexe financière {version.annexe.year} (M{version.modification})",
        url=reverse("version_detail", args=[version.pk]),
    )
    if row.target in (Status.SIGNED, Status.TERMINATED, Status.CLOSED):
        tell_convention(convention)
    return change


@transaction.atomic
def move_convention(
    *,
    convention: Convention,
    act: Act,
    by: User,
    on: date,
    reason: str = "",
    expected: Status | None = None,
) -> StatusChange:
    """Do an act of the table to a convention. Raises MoveRefused."""
    locked = Convention.objects.select_for_update(of=("self",)).select_related(
        "structure__commune__departement"
    )
    convention = locked.get(pk=convention.pk)
    mover = Mover.of(by, convention, on=on)
    status = Status(convention.state)
    row = checked(Subject.CONVENTION, status, act, mover, reason, expected)
    conditions_hold(row, convention_file(convention, mover.powers, on=on))
    if act == Act.SIGN:
        convention.signed_on = on
    convention.state = row.target
    convention.save(update_fields=["state", "signed_on"])
    change = record(row, mover, reason, convention=convention)
    tell_of(
        change,
        structure=convention.structure,
        file=f"la convention du {day(convention.starts_on)}",
        url=reverse("convention_detail", args=[convention.pk]),
    )
    return change


def checked(
    subject: Subject,
    status: Status,
    act: Act,
    mover: Mover,
    reason: str,
    expected: Status | None,
) -> Row:
    """The line of the table, if it is theirs to follow. Raises MoveRefused."""
    if expected is not None and expected != status:
        raise MoveRefused(
            f"Quelqu’un a déjà changé ce dossier : il est maintenant « {status.label} ». "
            "Relisez-le avant d’aller plus loin."
        )
    row = row_of(subject, status, act)
    if row is None:
        raise MoveRefused(
            f"« {act.label} » ne se fait pas sur un dossier « {status.label} »."
        )
    if not row.actors & mover.actors:
        who = " ou ".join(sorted(Actor(it).label.lower() for it in row.actors))
        raise MoveRefused(f"« {act.label} » revient à : {who}.")
    if row.needs_reason and not reason.strip():
        raise MoveRefused(f"« {act.label} » demande un motif : écrivez-le.")
    return row


def conditions_hold(row: Row, file: File) -> None:
    refusals = row.refusals(file)
    if refusals:
        raise MoveRefused(" ".join(refusals))


def record(row: Row, mover: Mover, reason: str, **file: object) -> StatusChange:
    actor = next(it for it in Actor if it in row.actors & mover.actors)
    return StatusChange.objects.create(
        act=row.act,
        source=row.source,
        target=row.target,
        actor=actor,
        by=mover.user,
        on=mover.on,
        reason=reason.strip(),
        **file,
    )


def set_status(version: AnnexeVersion, status: Status) -> None:
    """Write a status of the table as the ASP’s state and our stage.

    A provisional annexe stays so while it is in force.
    """
    is_provisional = version.state == VersionState.PROVISOIRE
    table = ASP | PROVISIONAL if is_provisional else ASP
    version.state, version.stage = table[status]
    version.save(update_fields=["state", "stage", "signed_on"])


def amend(version: AnnexeVersion, *, on: date) -> None:
    """The version in force gives way to the one being signed (R6)."""
    previous = AnnexeVersion.objects.select_for_update().filter(
        annexe=version.annexe, state__in=CURRENT
    )
    for one in previous:
        row = row_of(Subject.ANNEXE, Status(one.status), Act.AMEND)
        if row is None:
            raise MoveRefused(
                f"L’annexe en vigueur est « {Status(one.status).label} » : relisez-la "
                "avant de signer un avenant."
            )
        set_status(one, row.target)
        StatusChange.objects.create(
            version=one,
            act=row.act,
            source=row.source,
            target=row.target,
            actor=Actor.SYSTEM,
            on=on,
            reason=f"Avenant M{version.modification}",
        )


def engage(version: AnnexeVersion, act: Act, *, on: date, by: User) -> None:
    """Move the money of an act. Raises MoveRefused once the exercise is closed."""
    try:
        post(transfers=money_of(version, act, on=on), by=by)
    except YearClosed as refusal:
        year = version.annexe.year
        raise MoveRefused(
            f"L’exercice {year} est clos et ce qui était réservé est rendu : cette annexe "
            "ne peut plus être engagée. Refusez-la, ou abandonnez-la si c’est un "
            "brouillon."
        ) from refusal


def money_of(version: AnnexeVersion, act: Act, *, on: date) -> list[Movement]:
    """The movements of an act, ready to post."""
    wanted = dict(version.parts.values_list("envelope", "amount"))
    held = held_by(version.annexe_id, with_modulated=act in ENDS)
    due = engagement(act, wanted=wanted, held=held)
    envelopes = Envelope.objects.in_bulk({it.envelope for it in due})
    annexe = version.annexe
    reference = f"{annexe} M{version.modification}"
    return [
        movement(
            kind=it.kind,
            envelope=envelopes[it.envelope],
            annexe=annexe,
            amount=it.amount,
            on=on,
            reference=reference,
        )
        for it in due
    ]


def tell_convention(convention: Convention) -> None:
    """Write how long the annexes of a convention make it active (R8)."""
    last = AnnexeVersion.objects.filter(
        annexe__convention=convention, state__in=CURRENT
    ).aggregate(day=Max("ends_on"))
    Convention.objects.filter(pk=convention.pk).update(active_until=last["day"])
