"""Until when a decision may be appealed."""

from calendar import SATURDAY
from datetime import date, timedelta

from structures.rules.periods import months_later


def last_day_to_appeal(notified_on: date, *, months: int) -> date:
    """The last day of the delay: neither its first day nor its last is counted.

    On a Saturday or a Sunday it goes to Monday; public holidays are not known here.

    Source : Code de justice administrative, art. R. 421-1 ; CE, 29 décembre 2006,
    n° 289818 (R99).
    """
    last = months_later(notified_on, months) + timedelta(days=1)
    while last.weekday() >= SATURDAY:
        last += timedelta(days=1)
    return last
