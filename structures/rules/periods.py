"""Days, months and years as texts count them."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Span:
    """A period of whole days, both ends included."""

    starts_on: date
    ends_on: date

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days + 1

    def holds(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


def months_covered(starts_on: date, ends_on: date) -> int:
    """Months an annexe spans, the day ignored: 15 March to 31 December is 10.

    Raises ValueError when the end comes before the start.

    Source : tableaux de bord de l’État, stg_etp_conventionnes.sql (R15).
    """
    if ends_on < starts_on:
        raise ValueError(f"{ends_on} is before {starts_on}")
    years = ends_on.year - starts_on.year
    return years * 12 + ends_on.month - starts_on.month + 1


def months_later(day: date, months: int) -> date:
    """The same day of the month, some months later; else that month’s last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def months_from(starts_on: date, ends_on: date) -> list[date]:
    """The first day of each month of a span. Raises ValueError as `months_covered`."""
    first = starts_on.replace(day=1)
    count = months_covered(starts_on, ends_on)
    return [months_later(first, place) for place in range(count)]


def month_end(day: date) -> date:
    """The last day of the month a day falls in."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def last_day_of_years(starts_on: date, years: int) -> date:
    """The last day of a term of whole years: 01/01/2018 for 3 years is 31/12/2020."""
    return last_day_of_months(starts_on, years * 12)


def last_day_of_months(starts_on: date, months: int) -> date:
    """The last day of a term of whole months: 04/02/2019 for 4 months is 03/06/2019.

    A month without such a day is taken to its end: 31/10/2018 for 4 months is 28/02/2019.
    """
    same_day = months_later(starts_on, months)
    return same_day - ONE_DAY if same_day.day == starts_on.day else same_day


def age_on(birth_on: date, on: date) -> int:
    """Years of age on a day; somebody born on 29 February is a year older on 1 March."""
    had_no_birthday = (on.month, on.day) < (birth_on.month, birth_on.day)
    return on.year - birth_on.year - had_no_birthday


def overlap(starts_on: date, ends_on: date, other_start: date, other_end: date) -> bool:
    """Whether two periods share a day; both ends are included."""
    return starts_on <= other_end and other_start <= ends_on
