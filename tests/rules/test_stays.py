"""The length of a stay, by the State's factor or from date to date."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from parcours.enums import Light
from parcours.rules import exits

HIRED = date(2019, 1, 1)
BY_FACTOR = exits.Thresholds(
    hours=Decimal(1), months=Decimal("2.65"), months_per_day=Decimal("0.0328767")
)
BY_CALENDAR = exits.Thresholds(hours=Decimal(1), calendar_months=3)
BOTH = exits.Thresholds(**vars(BY_FACTOR) | {"calendar_months": 3})


@pytest.mark.parametrize(
    "thresholds, days, enough",
    [
        (BY_FACTOR, 80, False),
        (BY_FACTOR, 81, True),
        (BY_CALENDAR, 89, False),
        (BY_CALENDAR, 90, True),  # 1 April
        (BOTH, 81, False),
        (exits.Thresholds(hours=Decimal(150)), 0, True),
    ],
)
def test_a_stay_reaches_its_threshold(thresholds, days, enough):
    left_on = HIRED + timedelta(days=days)

    assert enough == exits.lasted_enough(
        hired_on=HIRED, left_on=left_on, thresholds=thresholds
    )


@pytest.mark.parametrize(
    "start, is_exit",
    [
        (date(2019, 6, 29), True),  # before the end: a contract beside it
        (date(2019, 6, 30), False),
        (date(2019, 7, 1), False),
        (date(2019, 7, 2), True),
    ],
)
def test_a_contract_the_next_day_is_a_renewal(start, is_exit):
    assert is_exit == exits.ends_the_stay(
        ended_on=date(2019, 6, 30), later_starts=[start], gap_days=1
    )


def test_without_an_exit_there_is_no_light():
    found = exits.lights(
        {},
        dynamic_objective=Decimal("0.60"),
        durable_objective=Decimal("0.25"),
        own_objective=Decimal("0.50"),
    )

    assert found == exits.Lights(dynamic=None, durable=None, own=None)


def test_the_objective_of_the_annexe_has_its_own_light():
    counts = {exits.DYNAMIC[0]: 1, exits.EXAMINED[-1]: 1}

    found = exits.lights(
        counts,
        dynamic_objective=Decimal("0.60"),
        durable_objective=Decimal("0.25"),
        own_objective=Decimal("0.50"),
    )

    assert found == exits.Lights(
        dynamic=Light.RED, durable=Light.GREEN, own=Light.GREEN
    )
