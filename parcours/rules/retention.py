"""How long what is known of a person is kept, and what is left of it afterwards.

Source : Code du travail, art. R. 5132-1-23, applied before its date by prudence (R94, R95).
"""

from dataclasses import dataclass
from datetime import date

from parcours.enums import Sex
from structures.rules.periods import months_later


@dataclass(frozen=True)
class Remains:
    """What statistics keep of a person: no day, no name, no number."""

    birth_year: int
    sex: Sex


def erased_on(
    *,
    ended_on: date | None,
    collected_on: date,
    months: int,
    is_contested: bool = False,
) -> date | None:
    """The day a person is anonymised: `months` after the end of the parcours.

    `ended_on` None for somebody who never entered one: they run from the collection. The
    end of the last parcours, when there are several. A litigation keeps all: None.

    Source : Code du travail, art. R. 5132-1-23 (R94).
    """
    if is_contested:
        return None
    return months_later(ended_on or collected_on, months)


def remains_of_date(day: date) -> date:
    """The month of a date, by its first day: all that is kept of it (R94)."""
    return day.replace(day=1)


def remains_of_person(*, birth_on: date, sex: Sex) -> Remains:
    """What is kept of a person once anonymised: the year of birth and the sex (R94)."""
    return Remains(birth_on.year, sex)


@dataclass(frozen=True, kw_only=True)
class LogLaw:
    """Months an action is kept, months that make a user inactive, and months after that."""

    kept: int
    inactive: int
    after_inactivity: int


def log_erased_on(
    *,
    acted_on: date,
    last_active_on: date,
    on: date,
    law: LogLaw,
    is_contested: bool = False,
) -> date | None:
    """The day an action leaves the log, as it is known on a day; a litigation keeps it.

    Once its author has been inactive for the months the text says, the months that follow
    may end before the ordinary ones.

    Source : Code du travail, art. R. 5132-1-23 (R95).
    """
    if is_contested:
        return None
    ordinary = months_later(acted_on, law.kept)
    inactive_on = months_later(last_active_on, law.inactive)
    if on < inactive_on:
        return ordinary
    return min(ordinary, months_later(inactive_on, law.after_inactivity))
