"""Where each month of a structure stands, and the convention it is typed under."""

from dataclasses import dataclass
from datetime import date

from parcours.enums import StatementState
from parcours.models import MonthlyStatement
from structures.enums import IN_FORCE, Measure, Status
from structures.models import Convention, Structure
from structures.rules.periods import month_end


@dataclass(frozen=True)
class MonthState:
    """A month of a convention; `state` is None while nobody opened it."""

    convention: int
    month: date
    state: StatementState | None


def states_by_month(structure: Structure, *, year: int) -> dict[date, list[MonthState]]:
    """Each month of a year with a convention in force; two queries.

    A structure with two mesures has two lines in a month.
    """
    conventions = list(
        Convention.objects.filter(
            structure=structure, state__in=[*IN_FORCE, Status.CLOSED, Status.TERMINATED]
        )
        .running_in(year)
        .exclude(measure=Measure.FDI_DC)
        .order_by("starts_on", "pk")
    )
    known = {
        (convention, month): StatementState(state)
        for convention, month, state in MonthlyStatement.objects.filter(
            convention__in=conventions, month__year=year
        ).values_list("convention", "month", "state")
    }
    found: dict[date, list[MonthState]] = {}
    for number in range(1, 13):
        first = date(year, number, 1)
        found[first] = [
            MonthState(it.pk, first, known.get((it.pk, first)))
            for it in conventions
            if it.starts_on <= month_end(first) and first <= it.ends_on
        ]
    return found
