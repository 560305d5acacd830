"""The modulated share: up to a tenth of the socle, on three families of criteria."""

from collections.abc import Mapping
from decimal import Decimal

from funding.enums import Criterion
from structures.rules.rounding import cents


class ShareAboveMaximum(ValueError):
    """A modulated share above what the arrêté allows in that place."""

    def __init__(self, share: Decimal, maximum: Decimal) -> None:
        super().__init__(f"modulated share {share} is above {maximum}")
        self.user_message = (
            f"La part modulée ne dépasse pas {percent(maximum)} du montant socle. "
            f"Ramenez-la à ce maximum ou au-dessous."
        )


def modulated_amount(
    *, etp: Decimal, socle: Decimal, share: Decimal, maximum: Decimal
) -> Decimal:
    """Euros of the modulated share of some ETP, paid apart from the socle.

    Raises ShareAboveMaximum. `etp` is realised or agreed, as the parameter says.

    Source : arrêtés socle 2014-2019, au plus 10 % (5 % en prison) du socle (R21).
    """
    if share > maximum:
        raise ShareAboveMaximum(share, maximum)
    return cents(etp * socle * share)


def modulation_score(
    marks: Mapping[Criterion, Decimal], *, weights: Mapping[Criterion, Decimal]
) -> Decimal:
    """Score from 0 to 1: the marks of the three families, weighted.

    Raises ValueError for a mark outside 0 to 1 and KeyError when a family has no mark:
    a structure that cannot be scored is not given 0.

    Source : instruction DGEFP 2014-2 du 5 février 2014 pour les poids (R22).
    """
    for criterion, mark in marks.items():
        if not 0 <= mark <= 1:
            raise ValueError(f"mark {mark} of {criterion} is not between 0 and 1")
    return sum(
        (weight * marks[criterion] for criterion, weight in weights.items()),
        Decimal(0),
    )


def modulated_share(score: Decimal, *, maximum: Decimal) -> Decimal:
    """Part of the socle a score earns: 0.63 of a maximum of 10 % is 6.3 % (R22)."""
    return score * maximum


def relative_mark(value: Decimal, *, lowest: Decimal, highest: Decimal) -> Decimal:
    """Place of a value, from 0 to 1, among the same kind of structures of the region.

    When all are alike none is behind: 1. Source : proposition de l’application (R22).
    """
    if lowest == highest:
        return Decimal(1)
    return (value - lowest) / (highest - lowest)


def percent(share: Decimal) -> str:
    return f"{share * 100:f}".rstrip("0").rstrip(".").replace(".", ",") + "\u00a0%"
