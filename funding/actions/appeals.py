"""Appeals against a decision: filed, then decided, once each."""

from datetime import date

from django.db import IntegrityError, transaction

from funding.enums import CONTESTABLE, AppealKind, AppealOutcome
from funding.models import Appeal, StatusChange
from structures.actions.life import LifeRefused
from structures.models import User
from structures.rules.writing import day


@transaction.atomic
def file_appeal(
    *,
    change: StatusChange,
    kind: AppealKind,
    notified_on: date,
    filed_on: date,
    reason: str,
    reference: str,
    by: User,
) -> Appeal:
    """Record an appeal, late or not: whoever decides it says so. Raises LifeRefused."""
    check_days(change, notified_on, filed_on)
    try:
        with transaction.atomic():
            return Appeal.objects.create(
                change=change,
                kind=kind,
                notified_on=notified_on,
                filed_on=filed_on,
                reason=reason.strip(),
                reference=reference.strip(),
                by=by,
            )
    except IntegrityError as error:
        raise LifeRefused(
            f"Un {AppealKind(kind).label.lower()} est déjà enregistré contre cette "
            "décision : complétez-le, ou choisissez une autre nature."
        ) from error


def check_days(change: StatusChange, notified_on: date, filed_on: date) -> None:
    """Raises LifeRefused."""
    if change.act not in CONTESTABLE:
        raise LifeRefused(
            "On ne conteste qu’un refus, une suspension ou une résiliation."
        )
    if notified_on < change.on:
        raise LifeRefused(
            f"La décision est du {day(change.on)} : elle n’a pas pu être notifiée avant."
        )
    if filed_on < notified_on:
        raise LifeRefused("Le recours suit la notification : corrigez sa date.")


@transaction.atomic
def decide_appeal(
    *, appeal: Appeal, outcome: AppealOutcome, on: date, grounds: str, by: User
) -> Appeal:
    """Write what came of it, once. Raises LifeRefused.

    Upheld against a refusal, it lets the signatory take the file back to draft: that is
    an act of the table.
    """
    appeal = Appeal.objects.select_for_update().get(pk=appeal.pk)
    if appeal.outcome:
        raise LifeRefused(
            f"L’issue de ce recours est déjà enregistrée : {appeal.get_outcome_display()}."
        )
    if on < appeal.filed_on:
        raise LifeRefused(
            f"Le recours est du {day(appeal.filed_on)} : son issue ne peut pas le précéder."
        )
    appeal.outcome, appeal.decided_on = outcome, on
    appeal.grounds, appeal.decided_by = grounds.strip(), by
    appeal.save()
    return appeal
