"""Half goes up, never through a binary float; ETP are cut."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from structures.rules.rounding import cents, cents_below, hundredths

AMOUNTS = st.decimals(min_value=0, max_value=10**8, places=6)


@pytest.mark.parametrize(
    "amount, expected",
    [
        ("13675.325", "13675.33"),
        ("0.005", "0.01"),
        ("0.0049", "0.00"),
        ("-0.005", "-0.01"),
    ],
)
def test_half_a_cent_goes_up(amount, expected):
    assert cents(Decimal(amount)) == Decimal(expected)


@pytest.mark.parametrize("etp, expected", [("9.998", "9.99"), ("-1.509", "-1.50")])
def test_etp_are_cut_towards_zero(etp, expected):
    assert hundredths(Decimal(etp)) == Decimal(expected)


@given(AMOUNTS)
def test_cents_below_never_exceed_the_amount(amount):
    assert 0 <= amount - cents_below(amount) < Decimal("0.01")
