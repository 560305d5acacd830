"""What is typed in the month, cell by cell, without writing over anybody’s cells."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import transaction

from parcours.actions.refusals import ParcoursRefused
from parcours.enums import StatementState
from parcours.figures.grid import WHOLE, GridLine, month_lines
from parcours.models import MonthlyHours, MonthlyStatement
from parcours.rules.absences import hours_of_etp
from parcours.rules.cells import (
    DAY,
    MONTH,
    Cell,
    UnreadCell,
    cell_text,
    read_cell,
    summed,
)
from parcours.rules.statements import may_enter
from structures.enums import Role, StructureKind
from structures.models import Convention, User
from structures.rules.merging import Outcome, merged
from structures.rules.periods import month_end
from structures.rules.writing import day as written_day

COLUMNS = ("hours", "worked", "absences", "days", "entry")


@dataclass(frozen=True)
class Typed:
    """A cell as a window sends it: `seen` is the mark of what it showed before."""

    contract: int
    cell: str
    text: str
    seen: str


@dataclass(frozen=True)
class Problem:
    """A cell that was not taken: `theirs` is what it holds, when somebody wrote it."""

    contract: int
    cell: str
    text: str
    told: str
    theirs: str | None = None


@dataclass
class SavedGrid:
    """What became of the cells; `lines` are those written, as they now stand."""

    statement: MonthlyStatement
    lines: dict[int, MonthlyHours] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


@transaction.atomic
def save_cells(
    *, convention: Convention, month: date, typed: Iterable[Typed], by: User
) -> SavedGrid:
    """Write the cells of a month; five queries, whatever the number of people.

    A cell that another window changed meanwhile is left as it is and told, one that is
    no hours is told too: the others are written. Raises ParcoursRefused when the month
    is no longer open, or is not theirs to fill.
    """
    statement = opened(convention, month)
    check_may_enter(statement, by)
    lines = {it.contract: it for it in month_lines(convention, month, statement)}
    saved = SavedGrid(statement)
    cells = {key: dict(line.cells) for key, line in lines.items()}
    changed = set()
    for one in typed:
        line = lines.get(one.contract)
        if line is None:
            saved.problems.append(gone(one))
        elif is_taken(line, one, cells[one.contract], month, saved):
            changed.add(one.contract)
    write(saved, [(lines[key], cells[key]) for key in changed])
    return saved


def opened(convention: Convention, month: date) -> MonthlyStatement:
    """The statement of the month, locked; made when nobody opened it yet."""
    rows = MonthlyStatement.objects.select_for_update(of=("self",)).select_related(
        "convention__structure__commune"
    )
    found = rows.filter(convention=convention, month=month).first()
    if found:
        return found
    check_month(convention, month)
    MonthlyStatement.objects.bulk_create(
        [MonthlyStatement(convention=convention, month=month)], ignore_conflicts=True
    )
    return rows.get(convention=convention, month=month)


def check_month(convention: Convention, month: date) -> None:
    """Raises ParcoursRefused when the month has no day in the convention (R34)."""
    if not (convention.starts_on <= month_end(month) and month <= convention.ends_on):
        raise ParcoursRefused(
            f"Cette convention court du {written_day(convention.starts_on)} au "
            f"{written_day(convention.ends_on)} : ce mois n’en est pas."
        )


def roles_in(user: User, structure: int) -> frozenset[Role]:
    """What somebody is in a structure."""
    return frozenset(
        Role(it.role) for it in user.current_memberships if it.structure_id == structure
    )


def check_may_enter(statement: MonthlyStatement, by: User) -> None:
    state = StatementState(statement.state)
    if may_enter(state, roles_in(by, statement.convention.structure_id)):
        return
    raise ParcoursRefused(
        f"Ce mois est « {state.label} » : les heures n’y entrent plus. Gardez une copie de "
        "ce que vous avez tapé et demandez à la direction de le rouvrir."
    )


def is_taken(
    line: GridLine,
    one: Typed,
    cells: dict[str, str],
    month: date,
    saved: SavedGrid,
) -> bool:
    """Put a typed cell among those of its line; whether something changed."""
    try:
        mine = cell_text(cell_read(line, one, month))
    except UnreadCell as error:
        saved.problems.append(problem(one, error.user_message))
        return False
    theirs = line.cells.get(one.cell, "")
    outcome = merged(seen=one.seen, mine=mine, theirs=theirs)
    if outcome == Outcome.CONFLICT:
        told = f"Quelqu’un a écrit « {theirs or 'rien'} » ici entre-temps : choisissez."
        saved.problems.append(problem(one, told, theirs=theirs))
        return False
    if outcome == Outcome.KEPT:
        return False
    if mine and (told := other_way(cells, one.cell)):
        saved.problems.append(problem(one, told))
        return False
    cells.pop(one.cell, None)
    if mine:
        cells[one.cell] = mine
    return True


def other_way(cells: Mapping[str, str], name: str) -> str:
    """Why a cell cannot be typed beside the others: by days or whole, never both."""
    if name == WHOLE and {*cells} - {WHOLE}:
        return "Ce mois est saisi par jour : effacez ses jours pour l’écrire en entier."
    if name != WHOLE and WHOLE in cells:
        return (
            f"Ce mois est saisi en entier ({cells[WHOLE]}) : effacez ce total pour "
            "l’écrire par jour."
        )
    return ""


def cell_read(line: GridLine, one: Typed, month: date) -> Cell:
    """The hours of a cell. Raises UnreadCell, also outside the days of the contract."""
    if one.cell == WHOLE:
        return read_cell(one.text, planned=None, most=MONTH)
    on = day_of(one.cell, month)
    cell = read_cell(one.text, planned=line.planned_day, most=DAY)
    if not cell.is_empty and not is_inside(line, on):
        raise UnreadCell(
            f"Le contrat {in_words(line)} : le {written_day(on)} n’en est pas."
        )
    return cell


def is_inside(line: GridLine, on: date) -> bool:
    return line.starts_on <= on and (line.ends_on is None or on <= line.ends_on)


def in_words(line: GridLine) -> str:
    if line.ends_on is None:
        return f"commence le {written_day(line.starts_on)}"
    return f"va du {written_day(line.starts_on)} au {written_day(line.ends_on)}"


def day_of(name: str, month: date) -> date:
    is_day = name.isascii() and name.isdecimal() and len(name) == len("07")
    if is_day and 1 <= int(name) <= month_end(month).day:
        return month.replace(day=int(name))
    raise UnreadCell(f"« {name} » n’est pas un jour de ce mois.")


def gone(one: Typed) -> Problem:
    return problem(
        one,
        "Ce contrat n’est plus dans ce mois : rechargez la page, gardez vos heures.",
    )


def problem(one: Typed, told: str, *, theirs: str | None = None) -> Problem:
    return Problem(one.contract, one.cell, one.text, told, theirs)


def write(saved: SavedGrid, lines: list[tuple[GridLine, dict[str, str]]]) -> None:
    """The lines that changed, in one statement; one emptied keeps no hours."""
    kind = StructureKind(saved.statement.convention.structure.kind)
    rows = [as_row(saved.statement, line, cells, kind) for line, cells in lines]
    kept = [row for row in rows if row.days or row.entry]
    emptied = [row.contract_id for row in rows if not (row.days or row.entry)]
    if emptied:
        MonthlyHours.objects.filter(
            statement=saved.statement, contract__in=emptied
        ).delete()
    if kept:
        MonthlyHours.objects.bulk_create(
            kept,
            update_conflicts=True,
            unique_fields=["statement", "contract"],
            update_fields=COLUMNS,
        )
    saved.lines = {row.contract_id: row for row in rows}


def as_row(
    statement: MonthlyStatement,
    line: GridLine,
    cells: Mapping[str, str],
    kind: StructureKind,
) -> MonthlyHours:
    """The line of a contract from its cells: worked, absences, and what makes ETP (R27)."""
    read = [read_cell(text, planned=None, most=MONTH) for text in cells.values()]
    whole = summed(read)
    worked = whole.worked or Decimal(0)
    return MonthlyHours(
        statement=statement,
        contract_id=line.contract,
        hours=hours_of_etp(kind=kind, worked=worked, absences=whole.absences),
        worked=None if whole.is_empty else worked,
        absences={key.value: str(hours) for key, hours in whole.absences.items()},
        days={} if WHOLE in cells else dict(sorted(cells.items())),
        entry=cells.get(WHOLE, ""),
    )
