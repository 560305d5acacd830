"""What an envelope may bear. The ledger holds these; here they are said and tried."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from funding.enums import Line, VersionState
from funding.rules.annexes import CURRENT

# The earmarks that only serve a territory; the plan pauvreté serves the département.
TERRITORIAL = frozenset({Line.ERBM, Line.PEC_ERBM})


def undelegated(*, parent: Decimal, children: Iterable[Decimal]) -> Decimal:
    """Euros of a parent its children do not hold; negative is refused by the ledger.

    By year and line, at each step of the cascade. Source : cascade des enveloppes (R78).
    """
    return parent - sum(children, Decimal(0))


def children_within_parent(*, parent: Decimal, children: Iterable[Decimal]) -> bool:
    """Whether the children hold no more than their parent (R78)."""
    return undelegated(parent=parent, children=children) >= 0


def free_part(*, line: Decimal, earmarks: Iterable[Decimal]) -> Decimal:
    """Euros of a line no earmark holds: an earmark is part of it, never added.

    Source : communiqué du préfet du Pas-de-Calais, 2 décembre 2019, « dont » (R79).
    """
    return undelegated(parent=line, children=earmarks)


def engaged(*, committed: Decimal, paid: Decimal) -> Decimal:
    """Euros the State owes or has paid: committed, not yet paid, plus paid (R80)."""
    return committed + paid


def available(*, notified: Decimal, frozen: Decimal, engaged: Decimal) -> Decimal:
    """Euros of an envelope that may still be engaged.

    Source : vocabulaire budgétaire (R80).
    """
    return notified - frozen - engaged


@dataclass(frozen=True, kw_only=True)
class PricedVersion:
    """A version and what it promises."""

    modification: int
    state: VersionState
    total: Decimal


def engaged_of_annexe(versions: Iterable[PricedVersion]) -> Decimal:
    """Euros engaged for an annexe: those of its version in force, never the sum.

    Source : annexes financières de l’ASP 2018-2022, une M remplace la précédente (R81).
    """
    current = [version for version in versions if version.state in CURRENT]
    last = max(current, key=lambda version: version.modification, default=None)
    return last.total if last else Decimal(0)


@dataclass(frozen=True, kw_only=True)
class PerimeterTerm:
    """A commune of a perimeter and the days it belongs to it; `until` None is open."""

    commune: str
    since: date
    until: date | None = None


def envelope_covers(
    *, line: Line, commune: str, perimeter: Iterable[PerimeterTerm], on: date
) -> bool:
    """Whether an envelope may pay for something in this commune on that day.

    A line of the bassin minier only pays inside its perimeter; the others everywhere.

    Source : engagement de la Direccte pour le bassin minier, 15 avril 2019 (R82).
    """
    if line not in TERRITORIAL:
        return True
    return any(
        term.commune == commune
        and term.since <= on
        and (term.until is None or on <= term.until)
        for term in perimeter
    )
