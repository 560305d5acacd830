"""Two windows on one field: nothing is written over without being told."""

from decimal import Decimal

import pytest

from structures.rules.merging import Outcome, fingerprint, merged


@pytest.mark.parametrize(
    "seen, mine, theirs, outcome",
    [
        ("a", "a", "a", Outcome.KEPT),
        ("a", "b", "a", Outcome.WRITTEN),
        ("a", "a", "c", Outcome.KEPT),  # the other window wrote, this one did not touch
        ("a", "b", "b", Outcome.KEPT),  # the same thing typed twice
        ("a", "b", "c", Outcome.CONFLICT),
        (None, "b", None, Outcome.WRITTEN),
        (Decimal(12), None, Decimal(12), Outcome.WRITTEN),
        (Decimal(12), Decimal("12.00"), Decimal(13), Outcome.KEPT),
    ],
)
def test_three_ways(seen, mine, theirs, outcome):
    assert merged(seen=fingerprint(seen), mine=mine, theirs=theirs) == outcome


def test_a_value_has_one_mark_however_it_is_written():
    assert fingerprint(Decimal("1200.50")) == fingerprint(Decimal("1200.5"))
    assert fingerprint("deux\r\nlignes ") == fingerprint("deux\nlignes")
    assert fingerprint(Decimal("0.00")) == fingerprint(Decimal(0))
    assert fingerprint(None) == fingerprint("") != fingerprint(Decimal(0))
