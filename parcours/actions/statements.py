"""A month proposed, validated, given back, unlocked: each act kept with who and why."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from parcours.actions.grid import roles_in
from parcours.actions.refusals import ParcoursRefused
from parcours.enums import StatementAct, StatementState
from parcours.figures.prechecks import month_checks
from parcours.models import MonthlyHours, MonthlyStatement, StatementEvent
from parcours.rules.prechecks import blocking
from parcours.rules.statements import BY_ACT, Move
from structures.enums import Role
from structures.models import User


def roles_for(user: User, statement: MonthlyStatement) -> frozenset[Role]:
    """What somebody is for a month: of its structure, or an agent of its territory."""
    structure = statement.convention.structure
    roles = roles_in(user, structure.pk)
    place = structure.commune.departement_id
    if user.is_agent and user.departements().filter(pk=place).exists():
        return roles | {Role.AGENT}
    return roles


@transaction.atomic
def move_month(
    *,
    statement: MonthlyStatement,
    act: StatementAct,
    by: User,
    on: date,
    reason: str = "",
    expected: StatementState | None = None,
) -> StatementEvent:
    """Do one act of the table on a month, and keep its hours as they were then.

    `expected` is the state the person had before them. Raises ParcoursRefused.
    """
    rows = MonthlyStatement.objects.select_for_update(of=("self",)).select_related(
        "convention__structure__commune"
    )
    statement = rows.get(pk=statement.pk)
    move = BY_ACT[act]
    check_possible(statement, move, by, expected, reason)
    if act == StatementAct.SUBMIT:
        check_ready(statement, on=on)
    source = statement.state
    statement.state = move.target
    if move.target == StatementState.VALIDE:
        statement.validated_on = on
    statement.save(update_fields=["state", "validated_on"])
    lines = dict(
        MonthlyHours.objects.filter(statement=statement).values_list(
            "contract", "hours"
        )
    )
    return StatementEvent.objects.create(
        statement=statement,
        act=act,
        source=source,
        target=move.target,
        hours=sum(lines.values(), Decimal(0)),
        lines={str(key): str(hours) for key, hours in lines.items()},
        reason=reason.strip(),
        by=by,
        on=on,
    )


def check_possible(
    statement: MonthlyStatement,
    move: Move,
    by: User,
    expected: StatementState | None,
    reason: str,
) -> None:
    state = StatementState(statement.state)
    if state not in move.sources or expected not in (None, state):
        raise ParcoursRefused(
            f"Ce mois est maintenant « {state.label} » : « {move.act.label} » n’y est plus "
            "possible. Relisez-le."
        )
    if not move.roles & roles_for(by, statement):
        raise ParcoursRefused(f"« {move.act.label} » n’est pas de votre ressort ici.")
    if move.needs_reason and not reason.strip():
        raise ParcoursRefused("Écrivez le motif : il est gardé.", field="reason")


def check_ready(statement: MonthlyStatement, *, on: date) -> None:
    """Raises ParcoursRefused when a check of the month forbids to propose it."""
    found = blocking(
        month_checks(statement.convention, statement.month, statement, on=on)
    )
    if found:
        more = f" (et {len(found) - 1} autres)" if len(found) > 1 else ""
        raise ParcoursRefused(f"{found[0].told}{more}")
