"""ETP that look like a typing error."""

from decimal import Decimal

import pytest

from funding.rules.plausible import is_unlikely


@pytest.mark.parametrize(
    "etp, own, elsewhere, unlikely",
    [
        ("99999", ["12"], None, True),
        ("12.5", ["12", None], "30", False),
        ("48", ["12", "11.4"], "30", False),  # four times: a large growth, still likely
        ("48.01", ["12", "11.4"], "300", True),
        ("1150", [None, "0"], "92.5", True),
        ("92.5", [None], "92.5", False),
        ("1150", [], None, False),
    ],
)
def test_what_is_far_from_all_that_is_known(etp, own, elsewhere, unlikely):
    known = [Decimal(it) if it else None for it in own]
    most = Decimal(elsewhere) if elsewhere else None

    assert is_unlikely(Decimal(etp), own=known, elsewhere=most) is unlikely
