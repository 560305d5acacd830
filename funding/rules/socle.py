"""A socle that changes within the year: which amount each month bears, and the total."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from funding.rules.aide_au_poste import annexe_total
from structures.rules.periods import months_covered


@dataclass(frozen=True, kw_only=True)
class Period:
    """A yearly unit amount, in euros, from a day until the next period."""

    starts_on: date
    unit_amount: Decimal


@dataclass(frozen=True, kw_only=True)
class Published:
    """An amount of the law: its day of effect, and the day it could be read."""

    effective_on: date
    published_on: date
    value: Decimal


def periods_due(
    values: Iterable[Published], *, starts_on: date, ends_on: date, known_on: date
) -> list[Period]:
    """The amounts an annexe bears over its dates, by what was published on a day.

    Empty when none was in force at its start. Source : arrêté du 21 décembre 2021
    (MTRD2129488A), effet au 1er octobre 2021 ; chaque mois au montant de sa date (R100).
    """
    known = sorted(
        (it for it in values if it.published_on <= known_on),
        key=lambda it: (it.effective_on, it.published_on),
    )
    first = [it for it in known if it.effective_on <= starts_on]
    if not first:
        return []
    found = {starts_on: first[-1].value}
    for it in known:
        if starts_on < it.effective_on <= ends_on:
            found[it.effective_on] = it.value
    return merged([Period(starts_on=day, unit_amount=n) for day, n in found.items()])


def merged(periods: list[Period]) -> list[Period]:
    """In order of date, without a period that repeats the amount before it."""
    rows = sorted(periods, key=lambda it: it.starts_on)
    return rows[:1] + [
        one for before, one in pairwise(rows) if one.unit_amount != before.unit_amount
    ]


def total_of_periods(*, etp: Decimal, periods: list[Period], ends_on: date) -> Decimal:
    """Euros of an annexe whose amount changes: each period as R17, a month rounded first.

    With one period, as R16 and R17 say. Source : calcul, R17 période par période (R100).
    """
    return sum(
        (
            annexe_total(etp=etp, unit_amount=it.unit_amount, months=months)
            for it, months in zip(periods, months_of(periods, ends_on), strict=True)
        ),
        Decimal(0),
    )


def months_of(periods: list[Period], ends_on: date) -> list[int]:
    """Months of each period, the day ignored; a period begun mid-month takes it whole."""
    starts = [it.starts_on for it in periods]
    lasting = [months_covered(one, after) - 1 for one, after in pairwise(starts)]
    return [*lasting, months_covered(starts[-1], ends_on)]
