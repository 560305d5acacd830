"""Terms of months, ages and spans of days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from structures.rules.periods import (
    Span,
    age_on,
    last_day_of_months,
    last_day_of_years,
    months_later,
)

DAYS = st.dates(min_value=date(2014, 7, 1), max_value=date(2030, 12, 31))


@pytest.mark.parametrize(
    "starts_on, months, expected",
    [
        (date(2019, 2, 4), 4, date(2019, 6, 3)),
        (date(2019, 1, 1), 12, date(2019, 12, 31)),
        (date(2018, 10, 31), 4, date(2019, 2, 28)),
        (date(2019, 10, 31), 4, date(2020, 2, 29)),
        (date(2020, 2, 29), 24, date(2022, 2, 28)),
    ],
)
def test_the_last_day_of_a_term(starts_on, months, expected):
    assert last_day_of_months(starts_on, months) == expected


@given(DAYS, st.integers(min_value=1, max_value=9))
def test_a_term_of_years_is_one_of_months(day, years):
    assert last_day_of_years(day, years) == last_day_of_months(day, years * 12)


@given(DAYS, st.integers(min_value=1, max_value=60))
def test_a_term_ends_within_a_day_of_its_anniversary(day, months):
    gap = months_later(day, months) - last_day_of_months(day, months)

    assert gap in {timedelta(0), timedelta(days=1)}


@pytest.mark.parametrize(
    "birth_on, on, age",
    [
        (date(1969, 6, 1), date(2019, 5, 31), 49),
        (date(1969, 6, 1), date(2019, 6, 1), 50),
        (date(1968, 2, 29), date(2018, 2, 28), 49),
        (date(1968, 2, 29), date(2018, 3, 1), 50),
        (date(1968, 2, 29), date(2020, 2, 29), 52),
    ],
)
def test_an_age_changes_on_the_birthday(birth_on, on, age):
    assert age_on(birth_on, on) == age


def test_both_ends_of_a_span_are_in_it():
    span = Span(date(2019, 6, 1), date(2019, 6, 30))

    assert span.days == 30
    assert span.holds(date(2019, 6, 1))
    assert span.holds(date(2019, 6, 30))
    assert not span.holds(date(2019, 7, 1))
