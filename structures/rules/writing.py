"""Amounts and days inside a sentence, for rules that answer in words."""

from datetime import date
from decimal import Decimal


def euros(amount: Decimal) -> str:
    """37 500,00 €, with unbreakable spaces."""
    text = f"{amount:,.2f}".replace(",", "\u202f").replace(".", ",")
    return f"{text}\u00a0€"


def etps(value: Decimal) -> str:
    """12,50 ETP, with an unbreakable space"""
    return f"{value:.2f}\u00a0ETP".replace(".", ",")


def day(value: date) -> str:
    """01/04/2019"""
    return f"{value:%d/%m/%Y}"


def counted(number: int, one: str, many: str) -> str:
    """1 remarque attend, 2 remarques attendent."""
    return f"{number} {one if number < 2 else many}"
