"""What no single row can check is refused by PostgreSQL, with a French sentence."""

from datetime import date

import pytest
from django.db import IntegrityError, connection

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


def test_an_exit_before_a_renewal_starts_is_refused():
    renewal = ContractFactory(hired_on=date(2018, 10, 4))
    with pytest.raises(IntegrityError, match="La sortie ne peut pas précéder"):
        ExitFactory(contract=renewal, exited_on=date(2019, 2, 3))


@pytest.mark.parametrize("start", ["2019-09-01", "2030-01-01"])
def test_a_contract_moved_after_its_exit_is_refused(start):
    left = ExitFactory(exited_on=date(2019, 8, 31))
    move = "UPDATE parcours_contract SET ends_on = NULL, hired_on = %s, starts_on = %s"
    with (
        pytest.raises(IntegrityError, match="ne peut pas suivre sa sortie"),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"{move} WHERE id = %s", [start, start, left.contract_id])


def test_a_contract_may_move_up_to_its_exit():
    left = ExitFactory(exited_on=date(2019, 8, 31))
    left.contract.starts_on = left.contract.hired_on = date(2019, 8, 31)
    left.contract.ends_on = None
    left.contract.save()
    left.contract.refresh_from_db()
    assert left.contract.starts_on == left.exited_on


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
