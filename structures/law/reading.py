"""Reading the TOML files, and refusing those that do not say what they must."""

import tomllib
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from structures.enums import Confidence, Place
from structures.law.values import LegalValue, WrongLaw

FOLDER = Path(__file__).parent
LEGAL_FILES = tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))
EVERY_KIND = "tous"
UNITS = {
    *("€", "€/ETP/an", "€/h", "€/mois"),
    *("h", "h/ETP/an", "h/mois", "h/semaine"),
    *("jours", "mois", "mois/jour", "ans", "part", "nombre"),
}
ENTRY = {"from", "published", "value", "source", "confidence"}


@cache
def read(parameter: str) -> tuple[str, tuple[LegalValue, ...]]:
    """Title and values of one file. Raises WrongLaw."""
    path = FOLDER / f"{parameter}.toml"
    if parameter not in LEGAL_FILES:
        raise WrongLaw(f"No file structures/law/{path.name}")
    return parsed(parameter, path.read_text(encoding="utf-8"))


def parsed(parameter: str, text: str) -> tuple[str, tuple[LegalValue, ...]]:
    """Title and values of a file’s text. Raises WrongLaw, naming the entry."""
    content = tomllib.loads(text, parse_float=Decimal)
    heading, unit = content.pop("title", ""), content.pop("unit", "")
    if not heading:
        raise WrongLaw(f"{parameter}: no title")
    if unit not in UNITS:
        raise WrongLaw(f"{parameter}: unknown unit {unit!r}")
    values = tuple(
        legal_value(parameter, kind=kind, place=place, unit=unit, entry=entry)
        for place, kind, entries in by_place_and_kind(content)
        for entry in entries
    )
    check_dates(values)
    return heading, values


def by_place_and_kind(
    content: dict[str, Any],
) -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
    for key, inside in content.items():
        tables = inside if key in Place.values else {key: inside}
        place = key if key in Place.values else Place.METROPOLE.value
        for kind, entries in tables.items():
            yield place, "" if kind == EVERY_KIND else kind, entries


def legal_value(
    parameter: str, *, kind: str, place: str, unit: str, entry: dict[str, Any]
) -> LegalValue:
    where = f"{parameter} {kind} {place} {entry.get('from', '')}"
    if unknown := entry.keys() - ENTRY:
        raise WrongLaw(f"{where}: unknown {', '.join(sorted(unknown))}")
    effective_on = day(entry.get("from"), where=where)
    if not entry.get("source"):
        raise WrongLaw(f"{where}: no source")
    if entry.get("confidence") not in Confidence.values:
        raise WrongLaw(f"{where}: unknown confidence {entry.get('confidence')!r}")
    return LegalValue(
        parameter=parameter,
        kind=kind,
        place=place,
        effective_on=effective_on,
        published_on=day(entry.get("published", effective_on), where=where),
        value=figure(entry.get("value"), where=where),
        unit=unit,
        source=entry["source"],
        confidence=entry["confidence"],
    )


def day(value: object, *, where: str) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise WrongLaw(f"{where}: {value!r} is not a day")
    return value


def figure(value: object, *, where: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise WrongLaw(f"{where}: {value!r} is not a figure")
    return Decimal(value)


def check_dates(values: tuple[LegalValue, ...]) -> None:
    for before, after in pairwise(values):
        same = (before.kind, before.place) == (after.kind, after.place)
        if same and after.effective_on <= before.effective_on:
            raise WrongLaw(
                f"{after.parameter} {after.kind} {after.place}: "
                f"{after.effective_on} does not come after {before.effective_on}"
            )
