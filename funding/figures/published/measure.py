"""A computation beside a published figure: its value, its words, the rows behind it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet

from funding.figures.published.scope import Scope

Value = Decimal | Fraction | int | None
Rows = Sequence[tuple[Any, ...]] | QuerySet[Any, Any]


@dataclass(frozen=True)
class Behind:
    """Rows behind a figure: `columns` and `kinds` describe them, `total` closes on it.

    `rows` may be a queryset of tuples: it can be counted and sliced, never all read.
    A kind is one of text, date, count, etp, money, part.
    """

    columns: tuple[str, ...]
    kinds: tuple[str, ...]
    rows: Rows
    total: Value


@dataclass(frozen=True)
class Measure:
    """`formula` and `source` are what the person reads; `value` and `behind` compute."""

    formula: str
    source: str
    value: Callable[[Scope], Value]
    behind: Callable[[Scope], Behind]


MEASURES: dict[str, Measure] = {}


@dataclass(frozen=True)
class measure:
    """Register a measure: the decorated function gives the rows, `value` the figure."""

    name: str
    formula: str
    source: str
    value: Callable[[Scope], Value] = field(repr=False)

    def __call__(self, behind: Callable[[Scope], Behind]) -> Callable[[Scope], Behind]:
        MEASURES[self.name] = Measure(self.formula, self.source, self.value, behind)
        return behind
