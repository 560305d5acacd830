"""Days as numbers, and as text ready for COPY: millions of them are written."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property

from structures.rules.periods import month_end, months_later

# 24 months of lead-in before 2017, the first year with a published figure.
FIRST_YEAR = 2015
FIRST_DAY = date(FIRST_YEAR, 1, 1)
# The documents speak of the year up to this day.
DOCUMENT_DAY = date(2019, 12, 2)
ISO_FROM, ISO_UNTIL = date(1930, 1, 1), date(2032, 12, 31)


@dataclass(frozen=True)
class Month:
    """A month of the world: its place, its days as ordinals, its first day as text."""

    index: int
    year: int
    number: int
    first: int
    last: int
    text: str


class Calendar:
    """The months simulated: whole years, whatever the day the base is read on."""

    def __init__(self, as_of: date) -> None:
        self.as_of = as_of
        self.last_year = max(as_of.year, DOCUMENT_DAY.year)
        self.years = range(FIRST_YEAR, self.last_year + 1)
        self.horizon = date(self.last_year, 12, 31).toordinal()
        self.origin = FIRST_DAY.toordinal()

    @cached_property
    def months(self) -> list[Month]:
        days = [date(year, number, 1) for year in self.years for number in range(1, 13)]
        return [
            Month(
                index=index,
                year=day.year,
                number=day.month,
                first=day.toordinal(),
                last=month_end(day).toordinal(),
                text=day.isoformat(),
            )
            for index, day in enumerate(days)
        ]

    @cached_property
    def iso(self) -> dict[int, str]:
        """Text of each day; an ordinal out of the world is a mistake, not a day."""
        span = range((ISO_UNTIL - ISO_FROM).days + 1)
        days = (ISO_FROM + timedelta(days=offset) for offset in span)
        return {day.toordinal(): day.isoformat() for day in days}

    def month_of(self, ordinal: int) -> int:
        """Index of the month of a day; negative before the first."""
        day = date.fromordinal(ordinal)
        return (day.year - FIRST_YEAR) * 12 + day.month - 1


@cache
def term_end(start: int, months: int) -> int:
    """Last day of a contract of whole months, as an ordinal."""
    return months_later(date.fromordinal(start), months).toordinal() - 1
