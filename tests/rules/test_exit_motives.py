"""The motives we ship: each has a category, and those of the ASP are known."""

from fractions import Fraction

import pytest

from parcours.enums import ExitCategory
from parcours.rules import exits
from parcours.rules.exit_motives import MOTIVE_BY_CODE, MOTIVES

LETTERS = {
    "D": ExitCategory.DURABLE,
    "T": ExitCategory.TRANSITION,
    "P": ExitCategory.POSITIVE,
    "A": ExitCategory.OTHER,
    "R": ExitCategory.WITHDRAWN,
}


@pytest.mark.parametrize("motive", MOTIVES, ids=lambda motive: motive.code)
def test_the_letter_of_a_motive_is_its_category(motive):
    expected = LETTERS[motive.code[0]]
    if motive.code == "D7":  # the person stays: left out, as the State does
        expected = ExitCategory.WITHDRAWN

    assert exits.CATEGORY[motive.code] == expected
    assert motive.label
    assert motive.source


def test_no_code_is_used_twice():
    assert len(MOTIVE_BY_CODE) == len(MOTIVES) == 24


def test_the_two_known_codes_of_the_asp_stay_in_the_iae():
    known = {m.asp_code: (m.code, m.stays_in_iae) for m in MOTIVES if m.asp_code}

    assert known == {"2": ("P2", True), "96": ("D7", True)}


@pytest.mark.parametrize("category", ExitCategory)
def test_every_category_is_examined_or_withdrawn(category):
    rate = exits.dynamic_rate({category: 1})

    withdrawn = category == ExitCategory.WITHDRAWN
    assert rate == (None if withdrawn else Fraction(category in exits.DYNAMIC))
