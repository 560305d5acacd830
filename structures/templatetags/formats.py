"""The one way to write money, ETP, hours, rates and days. Nothing known is “—”, never 0."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django import template
from django.utils import timezone
from django.utils.formats import date_format

register = template.Library()

EMPTY = "—"
UNKNOWN_RATE = "n.d."
THOUSANDS = "\u202f"  # narrow and unbreakable, as French typography asks
SPACE = "\u00a0"
MINUS = "\u2212"


def number(value, decimals):
    """A decimal in French: grouped by thousands, comma, a true minus sign."""
    step = Decimal(1).scaleb(-decimals)
    rounded = Decimal(value).quantize(step, ROUND_HALF_UP)
    text = f"{abs(rounded):,.{decimals}f}".replace(",", THOUSANDS).replace(".", ",")
    return f"{MINUS}{text}" if rounded < 0 else text


def is_empty(value):
    return value is None or value == ""


@register.filter
def count(value):
    """1 234"""
    return EMPTY if is_empty(value) else number(value, 0)


@register.filter
def money(value):
    """1 234 567 €, for lists"""
    return EMPTY if is_empty(value) else f"{number(value, 0)}{SPACE}€"


@register.filter
def cents(value):
    """1 234 567,89 €, where cents are entered or paid"""
    return EMPTY if is_empty(value) else f"{number(value, 2)}{SPACE}€"


@register.filter
def etp(value):
    """12,50"""
    return EMPTY if is_empty(value) else number(value, 2)


@register.filter
def hours(value):
    """113 h, or 113,50 h"""
    if is_empty(value):
        return EMPTY
    decimals = 0 if Decimal(value) == Decimal(value).to_integral_value() else 2
    return f"{number(value, decimals)}{SPACE}h"


@register.filter
def percent(value):
    """A share of 1 as 63,2 %"""
    if is_empty(value):
        return EMPTY
    if isinstance(value, Fraction):
        value = Decimal(value.numerator) / value.denominator
    return f"{number(Decimal(value) * 100, 1)}{SPACE}%"


@register.filter
def points(value):
    """The gap of two shares, in points of percentage: 1,0 pt"""
    return EMPTY if is_empty(value) else f"{number(value * 100, 1)}{SPACE}pt"


@register.filter
def rate(value):
    """The same; a rate without denominator is n.d., never 0 % (R67)."""
    return UNKNOWN_RATE if is_empty(value) else percent(value)


@register.filter
def day(value):
    """03/02/2026, in tables"""
    return EMPTY if is_empty(value) else f"{local(value):%d/%m/%Y}"


@register.filter
def long_day(value):
    """3 février 2026, in sentences"""
    if is_empty(value):
        return EMPTY
    text = date_format(local(value), "j F Y")
    return "1er" + text[1:] if text.startswith("1 ") else text


@register.filter
def month(value):
    """février 2026"""
    return EMPTY if is_empty(value) else date_format(value, "F Y")


@register.filter
def moment(value):
    """3 février 2026 à 14 h 05"""
    if is_empty(value):
        return EMPTY
    at = timezone.localtime(value)
    return f"{long_day(at)} à{SPACE}{clock(at)}"


@register.filter
def clock(value):
    """14 h 05, of an instant or of a time of the day"""
    if is_empty(value):
        return EMPTY
    at = timezone.localtime(value) if isinstance(value, datetime) else value
    return f"{at.hour}{SPACE}h{SPACE}{at:%M}"


@register.filter
def counted(value, words):
    """`122|counted:"structure,structures"` → 122 structures; 0 and 1 are singular."""
    one, several = words.split(",")
    return f"{number(value, 0)}{SPACE}{several if value >= 2 else one}"


def local(value: date | datetime):
    return timezone.localtime(value) if isinstance(value, datetime) else value
