"""Amounts and days inside a sentence, for rules that answer in words."""

from datetime import date
from decimal import Decimal

MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
EMPTY = "—"


def euros(amount: Decimal) -> str:
    """37 500,00 €, with unbreakable spaces."""
    return f"{decimals(amount)}\u00a0€"


def decimals(number: Decimal) -> str:
    """1 234,50: ETP and hours, always with two decimals."""
    text = f"{number:,.2f}".replace(",", "\u202f").replace(".", ",")
    return text.replace("-", "\u2212")


def percents(number: Decimal) -> str:
    """62,50 % of a number already in hundredths."""
    return f"{decimals(number)}\u00a0%"


def etps(value: Decimal) -> str:
    """12,50 ETP, with an unbreakable space"""
    return f"{value:.2f}\u00a0ETP".replace(".", ",")


def day(value: date) -> str:
    """01/04/2019"""
    return f"{value:%d/%m/%Y}"


def long_day(value: date) -> str:
    """1er avril 2019, the day kept with its month."""
    number = "1er" if value.day == 1 else str(value.day)
    return f"{number}\u00a0{MONTHS[value.month - 1]} {value.year}"


def month(value: date) -> str:
    """avril 2019"""
    return f"{MONTHS[value.month - 1]} {value.year}"


def counted(number: int, one: str, many: str) -> str:
    """1 remarque attend, 2 remarques attendent."""
    return f"{number} {one if number < 2 else many}"
