"""What a contract foresees, and the days nobody works."""

from datetime import date
from decimal import Decimal

import pytest

from parcours.rules.planned import (
    is_worked,
    planned_day,
    planned_month,
    public_holidays,
)


@pytest.mark.parametrize(
    "year, monday, ascension",
    [
        (2018, date(2018, 4, 2), date(2018, 5, 10)),
        (2019, date(2019, 4, 22), date(2019, 5, 30)),
        (2024, date(2024, 4, 1), date(2024, 5, 9)),
    ],
)
def test_the_days_that_follow_easter(year, monday, ascension):
    found = public_holidays(year)

    assert found[monday] == "lundi de Pâques"
    assert found[ascension] == "Ascension"
    assert len(found) == 11


def month(starts_on=date(2019, 1, 1), ends_on=None, weekly=Decimal(26)):
    return planned_month(
        weekly_hours=weekly,
        month=date(2019, 12, 1),
        starts_on=starts_on,
        ends_on=ends_on,
    )


def test_a_whole_month_is_52_twelfths_of_a_week():
    assert month() == Decimal("112.67")


def test_a_month_begun_is_its_share_of_the_worked_days():
    assert month(starts_on=date(2019, 12, 9)) == Decimal("87.06")  # 17 of 22
    assert month(ends_on=date(2019, 12, 6)) == Decimal("25.61")  # 5 of 22


def test_nothing_is_planned_without_weekly_hours():
    assert month(weekly=None) is None
    assert planned_day(None) is None


def test_a_day_is_a_fifth_of_the_week():
    assert planned_day(Decimal(26)) == Decimal("5.20")
    assert is_worked(date(2019, 12, 25))
    assert not is_worked(date(2019, 12, 7))
