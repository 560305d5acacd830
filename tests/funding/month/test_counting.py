"""The figure shown while hours are typed is the one the service reads once validated."""

from datetime import date
from decimal import Decimal

import pytest

from funding.actions.months import move_and_count
from funding.enums import Job
from funding.figures.month_worth import month_worth
from funding.models import Consumption
from parcours.enums import StatementAct
from structures.enums import Role
from tests.funding.jobs import annexe_of, counts, hours_in, run_job
from tests.parcours.month.world import make_month

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]
DAY = date(2019, 12, 2)


@pytest.fixture
def world():
    world = make_month()
    world.version = annexe_of(2019, convention=world.convention)
    world.save(*((line, "mois", "113") for line in range(3)))
    return world


def move(world, act, reason="Erreur"):
    return move_and_count(
        statement=world.statement,
        act=act,
        by=world.people[Role.DIRECTION],
        on=DAY,
        reason=reason,
    )


def close(world):
    move(world, StatementAct.SUBMIT)
    return move(world, StatementAct.VALIDATE)


def test_what_the_structure_saw_is_what_the_service_reads(world):
    seen = month_worth(world.statement, on=DAY)
    close(world)

    row = Consumption.objects.get()
    assert (row.hours, row.etp, row.amount, row.due, row.persons) == (
        *(seen.hours, seen.etp, seen.amount, seen.due),
        seen.persons,
    )
    assert row.etp == Decimal("2.235165")  # 339 × 12 ÷ 1 820


def test_the_yearly_job_then_finds_nothing_to_change(world):
    close(world)

    assert counts(run_job(Job.CONSUMPTION, 2019)) == (0, 0, 1, 0)


def test_an_unlocked_month_counts_no_more_and_its_worth_is_still_seen(world):
    close(world)
    move(world, StatementAct.UNLOCK)

    assert not Consumption.objects.exists()
    assert month_worth(world.statement, on=DAY).hours == 339


def test_what_is_due_stops_at_the_annexe_while_it_is_typed():
    world = make_month()
    annexe_of(2019, convention=world.convention, etp=Decimal("0.15"), total=3000)
    world.save((0, "mois", "339"))
    hours_in(world.convention, date(2019, 10, 1), 200)
    run_job(Job.CONSUMPTION, 2019)

    seen = month_worth(world.statement, on=DAY)
    assert seen.amount == Decimal("3762.34")
    assert seen.due == Decimal("780.33")  # 3 000 less the 2 219.67 of October


def test_without_an_annexe_hours_are_worth_nothing_known():
    world = make_month()
    world.save((0, "mois", "113"))

    assert month_worth(world.statement, on=DAY) is None


def test_another_structure_of_the_place_is_left_alone(world):
    other = make_month()
    annexe_of(2019, convention=other.convention)
    hours_in(other.convention, date(2019, 10, 1), 200)
    run_job(Job.CONSUMPTION, 2019)
    close(world)

    assert Consumption.objects.count() == 2
