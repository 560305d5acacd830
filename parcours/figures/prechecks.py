"""What is to be looked at in a month before it is proposed."""

from datetime import date

from parcours.figures.grid import GridLine, month_lines
from parcours.models import MonthlyStatement
from parcours.rules.cells import MONTH, read_cell
from parcours.rules.prechecks import Check, CheckedLine, check_month
from structures.figures.legal_values import legal_value
from structures.models import Convention


def month_checks(
    convention: Convention,
    month: date,
    statement: MonthlyStatement | None,
    *,
    on: date,
    lines: list[GridLine] | None = None,
) -> list[Check]:
    """The remarks of a month, line after line; four queries, two when `lines` is given."""
    if lines is None:
        lines = month_lines(convention, month, statement)
    return check_month(
        [checked(line) for line in lines],
        month=month,
        on=on,
        most_a_month=legal_value("heures_mensuelles_plausibles", on=month).value,
        most_a_week=legal_value("duree_maximale_hebdomadaire", on=month).value,
    )


def checked(line: GridLine) -> CheckedLine:
    days = {
        int(name): read_cell(text, planned=None, most=MONTH)
        for name, text in line.cells.items()
        if line.is_by_day
    }
    return CheckedLine(
        contract=line.contract,
        name=line.name,
        starts_on=line.starts_on,
        ends_on=line.ends_on,
        right_ends_on=line.right_ends_on,
        hours=line.hours,
        days=days,
    )
