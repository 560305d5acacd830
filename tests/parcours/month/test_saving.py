"""What is typed in the month is kept, whoever types it and however many they are."""

from datetime import date
from decimal import Decimal

import pytest

from parcours.actions.refusals import ParcoursRefused
from parcours.enums import StatementState
from parcours.models import MonthlyHours, MonthlyStatement
from structures.enums import Role, StructureKind
from tests.parcours.factories import ExitFactory
from tests.parcours.month.world import make_month
from tests.structures.factories import ConventionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]


@pytest.fixture
def world():
    return make_month()


def test_the_days_of_a_month_make_its_hours(world):
    world.save((0, "04", "7"), (0, "05", "cp"), (0, "06", "4 MA3"))

    line = world.hours(0)
    assert line.days == {"04": "7", "05": "CP5,2", "06": "4 MA3"}
    assert (line.worked, line.hours) == (Decimal(11), Decimal("16.20"))
    assert line.absences == {"CP": "5.2", "MA": "3"}


def test_an_ei_counts_no_leave():
    world = make_month(structure__kind=StructureKind.EI, measure="EI_DC")
    world.save((0, "04", "7"), (0, "05", "CP7"))

    assert world.hours(0).hours == 7


def test_training_counts_as_work_everywhere():
    world = make_month(structure__kind=StructureKind.EI, measure="EI_DC")
    world.save((0, "mois", "100 FO14 FE7"))

    assert world.hours(0).hours == 114


def test_two_windows_on_two_cells_keep_both(world):
    world.save((0, "04", "7"))
    world.save((0, "05", "6"), by=Role.DIRECTION)

    assert world.hours(0).days == {"04": "7", "05": "6"}


def test_two_windows_on_one_cell_are_told(world):
    world.save((0, "04", "7"))
    saved = world.save((0, "04", "5"), by=Role.DIRECTION)

    [problem] = saved.problems
    assert problem.theirs == "7"
    assert "Quelqu’un a écrit « 7 »" in problem.told
    assert world.hours(0).days == {"04": "7"}


def test_what_was_told_may_then_be_written_over(world):
    world.save((0, "04", "7"))
    saved = world.save((0, "04", "5", "7"))

    assert not saved.problems
    assert world.hours(0).days == {"04": "5"}


def test_the_same_cells_sent_twice_change_nothing(world):
    world.save((0, "04", "7"))
    saved = world.save((0, "04", "7"))

    assert (saved.lines, saved.problems) == ({}, [])


def test_one_cell_that_is_no_hours_does_not_lose_the_others(world):
    saved = world.save((0, "04", "beaucoup"), (1, "04", "7"))

    assert [it.text for it in saved.problems] == ["beaucoup"]
    assert world.hours(1).hours == 7


@pytest.mark.parametrize("first, second", [("mois", "04"), ("04", "mois")])
def test_a_month_is_typed_whole_or_by_day(world, first, second):
    world.save((0, first, "7"))
    saved = world.save((0, second, "6"))

    assert "effacez" in saved.problems[0].told
    assert world.hours(0).hours == 7


def test_an_emptied_line_has_no_hours_rather_than_zero(world):
    world.save((0, "04", "7"))
    world.save((0, "04", "", "7"))

    assert not MonthlyHours.objects.exists()


def test_zero_is_typed_and_kept(world):
    world.save((0, "mois", "0"))

    assert world.hours(0).hours == 0


def test_a_day_after_the_exit_is_refused(world):
    ExitFactory(contract=world.contracts[0], exited_on=date(2019, 11, 15))
    saved = world.save((0, "18", "7"), (0, "15", "7"))

    assert "le 18/11/2019 n’en est pas" in saved.problems[0].told
    assert world.hours(0).days == {"15": "7"}


@pytest.mark.parametrize("name", ["31", "00", "xx", "²"])
def test_a_day_that_does_not_exist_is_told(world, name):
    assert world.save((0, name, "7")).problems


def test_a_contract_of_another_structure_is_told_and_not_written(world):
    other = make_month()
    world.contracts.append(other.contracts[0])

    assert "n’est plus dans ce mois" in world.save((3, "04", "7")).problems[0].told


@pytest.mark.parametrize("state", [StatementState.SAISI, StatementState.VALIDE])
def test_a_month_that_is_closed_takes_nothing(world, state):
    world.save((0, "04", "7"))
    MonthlyStatement.objects.update(state=state, validated_on=date(2019, 12, 1))

    with pytest.raises(ParcoursRefused, match="n’y entrent plus"):
        world.save((0, "05", "7"))


def test_a_month_outside_the_convention_is_refused(world):
    with pytest.raises(ParcoursRefused, match="ce mois n’en est pas"):
        world.save((0, "04", "7"), month=date(2031, 1, 1))


@pytest.mark.parametrize("people", [2, 40])
def test_a_grid_is_saved_in_five_queries_whatever_its_size(
    django_assert_num_queries, people
):
    world = make_month(people)
    world.save((0, "04", "7"))
    cells = [(line, f"{day:02}", "7") for line in range(people) for day in range(5, 29)]
    assert world.people[Role.GESTIONNAIRE].current_memberships

    with django_assert_num_queries(4 + 2):  # and the two ends of the savepoint
        world.save(*cells)

    assert world.hours(people - 1).hours == 7 * 24


def test_a_line_declared_under_another_convention_is_not_here_too(world):
    other = ConventionFactory(structure=world.structure, measure="ACI_MP")
    world.save((0, "04", "7"))
    world.convention = other

    assert "n’est plus dans ce mois" in world.save((0, "05", "7")).problems[0].told
    assert not world.save((1, "05", "7")).problems


def test_hours_typed_before_the_exit_was_known_can_be_emptied(world):
    world.save((0, "18", "7"), (0, "04", "7"))
    ExitFactory(contract=world.contracts[0], exited_on=date(2019, 11, 15))
    saved = world.save((0, "18", "", "7"))

    assert not saved.problems
    assert world.hours(0).days == {"04": "7"}
