"""Figures and days are written one way; what is not known is a dash, never 0."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from structures.templatetags import formats

THIN, SPACE = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    "write, value, text",
    [
        (formats.money, Decimal("1234567.49"), f"1{THIN}234{THIN}567{SPACE}€"),
        (formats.money, 0, f"0{SPACE}€"),
        (formats.money, Decimal("-420400"), f"−420{THIN}400{SPACE}€"),
        (formats.money, Decimal("-0.4"), f"0{SPACE}€"),
        (formats.cents, Decimal("315104.4"), f"315{THIN}104,40{SPACE}€"),
        (formats.cents, Decimal("0.005"), f"0,01{SPACE}€"),
        (formats.etp, Decimal("2999.745"), f"2{THIN}999,75"),
        (formats.hours, Decimal("113.00"), f"113{SPACE}h"),
        (formats.hours, Decimal("113.5"), f"113,50{SPACE}h"),
        (formats.percent, Fraction(24, 38), f"63,2{SPACE}%"),
        (formats.percent, Decimal("0.5"), f"50,0{SPACE}%"),
        (formats.rate, Fraction(0), f"0,0{SPACE}%"),
        (formats.count, 10_000, f"10{THIN}000"),
        (formats.day, date(2026, 2, 3), "03/02/2026"),
        (formats.long_day, date(2026, 2, 3), "3 février 2026"),
        (formats.long_day, date(2026, 2, 1), "1er février 2026"),
        (formats.month, date(2026, 2, 1), "février 2026"),
    ],
)
def test_a_value_is_written_in_french(write, value, text):
    assert write(value) == text


@pytest.mark.parametrize(
    "write",
    [
        *(formats.money, formats.cents, formats.etp, formats.hours, formats.percent),
        *(formats.count, formats.day, formats.long_day, formats.month, formats.moment),
    ],
)
@pytest.mark.parametrize("value", [None, ""])
def test_nothing_known_is_a_dash(write, value):
    assert write(value) == "—"


def test_a_rate_without_denominator_is_not_zero():
    assert formats.rate(None) == "n.d."


def test_an_instant_is_written_in_paris():
    noon = datetime(2019, 12, 2, 11, 5, tzinfo=UTC)
    assert formats.moment(noon) == f"2 décembre 2019 à{SPACE}12{SPACE}h{SPACE}05"


def test_the_day_of_an_instant_is_the_one_of_paris():
    assert formats.day(datetime(2019, 12, 31, 23, 30, tzinfo=UTC)) == "01/01/2020"


@pytest.mark.parametrize(
    "n, text", [(0, "0 structure"), (1, "1 structure"), (2, "2 structures")]
)
def test_zero_and_one_are_singular(n, text):
    assert formats.counted(n, "structure,structures") == text.replace(" ", SPACE)
