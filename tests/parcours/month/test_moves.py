"""A month proposed, validated, given back, unlocked: by whom, with what."""

from datetime import date
from itertools import product

import pytest

from parcours.actions.refusals import ParcoursRefused
from parcours.actions.statements import move_month
from parcours.enums import StatementAct, StatementState
from parcours.models import MonthlyStatement, StatementEvent
from parcours.rules.hours import may_become
from parcours.rules.statements import BY_ACT
from structures.enums import Role
from tests.parcours.factories import ExitFactory
from tests.parcours.month.world import make_month

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]
DECEMBER = date(2019, 12, 2)


@pytest.fixture
def world():
    world = make_month()
    world.save(*((line, "mois", "113") for line in range(3)))
    return world


def move(world, act, by=Role.DIRECTION, reason="Erreur de saisie", on=DECEMBER):
    return move_month(
        statement=world.statement, act=act, by=world.people[by], on=on, reason=reason
    )


@pytest.mark.parametrize(
    "act, state, role", list(product(StatementAct, StatementState, Role))
)
def test_every_act_from_every_state_by_every_role(world, act, state, role):
    MonthlyStatement.objects.update(state=state, validated_on=DECEMBER)
    row = BY_ACT[act]
    if state in row.sources and role in row.roles:
        move(world, act, by=role)
        assert world.statement.state == row.target
        assert may_become(state, row.target)
    else:
        with pytest.raises(ParcoursRefused):
            move(world, act, by=role)
        assert world.statement.state == state


def test_a_month_is_proposed_once_it_is_over(world):
    with pytest.raises(ParcoursRefused, match="Le mois finit le 30/11/2019"):
        move(world, StatementAct.SUBMIT, on=date(2019, 11, 29))


def test_a_month_with_an_empty_line_is_not_proposed(world):
    world.save((1, "mois", "", "113"))

    with pytest.raises(ParcoursRefused, match="Durand 1 Camille : rien n’est saisi"):
        move(world, StatementAct.SUBMIT)


def test_what_was_validated_is_kept_line_by_line(world):
    move(world, StatementAct.SUBMIT)
    event = move(world, StatementAct.VALIDATE)

    assert event.hours == 339
    assert {*event.lines.values()} == {"113.00"}
    assert world.statement.validated_on == DECEMBER


@pytest.mark.parametrize("act", [StatementAct.UNLOCK, StatementAct.GIVE_BACK])
def test_a_month_is_reopened_with_a_reason(world, act):
    [source] = BY_ACT[act].sources
    MonthlyStatement.objects.update(state=source, validated_on=DECEMBER)

    with pytest.raises(ParcoursRefused, match="Écrivez le motif"):
        move(world, act, reason="  ")


def test_a_stale_page_is_told_the_state(world):
    move(world, StatementAct.SUBMIT)

    with pytest.raises(ParcoursRefused, match="maintenant « Saisi »"):
        move_month(
            statement=world.statement,
            act=StatementAct.VALIDATE,
            by=world.people[Role.DIRECTION],
            on=DECEMBER,
            expected=StatementState.BROUILLON,
        )


def test_somebody_of_another_structure_may_do_nothing(world):
    stranger = make_month()

    with pytest.raises(ParcoursRefused, match="pas de votre ressort"):
        move_month(
            statement=world.statement,
            act=StatementAct.SUBMIT,
            by=stranger.people[Role.DIRECTION],
            on=DECEMBER,
        )
    assert not StatementEvent.objects.exists()


def test_hours_after_an_exit_forbid_to_propose_the_month(world):
    world.save((0, "mois", "", "113"))
    world.save((0, "18", "7"))
    ExitFactory(contract=world.contracts[0], exited_on=date(2019, 11, 15))

    with pytest.raises(ParcoursRefused, match="le 18/11/2019 est hors du contrat"):
        move(world, StatementAct.SUBMIT)
