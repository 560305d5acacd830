"""What no single row can check is refused by PostgreSQL, with a French sentence."""

from datetime import date

import pytest
from django.db import IntegrityError

from tests.parcours.factories import (
    ContractFactory,
    ExitFactory,
    MonthlyHoursFactory,
    MonthlyStatementFactory,
    ParcoursFactory,
)

pytestmark = pytest.mark.django_db


def test_an_exit_before_hiring_is_refused():
    with pytest.raises(IntegrityError, match="La sortie ne peut pas précéder"):
        ExitFactory(exited_on=date(2019, 2, 3))


def test_an_exit_moved_before_hiring_is_refused():
    found = ExitFactory()
    found.exited_on = date(2019, 1, 1)
    with pytest.raises(IntegrityError, match="La sortie ne peut pas précéder"):
        found.save()


def test_hours_of_another_structure_are_refused():
    with pytest.raises(IntegrityError, match="n’est pas de la structure"):
        MonthlyHoursFactory(contract=ContractFactory())


@pytest.mark.parametrize("month", [date(2017, 12, 1), date(2021, 1, 1)])
def test_a_month_outside_the_convention_is_refused(month):
    with pytest.raises(IntegrityError, match="hors de la convention"):
        MonthlyStatementFactory(month=month)


@pytest.mark.parametrize("hours", [-1, 745])
def test_impossible_hours_are_refused(hours):
    with pytest.raises(IntegrityError, match="monthly_hours_possible"):
        MonthlyHoursFactory(hours=hours)


def test_two_parcours_of_one_person_never_overlap():
    first = ParcoursFactory()
    with pytest.raises(IntegrityError, match="parcours_one_at_a_time"):
        ParcoursFactory(person=first.person, starts_on=first.ends_on)


def test_two_cddi_of_one_person_in_one_structure_never_overlap():
    first = ContractFactory()
    with pytest.raises(IntegrityError, match="contract_one_at_a_time"):
        ContractFactory(structure=first.structure, parcours=first.parcours)


def test_two_placements_may_run_side_by_side():
    first = ContractFactory(structure__kind="AI")
    second = ContractFactory(structure=first.structure, parcours=first.parcours)
    assert second.starts_on == first.starts_on
