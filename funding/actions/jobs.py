"""The yearly jobs: one transaction a département, sets in SQL, run twice changes nothing.

Each writes one StepLine per structure, saying what was done for it, or why nothing was.
"""

from collections.abc import Callable
from typing import Any

from django.db import connection
from psycopg import Cursor

from funding.actions import consumption
from funding.enums import Job
from funding.models import Step
from funding.sql import statement

TEMPORARY = "found, written, stays, judged, reports, rollups, marked, model"
DEPTHS = range(1, 6)


def refresh_consumption(*, step: Step) -> None:
    """Hours of the closed months → ETP, euros used, euros due (R25-R33)."""
    parameters = _parameters(step) | {"structure": None, "also": None}
    consumption.keep_found(parameters)
    consumption.write_found(parameters)
    _execute("consumption_lines", step)


def compute_outcomes(*, step: Step) -> None:
    """Exits of the year by category, with what the rules leave out (R60-R67)."""
    _run("outcomes", step)


def score_modulation(*, step: Step) -> None:
    """Score of each structure among those of its kind in the région (R22)."""
    _run("modulation", step)


def prepare_conventions(*, step: Step) -> None:
    """Draft annexes of the year from the last terms of the one before (R9, R15-R17).

    Drafts only, and no money moves: the reservation comes with the instruction.
    """
    if _planned("envelopes_missing", step):
        _run("envelopes_of_year", step)
        for depth in DEPTHS:
            _execute("envelopes_of_depth", step, depth=depth)
    _planned("conventions", step)


JOBS: dict[str, Callable[..., None]] = {
    Job.CONSUMPTION: refresh_consumption,
    Job.OUTCOMES: compute_outcomes,
    Job.MODULATION: score_modulation,
    Job.CONVENTIONS: prepare_conventions,
}


def _run(name: str, step: Step) -> None:
    consumption.forget(TEMPORARY)
    _execute(name, step)


def _execute(name: str, step: Step, **more: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement(name), _parameters(step) | more)


def _planned(name: str, step: Step) -> list[tuple[Any, ...]]:
    """Rows of a single statement, whose plan the connection keeps for the next step."""
    connection.ensure_connection()
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        cursor.execute(statement(name), _parameters(step), prepare=True)
        return cursor.fetchall() if cursor.description else []


def _parameters(step: Step) -> dict[str, Any]:
    return {
        "step": step.pk,
        "year": step.year,
        "departement": step.departement_id,
        "business_on": step.campaign.business_on,
    }
