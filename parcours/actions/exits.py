"""Somebody leaves: recorded with a motive, corrected with a reason, followed after."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction

from parcours.actions.refusals import ParcoursRefused
from parcours.models import Contract, Exit, ExitChange, ExitFollowUp, ExitMotive
from parcours.rules.exits import ends_the_stay
from structures.enums import Role
from structures.figures.legal_values import legal_value
from structures.models import User
from structures.rules.periods import months_later
from structures.rules.writing import day

RECORDING = frozenset({Role.CIP, Role.DIRECTION, Role.GESTIONNAIRE})
TERMS = (3, 6)


def check_may_record(contract: Contract, by: User) -> None:
    mine = {
        it.role
        for it in by.current_memberships
        if it.structure_id == contract.structure_id
    }
    if not mine & RECORDING:
        raise ParcoursRefused(
            "La sortie s’enregistre par la direction, le conseil en insertion ou la "
            "gestion de la structure."
        )


@transaction.atomic
def record_exit(
    *, contract: Contract, left_on: date, motive: ExitMotive, by: User, on: date
) -> Exit:
    """End a stay with its motive. Raises ParcoursRefused.

    The last contract only: what renews it goes on, and going to another structure is an
    exit here (R65, R66).
    """
    contract = (
        Contract.objects.select_for_update(of=("self",))
        .select_related("structure")
        .get(pk=contract.pk)
    )
    check_may_record(contract, by)
    if Exit.objects.filter(contract=contract).exists():
        raise ParcoursRefused(
            "La sortie de ce contrat est déjà enregistrée : corrigez-la si besoin."
        )
    check_exit(contract, left_on, on=on)
    try:
        with transaction.atomic():
            return Exit.objects.create(
                contract=contract, exited_on=left_on, motive=motive, recorded_by=by
            )
    except IntegrityError as error:
        raise ParcoursRefused(
            "Un autre contrat de cette personne l’empêche : relisez ses dates.",
            field="exited_on",
        ) from error


def check_exit(contract: Contract, left_on: date, *, on: date) -> None:
    """Raises ParcoursRefused when the stay does not end on that day."""
    check_left(contract, left_on, on=on)
    check_ends(contract, left_on)


def check_left(contract: Contract, left_on: date, *, on: date) -> None:
    """Raises ParcoursRefused when the day is before the contract, or to come."""
    if left_on < contract.starts_on:
        raise ParcoursRefused(
            f"Le contrat commence le {day(contract.starts_on)} : la sortie ne peut pas le "
            "précéder.",
            field="exited_on",
        )
    if contract.ends_on and left_on > contract.ends_on:
        raise ParcoursRefused(
            f"Le contrat finit le {day(contract.ends_on)} : la sortie ne peut pas le "
            "suivre. Un contrat qui a continué s’enregistre d’abord.",
            field="exited_on",
        )
    if left_on > on:
        raise ParcoursRefused(
            f"Le {day(left_on)} n’est pas passé : une sortie se constate. Enregistrez-la "
            "ce jour-là.",
            field="exited_on",
        )


def check_ends(contract: Contract, left_on: date) -> None:
    """Raises ParcoursRefused when another contract of the stay follows (R66)."""
    if Contract.objects.filter(renews=contract).exists():
        raise ParcoursRefused(
            "Ce contrat a été renouvelé : enregistrez la sortie sur le dernier."
        )
    gap = int(legal_value("renouvellement_ecart", on=left_on).value)
    later = Contract.objects.filter(
        person=contract.person_id,
        structure=contract.structure_id,
        starts_on__gt=contract.starts_on,
    ).exclude(pk=contract.pk)
    starts = list(later.order_by("starts_on").values_list("starts_on", flat=True))
    if not ends_the_stay(ended_on=left_on, later_starts=starts, gap_days=gap):
        latest = left_on + timedelta(days=gap)
        following = min(it for it in starts if left_on <= it <= latest)
        raise ParcoursRefused(
            f"Un contrat suit ici le {day(following)} : c’est un renouvellement, non une "
            "sortie. Enregistrez la sortie sur le dernier contrat."
        )


@transaction.atomic
def correct_exit(
    *,
    exit_: Exit,
    left_on: date,
    motive: ExitMotive,
    reason: str,
    by: User,
    on: date,
) -> Exit:
    """Give an exit its right day or motive; what it said is kept. Raises ParcoursRefused."""
    known = Exit.objects.select_for_update(of=("self",)).select_related(
        "contract", "motive"
    )
    found = known.get(pk=exit_.pk)
    check_may_record(found.contract, by)
    check_exit(found.contract, left_on, on=on)
    if not reason.strip():
        raise ParcoursRefused(
            "Écrivez pourquoi la sortie se corrige : c’est gardé.", field="reason"
        )
    before = in_words(found)
    found.exited_on, found.motive = left_on, motive
    found.save(update_fields=["exited_on", "motive"])
    if in_words(found) != before:
        ExitChange.objects.create(
            exit=found,
            before=before,
            after=in_words(found),
            reason=reason.strip(),
            by=by,
        )
    return found


def in_words(exit_: Exit) -> str:
    return f"{day(exit_.exited_on)}, {exit_.motive.label}"


def record_follow_up(
    *, exit_: Exit, months: int, state: str, note: str, by: User, on: date
) -> ExitFollowUp:
    """What became of somebody at three or six months. Raises ParcoursRefused."""
    check_may_record(exit_.contract, by)
    due = months_later(exit_.exited_on, months)
    if on < due:
        raise ParcoursRefused(f"Ce suivi se fait à partir du {day(due)}.")
    try:
        with transaction.atomic():
            return ExitFollowUp.objects.create(
                exit=exit_, months=months, state=state, note=note, asked_on=on, by=by
            )
    except IntegrityError as error:
        raise ParcoursRefused("Ce suivi est déjà enregistré.") from error
