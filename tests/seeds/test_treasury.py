"""Lines are given enough for what will be asked of them."""

from decimal import Decimal

import pytest

from seeds.treasury import up_to_thousands


@pytest.mark.parametrize(
    "amount, given", [("58828.04", 59000), ("1000", 1000), ("0", 0), ("0.01", 1000)]
)
def test_no_line_is_given_less_than_is_asked_of_it(amount, given):
    assert up_to_thousands(Decimal(amount)) == given
