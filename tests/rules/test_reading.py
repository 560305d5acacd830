"""A number in an address is one that may be looked for, or none."""

import pytest

from structures.rules.reading import MOST, number_in, year_in


@pytest.mark.parametrize(
    "text, number",
    [
        *(("0", 0), ("12", 12), ("007", 7), (str(MOST), MOST)),
        *(("", None), ("-1", None), ("1.5", None), (" 1", None), ("a", None)),
        *(("²", None), ("١٢", None), (str(MOST + 1), None), ("9" * 5_000, None)),
    ],
)
def test_a_whole_number_is_read_or_nothing(text, number):
    assert number_in(text) == number


@pytest.mark.parametrize(
    "text, year",
    [("2019", 2019), ("0000", None), ("9999", None), ("19", None), ("²²²²", None)],
)
def test_a_year_is_one_that_documents_may_be_of(text, year):
    assert year_in(text) == year
