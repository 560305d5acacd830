"""What official documents publish, beside what our own data give, and the gap."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from funding.enums import Relation
from funding.figures.published import money, pec, people, structures
from funding.figures.published.measure import MEASURES, Behind, Value
from funding.figures.published.scope import Scope
from funding.models import PublishedFigure

__all__ = [
    "Behind",
    "PublishedRow",
    "money",
    "pec",
    "people",
    "published_table",
    "row_of",
    "rows_behind",
    "structures",
]

# A share is published in whole percents, ETP with two decimals, the rest in units.
PRECISION = {"part": Decimal("0.01"), "ETP": Decimal("0.01")}
ABOUT = Decimal("0.01")
OUT_OF_FIELD = "Non calculé : hors du champ de l’application."


@dataclass(frozen=True)
class PublishedRow:
    """One published figure and ours. `ok` is None when nothing can be compared."""

    code: str
    label: str
    document: str
    published_on: date
    quote: str
    relation: str
    unit: str
    published: Decimal
    computed: Decimal | None
    gap: Decimal | None
    ok: bool | None
    formula: str
    source: str
    note: str

    @property
    def has_rows(self) -> bool:
        return bool(self.formula) and not self.note


def published_table(closed: Mapping[str, str] | None = None) -> list[PublishedRow]:
    """One row per published figure, in the documents' order.

    A territory of which the base holds nothing is named in `note` and not compared;
    nor is a figure of `closed` (its code → why), which is not even computed.
    """
    closed = closed or {}
    figures = PublishedFigure.objects.all()
    return [row_of(figure, closed.get(figure.code, "")) for figure in figures]


def row_of(figure: PublishedFigure, closed: str = "") -> PublishedRow:
    """`closed` says why the reader may not see what we compute."""
    measure = MEASURES.get(figure.measure)
    scope = Scope.read(figure.scope)
    note = OUT_OF_FIELD if measure is None else closed or absent(scope)
    computed = None
    if measure and not note:
        computed = as_decimal(measure.value(scope))
        note = "" if computed is not None else "n.d. : les données manquent."
    return PublishedRow(
        code=figure.code,
        label=figure.label,
        document=figure.document,
        published_on=figure.published_on,
        quote=figure.quote,
        relation=figure.relation,
        unit=figure.unit,
        published=figure.value,
        computed=computed,
        gap=None if computed is None else computed - figure.value,
        ok=None if computed is None else holds(figure, computed),
        formula=measure.formula if measure else "",
        source=measure.source if measure else "",
        note=note,
    )


def absent(scope: Scope) -> str:
    names = [str(d) for d in scope.missing()]
    if not names:
        return ""
    return f"Autre territoire : {', '.join(names)} n’est pas dans la base."


def as_decimal(value: Value) -> Decimal | None:
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return None if value is None else Decimal(value)


def holds(figure: PublishedFigure, computed: Decimal) -> bool:
    """= to the precision of the document, ≈ within one per cent, > strictly more."""
    if figure.relation == Relation.MORE:
        return computed > figure.value
    if figure.relation == Relation.ABOUT:
        return abs(computed - figure.value) < ABOUT * abs(figure.value)
    step = PRECISION.get(figure.unit, Decimal(1))
    return computed.quantize(step, rounding=ROUND_HALF_UP) == figure.value.quantize(
        step
    )


def rows_behind(code: str) -> Behind | None:
    """The rows whose count or sum is the computed figure; None when there is none.

    Raises PublishedFigure.DoesNotExist for an unknown code.
    """
    figure = PublishedFigure.objects.get(code=code)
    measure = MEASURES.get(figure.measure)
    return measure.behind(Scope.read(figure.scope)) if measure else None
