"""The month of a convention as a grid: who is under contract, what was typed for each."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Least

from parcours.models import Contract, MonthlyHours, MonthlyStatement
from parcours.rules.cells import Cell, cell_text
from parcours.rules.planned import planned_day, planned_month
from structures.models import Convention
from structures.rules.periods import month_end

WHOLE = "mois"  # the cell of a whole month, beside those of its days


@dataclass(frozen=True)
class GridLine:
    """One contract in the month. `cells` are texts by their day (“07”) or “mois”.

    `hours` are those that make ETP, None while nothing is known. `planned` is what the
    contract foresees, None when it gives no weekly hours. `ends_on` is its real end.
    """

    contract: int
    parcours: int
    name: str
    starts_on: date
    ends_on: date | None
    right_ends_on: date
    planned: Decimal | None
    planned_day: Decimal | None
    cells: dict[str, str] = field(default_factory=dict)
    hours: Decimal | None = None
    worked: Decimal | None = None
    absences: dict[str, str] = field(default_factory=dict)

    @property
    def is_by_day(self) -> bool:
        return bool(self.cells) and WHOLE not in self.cells


def statement_of(convention: Convention, month: date) -> MonthlyStatement | None:
    """The statement of a month, or None while nobody opened it; one query."""
    return MonthlyStatement.objects.filter(convention=convention, month=month).first()


def contracts_of(convention: Convention, month: date) -> QuerySet[Contract]:
    """Contracts with a day in the month, but those declared under another convention.

    With `real_end`, the day of the exit or the foreseen end; in the order of names.
    """
    first, last = month, month_end(month)
    elsewhere = MonthlyHours.objects.filter(
        contract=OuterRef("pk"), statement__month=month
    ).exclude(statement__convention=convention)
    here = MonthlyHours.objects.filter(
        contract=OuterRef("pk"),
        statement__month=month,
        statement__convention=convention,
    )
    running = Q(starts_on__lte=last) & (Q(real_end=None) | Q(real_end__gte=first))
    return (
        Contract.objects.filter(structure=convention.structure_id)
        .annotate(
            real_end=Least("exit__exited_on", "ends_on")  # of those that are known
        )
        .filter(Q(running & ~Exists(elsewhere)) | Exists(here))
        .select_related("person", "parcours")
        .order_by("person__sort_key", "starts_on", "pk")
    )


def month_lines(
    convention: Convention, month: date, statement: MonthlyStatement | None
) -> list[GridLine]:
    """A line per contract, in the order of names; two queries, however many they are."""
    typed = {
        row.contract_id: row
        for row in MonthlyHours.objects.filter(statement=statement)
        if statement
    }
    return [
        grid_line(contract, month, typed.get(contract.pk))
        for contract in contracts_of(convention, month)
    ]


def grid_line(contract: Contract, month: date, row: MonthlyHours | None) -> GridLine:
    ends_on: date | None = contract.real_end  # type: ignore[attr-defined]  # annotated
    return GridLine(
        contract=contract.pk,
        parcours=contract.parcours_id,
        name=str(contract.person),
        starts_on=contract.starts_on,
        ends_on=ends_on,
        right_ends_on=contract.parcours.ends_on,
        planned=planned_month(
            weekly_hours=contract.weekly_hours,
            month=month,
            starts_on=contract.starts_on,
            ends_on=ends_on,
        ),
        planned_day=planned_day(contract.weekly_hours),
        cells=cells_of(row),
        hours=row.hours if row else None,
        worked=row.worked if row else None,
        absences=row.absences if row else {},
    )


def cells_of(row: MonthlyHours | None) -> dict[str, str]:
    """What the line shows: its days, its whole month, or the hours a file brought."""
    if row is None:
        return {}
    if row.days:
        return dict(row.days)
    return {WHOLE: row.entry or cell_text(Cell(worked=row.hours))}
