"""Who has not been met for two months: the whole stay is read, not the last contract."""

from datetime import date

import pytest

from parcours.figures.following import with_last_interview, without_interview
from parcours.models import Contract
from parcours.rules.following import interview_findings
from tests.parcours.factories import ContractFactory, InterviewFactory

pytestmark = pytest.mark.django_db
DAY = date(2019, 11, 20)


@pytest.fixture
def renewed():
    """Hired in January, renewed on 1 October; met on 28 September, under the first contract."""
    first = ContractFactory(
        hired_on=date(2019, 1, 7),
        starts_on=date(2019, 1, 7),
        ends_on=date(2019, 9, 30),
    )
    InterviewFactory(contract=first, held_on=date(2019, 9, 28))
    return ContractFactory(
        parcours=first.parcours,
        structure=first.structure,
        hired_on=first.hired_on,
        starts_on=date(2019, 10, 1),
        ends_on=date(2020, 3, 31),
    )


def silent():
    return without_interview(Contract.objects.all(), on=DAY)


def test_a_renewal_keeps_the_interviews_of_the_stay(renewed):
    [last] = with_last_interview(Contract.objects.filter(pk=renewed.pk))

    assert last.last_interview == date(2019, 9, 28)
    assert renewed not in silent()


def test_an_interview_planned_is_not_one_held():
    contract = ContractFactory(hired_on=date(2019, 1, 7), ends_on=date(2020, 1, 6))
    InterviewFactory(contract=contract, held_on=date(2019, 12, 20))

    assert contract in silent()


def test_another_stay_in_the_same_structure_does_not_count(renewed):
    earlier = ContractFactory(
        parcours=renewed.parcours,
        structure=renewed.structure,
        hired_on=date(2018, 1, 8),
        starts_on=date(2018, 1, 8),
        ends_on=date(2018, 6, 30),
    )
    InterviewFactory(contract=earlier, held_on=date(2019, 11, 4))
    [last] = with_last_interview(Contract.objects.filter(pk=renewed.pk))

    assert last.last_interview == date(2019, 9, 28)


@pytest.mark.parametrize(
    "on, is_late", [(date(2019, 4, 28), False), (date(2019, 4, 30), True)]
)
def test_the_query_and_the_rule_agree_at_the_end_of_a_month(on, is_late):
    hired_on, met_on = date(2019, 1, 7), date(2019, 2, 28)
    contract = ContractFactory(hired_on=hired_on, ends_on=date(2020, 1, 6))
    InterviewFactory(contract=contract, held_on=met_on)

    told = interview_findings(hired_on=hired_on, last_interview=met_on, on=on, months=2)

    assert bool(told) == is_late
    assert without_interview(Contract.objects.all(), on=on).exists() == is_late
