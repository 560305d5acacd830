"""The law’s figures, by date of effect, each with its text: one TOML file a parameter.

A file has a title, a unit and, by kind, its values in order of date. `tous` stands for
a value which does not depend on a kind; [PRISON] and [MAYOTTE] hold those of a place.
`published` is the day from which the value could be read; without it, the day of effect.
An article of the code verified in its 2018-2019 wording, whose own date was not found,
starts on 1 July 2014, the day of the reform of the aide au poste.
"""

from collections.abc import Iterable
from datetime import date
from functools import cache

from structures.enums import Place
from structures.law.reading import LEGAL_FILES, read
from structures.law.values import LegalValue, NotInForce, WrongLaw, applicable

__all__ = [
    "LegalValue",
    "NotInForce",
    "WrongLaw",
    "all_values",
    "applicable",
    "history",
    "in_force",
    "index",
    "parameters",
    "title",
]


@cache
def parameters() -> dict[str, str]:
    """Name of each parameter → its French title, in alphabetical order."""
    return {name: read(name)[0] for name in LEGAL_FILES}


def title(parameter: str) -> str:
    """French title of a parameter. Raises WrongLaw when no file has this name."""
    return read(parameter)[0]


@cache
def all_values() -> tuple[LegalValue, ...]:
    """Every value of every file, by parameter, place, kind, then date of effect."""
    return tuple(value for name in LEGAL_FILES for value in read(name)[1])


@cache
def history(
    parameter: str, kind: str = "", *, place: str = Place.METROPOLE
) -> tuple[LegalValue, ...]:
    """The values of one parameter, oldest first; empty for a kind it does not know.

    Raises WrongLaw when no file has this name: a misspelt parameter is not a gap in
    the law.
    """
    return tuple(
        value
        for value in read(parameter)[1]
        if (value.kind, value.place) == (kind, place)
    )


def in_force(
    parameter: str,
    kind: str = "",
    *,
    on: date,
    known_on: date | None = None,
    place: str = Place.METROPOLE,
) -> LegalValue:
    """The value in effect on a day, as it could be known on another.

    `known_on` is the business date (by default `on`): until the arrêté of the year is
    published, the value of the year before is carried over. Raises NotInForce before
    the first text; there is no default.
    """
    values = history(parameter, kind, place=place)
    value = applicable(values, on=on, known_on=known_on)
    if value is None:
        what = " ".join(filter(None, (kind, place)))
        raise NotInForce(
            f"{parameter} has no value for {what} on {on:%Y-%m-%d}"
            f" known on {known_on or on:%Y-%m-%d}"
        )
    return value


def index(
    values: Iterable[LegalValue] | None = None,
) -> dict[tuple[str, str, str, date], LegalValue]:
    """The values by (parameter, kind, place, date of effect), to sync into a table."""
    return {
        (value.parameter, value.kind, value.place, value.effective_on): value
        for value in (all_values() if values is None else values)
    }
