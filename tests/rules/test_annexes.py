"""Versions, numbers, marks and forecasts, where the kit's cases do not go."""

from datetime import date
from decimal import Decimal

import pytest

from funding.enums import Criterion, ForecastRefusal, VersionState
from funding.rules import annexes, asp_numbers, etp, modulation

YEAR = {"starts_on": date(2019, 1, 1), "ends_on": date(2019, 12, 31)}
M0 = annexes.Version(
    renewal=1,
    modification=0,
    state=VersionState.VALIDE,
    etp=Decimal("7.56"),
    **YEAR,
)


def version(**changes):
    return annexes.Version(**vars(M0) | changes)


def test_two_versions_in_force_for_the_same_days_conflict():
    m1 = version(modification=1, state=VersionState.PROVISOIRE)

    assert annexes.versions_in_conflict([M0, m1]) == [(M0, m1)]


@pytest.mark.parametrize(
    "changes",
    [
        {"state": VersionState.HISTORISE},
        {"renewal": 2},
        {"starts_on": date(2020, 1, 1), "ends_on": date(2020, 12, 31)},
    ],
)
def test_another_year_state_or_period_does_not_conflict(changes):
    assert annexes.versions_in_conflict([M0, version(modification=1, **changes)]) == []


def test_a_version_replaces_only_those_before_it():
    m1, m2 = version(modification=1), version(modification=2)

    assert annexes.superseded([M0, m1, m2], by=m1) == [M0]


@pytest.mark.parametrize(
    "state", [VersionState.BROUILLON, VersionState.SAISI, VersionState.REJETE]
)
def test_hours_never_go_to_a_version_that_was_never_in_force(state):
    month = date(2019, 3, 1)

    assert annexes.version_of_month([version(state=state)], month=month) is None


def test_a_negative_forecast_is_out_of_range():
    refusals = annexes.forecast_refusals(
        dynamic=Decimal(-5),
        durable=Decimal(-5),
        transition=Decimal(0),
        positive=Decimal(0),
    )

    assert refusals == [ForecastRefusal.OUT_OF_RANGE]


@pytest.mark.parametrize(
    "text", ["", "054 320118 ACI 00019", "054 010118 ACI 0019", "ACI0541800019X"]
)
def test_a_wrong_convention_number_says_what_is_expected(text):
    with pytest.raises(asp_numbers.WrongNumber) as refusal:
        asp_numbers.convention_number(text)

    assert "062010119ACI00012" in refusal.value.user_message


@pytest.mark.parametrize("mark", ["-0.1", "1.1"])
def test_a_mark_goes_from_zero_to_one(mark):
    with pytest.raises(ValueError, match="not between 0 and 1"):
        modulation.modulation_score({Criterion.PUBLIC: Decimal(mark)}, weights={})


def test_when_all_are_alike_none_is_behind():
    same = Decimal("0.4")

    assert modulation.relative_mark(same, lowest=same, highest=same) == 1


def test_beyond_what_is_agreed_nothing_is_taken_back():
    assert (
        etp.take_back_proposal(
            agreed=Decimal(10), mean=Decimal(12), threshold=Decimal("0.05")
        )
        is None
    )
