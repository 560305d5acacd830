"""A month that closes or reopens, and what it uses of its annexe, in one transaction."""

from datetime import date

from django.db import transaction

from funding.actions.consumption import refresh_structure
from parcours.actions.statements import move_month
from parcours.enums import StatementAct, StatementState
from parcours.models import MonthlyStatement, StatementEvent
from structures.models import User

# What changes what is used: a month counts once validated, and no more once unlocked.
COUNTED = (StatementAct.VALIDATE, StatementAct.UNLOCK)


@transaction.atomic
def move_and_count(
    *,
    statement: MonthlyStatement,
    act: StatementAct,
    by: User,
    on: date,
    reason: str = "",
    expected: StatementState | None = None,
) -> StatementEvent:
    """Do one act of the table on a month; its consumption follows at once.

    The service then reads the ETP and euros the structure had before it. Raises
    ParcoursRefused.
    """
    event = move_month(
        statement=statement, act=act, by=by, on=on, reason=reason, expected=expected
    )
    if act in COUNTED:
        month = event.statement.month
        refresh_structure(
            structure=event.statement.convention.structure,
            year=month.year,
            on=max(on, month),
        )
    return event
