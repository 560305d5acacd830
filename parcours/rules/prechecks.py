"""What is looked at before a month is proposed: each remark leads to its cell."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from parcours.rules.cells import Cell, written
from parcours.rules.hours import hours_are_plausible
from structures.rules.periods import month_end
from structures.rules.writing import day

MANY = 6  # empty lines told one by one up to there


@dataclass(frozen=True)
class Check:
    """`contract` and `cell` say where, None and "" for the whole month."""

    told: str
    is_blocking: bool
    contract: int | None = None
    cell: str = ""


@dataclass(frozen=True, kw_only=True)
class CheckedLine:
    """What is known of a contract in the month; `days` only when typed by day."""

    contract: int
    name: str
    starts_on: date
    ends_on: date | None
    right_ends_on: date
    hours: Decimal | None
    days: dict[int, Cell]


def blocking(checks: Iterable[Check]) -> list[Check]:
    return [it for it in checks if it.is_blocking]


def check_month(
    lines: Iterable[CheckedLine],
    *,
    month: date,
    on: date,
    most_a_month: Decimal,
    most_a_week: Decimal,
) -> list[Check]:
    """Everything to look at, in the order of the lines.

    `most_a_month` and `most_a_week` are the hours above which a line is told (R36). A
    month not over yet and a contract without hours forbid to propose.
    """
    found = []
    if on < month_end(month):
        found.append(
            Check(
                f"Le mois finit le {day(month_end(month))} : il se propose ensuite.",
                True,
            )
        )
    known = list(lines)
    if not known:
        found.append(Check("Personne n’est sous contrat ce mois-ci.", True))
    found += nothing_typed([line for line in known if line.hours is None])
    for line in known:
        found += of_line(line, most_a_month, most_a_week, month)
    return found


def nothing_typed(lines: list[CheckedLine]) -> list[Check]:
    """One remark a line, or one for all when they are many: the first leads to it."""
    if len(lines) > MANY:
        told = (
            f"{len(lines)} lignes sont vides, la première est {lines[0].name}. Écrivez "
            "des heures, un motif d’absence, ou 0."
        )
        return [Check(told, True, lines[0].contract)]
    return [
        Check(
            f"{line.name} : rien n’est saisi. Écrivez ses heures, un motif d’absence, "
            "ou 0.",
            True,
            line.contract,
        )
        for line in lines
    ]


def of_line(
    line: CheckedLine, most_a_month: Decimal, most_a_week: Decimal, month: date
) -> list[Check]:
    found = []
    if line.hours is not None and not hours_are_plausible(
        line.hours, maximum=most_a_month
    ):
        found.append(
            Check(
                f"{line.name} : {written(line.hours)} h dans le mois, à vérifier.",
                False,
                line.contract,
            )
        )
    found += after_right(line, month)
    return found + outside(line, month) + long_weeks(line, month, most_a_week)


def outside(line: CheckedLine, month: date) -> list[Check]:
    """Hours typed before somebody’s exit was known, on days they were no longer there."""
    found = []
    for number in sorted(line.days):
        on = month.replace(day=number)
        if on < line.starts_on or (line.ends_on is not None and on > line.ends_on):
            told = f"{line.name} : le {day(on)} est hors du contrat, videz sa case."
            found.append(Check(told, True, line.contract, f"{number:02}"))
    return found


def after_right(line: CheckedLine, month: date) -> list[Check]:
    """The aid stops with the right, whatever the contract (R56)."""
    last = min(month_end(month), line.ends_on or month_end(month))
    if not line.hours or line.right_ends_on >= last:
        return []
    told = (
        f"{line.name} : le droit finit le {day(line.right_ends_on)}, avant la fin du mois "
        "saisi. L’aide s’arrête avec lui (R. 5132-1-9) : ôtez les heures d’après."
    )
    return [Check(told, False, line.contract)]


def long_weeks(line: CheckedLine, month: date, most: Decimal) -> list[Check]:
    """Weeks of the month with more hours worked than the law lets."""
    weeks: dict[date, Decimal] = {}
    for number, cell in line.days.items():
        on = month.replace(day=number)
        monday = on - timedelta(days=on.weekday())
        weeks[monday] = weeks.get(monday, Decimal(0)) + (cell.worked or Decimal(0))
    return [
        Check(
            f"{line.name} : {written(hours)} h la semaine du {day(monday)}, plus de "
            f"{written(most)}.",
            False,
            line.contract,
            f"{max(monday, month).day:02}",
        )
        for monday, hours in sorted(weeks.items())
        if hours > most
    ]
