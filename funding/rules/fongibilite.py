"""Credits that move between the PEC and the IAE of one territory: between whom, for what."""

from decimal import Decimal

from funding.enums import Level, Line
from structures.rules.rounding import cents

IAE = frozenset({Line.IAE_SOCLE, Line.IAE_MODULE})
PEC = frozenset({Line.PEC})


def other_side(line: Line) -> frozenset[Line]:
    """Lines that may receive what a line gives; empty for one that gives nothing.

    An earmark is not fungible: it first goes back to its line.

    Source : circulaires du fonds d’inclusion dans l’emploi, 2018 et 2019 (R83).
    """
    if line in IAE:
        return PEC
    return IAE if line in PEC else frozenset()


def is_fungible(
    *, source: Line, target: Line, same_mother: bool, mother: Line, level: Level
) -> bool:
    """Whether a decision may move credits from a line to another (R83)."""
    is_fie = same_mother and mother == Line.FIE and level == Level.LINE
    return is_fie and target in other_side(source)


def pec_cost(
    *, smic: Decimal, weekly_hours: Decimal, rate: Decimal, months: int
) -> Decimal:
    """Euros of aid for one PEC.

    Source : Code du travail, art. L. 5134-30-1 (R68).
    """
    return cents(smic * weekly_hours * 52 * months * rate / 12)


def affordable_pec(*, amount: Decimal, cost: Decimal) -> int:
    """How many whole PEC an amount pays for (R83)."""
    return int(amount // cost)
