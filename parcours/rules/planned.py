"""The hours a contract foresees, day by day and for a month."""

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal

from dateutil.easter import easter

from structures.rules.periods import month_end
from structures.rules.rounding import cents

WORKED_DAYS = 5
WEEKS_A_YEAR, MONTHS_A_YEAR = 52, 12


def public_holidays(year: int) -> dict[date, str]:
    """The eleven of the metropolis.

    Source : Code du travail, art. L. 3133-1.
    """
    sunday = easter(year)
    fixed = {
        (1, 1): "jour de l’an",
        (5, 1): "fête du travail",
        (5, 8): "8 mai",
        (7, 14): "fête nationale",
        (8, 15): "Assomption",
        (11, 1): "Toussaint",
        (11, 11): "11 novembre",
        (12, 25): "Noël",
    }
    moving = {1: "lundi de Pâques", 39: "Ascension", 50: "lundi de Pentecôte"}
    return {date(year, *day): name for day, name in fixed.items()} | {
        sunday + timedelta(days=days): name for days, name in moving.items()
    }


def is_worked(day: date) -> bool:
    """A day from Monday to Friday, holidays included: they are days somebody is paid."""
    return day.weekday() < WORKED_DAYS


def planned_day(weekly_hours: Decimal | None) -> Decimal | None:
    """Hours of an ordinary day; None when the contract gives no weekly hours."""
    return None if weekly_hours is None else cents(weekly_hours / WORKED_DAYS)


def planned_month(
    *, weekly_hours: Decimal | None, month: date, starts_on: date, ends_on: date | None
) -> Decimal | None:
    """Hours a contract foresees in a month, to the cent.

    A whole month is 52 twelfths of a week, whatever its length, as wages are smoothed;
    a month begun or ended is its share of the worked days. None without weekly hours.
    """
    if weekly_hours is None:
        return None
    whole = cents(weekly_hours * WEEKS_A_YEAR / MONTHS_A_YEAR)
    first, last = month.replace(day=1), month_end(month)
    days = [
        first + timedelta(days=n) for n in range(monthrange(*first.timetuple()[:2])[1])
    ]
    every = [day for day in days if is_worked(day)]
    inside = [
        day for day in every if starts_on <= day and (ends_on is None or day <= ends_on)
    ]
    if starts_on <= first and (ends_on is None or ends_on >= last):
        return whole
    return cents(whole * len(inside) / len(every))
