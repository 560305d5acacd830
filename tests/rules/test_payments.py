"""Payments add up to the total, whatever it is."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from funding.rules.aide_au_poste import annexe_total, monthly_payments

TOTALS = st.decimals(min_value=0, max_value=10**8, places=2)


@given(TOTALS, st.integers(min_value=1, max_value=36))
@example(Decimal("0.06"), 12)
def test_payments_add_up_and_none_is_negative(total, months):
    payments = monthly_payments(total, months=months)

    assert sum(payments) == total
    assert len(payments) == months
    assert min(payments) >= 0
    assert len(set(payments[:-1])) <= 1


@given(TOTALS.filter(lambda total: total >= 1), st.integers(1, 12))
def test_the_remainder_is_less_than_a_cent_a_month(total, months):
    *first, last = monthly_payments(total, months=months)

    assert not first or abs(last - first[0]) < Decimal("0.01") * months


def test_a_payment_needs_a_month():
    with pytest.raises(ValueError, match="over 0 months"):
        monthly_payments(Decimal(100), months=0)


def test_a_binary_float_would_lose_a_cent():
    assert round(7.95 * 20642 / 12, 2) == 13675.32
    assert annexe_total(
        etp=Decimal("7.95"), unit_amount=Decimal(20642), months=1
    ) == Decimal("13675.33")
