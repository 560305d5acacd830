"""A legal value, and which one applies."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


class NotInForce(Exception):
    """No text gives this value on that day, or none was published yet."""


class WrongLaw(Exception):
    """A file of the law is misspelt, or asked for under a wrong name."""


@dataclass(frozen=True, kw_only=True)
class LegalValue:
    """One figure of the law: what, for whom, where, from when, and by which text."""

    parameter: str
    kind: str
    place: str
    effective_on: date
    published_on: date
    value: Decimal
    unit: str
    source: str
    confidence: str


def applicable(
    values: Iterable[LegalValue], *, on: date, known_on: date | None = None
) -> LegalValue | None:
    """The last value in effect on a day among those published on another (or that day).

    None when no text had been published, or none applied yet.
    """
    known = known_on or on
    candidates = [
        value
        for value in values
        if value.effective_on <= on and value.published_on <= known
    ]
    return max(candidates, key=lambda value: value.effective_on, default=None)
