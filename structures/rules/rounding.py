"""The three roundings of the trade. Never a binary float: 7.95 × 20 642 / 12 differs."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def cents(amount: Decimal) -> Decimal:
    """Euros to the cent, half up, as the ASP rounds.

    Source : 71 annexes financières de l’ASP sur 71, 2018-2022 (R17).
    """
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def cents_below(amount: Decimal) -> Decimal:
    """Euros to the cent, never more than the amount."""
    return amount.quantize(CENT, rounding=ROUND_DOWN)


def hundredths(etp: Decimal) -> Decimal:
    """ETP cut, not rounded, at two decimals: 9.998 is 9.99.

    Source : tableaux de bord de l’État, suivi_consommation_etp_V2.sql (R30).
    """
    return etp.quantize(CENT, rounding=ROUND_DOWN)
