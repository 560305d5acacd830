"""Months and years as the texts count them."""

from datetime import date

import pytest

from structures.rules.periods import last_day_of_years, month_end, months_later, overlap


@pytest.mark.parametrize(
    "day, months, expected",
    [
        (date(2019, 1, 31), 1, date(2019, 2, 28)),
        (date(2019, 11, 15), 3, date(2020, 2, 15)),
        (date(2019, 12, 1), 1, date(2020, 1, 1)),
        (date(2020, 3, 31), -1, date(2020, 2, 29)),
    ],
)
def test_months_later_keeps_the_day_when_the_month_has_it(day, months, expected):
    assert months_later(day, months) == expected


def test_a_month_ends_on_its_last_day():
    assert month_end(date(2020, 2, 3)) == date(2020, 2, 29)


@pytest.mark.parametrize(
    "starts_on, expected",
    [
        (date(2018, 1, 1), date(2020, 12, 31)),
        (date(2018, 3, 15), date(2021, 3, 14)),
        (date(2016, 2, 29), date(2019, 2, 28)),
    ],
)
def test_three_years_end_the_day_before_the_anniversary(starts_on, expected):
    assert last_day_of_years(starts_on, 3) == expected


@pytest.mark.parametrize(
    "start, end, shared",
    [
        (date(2019, 6, 30), date(2019, 7, 31), True),
        (date(2019, 7, 1), date(2019, 7, 31), False),
        (date(2018, 1, 1), date(2019, 1, 1), True),
    ],
)
def test_periods_that_share_one_day_overlap(start, end, shared):
    assert overlap(date(2019, 1, 1), date(2019, 6, 30), start, end) is shared
