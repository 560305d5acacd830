"""A convention that is terminated takes its annexes with it, its letter served once."""

from datetime import date

import pytest

from funding.actions.files import MoveRefused, move_convention
from funding.enums import Act, Actor
from funding.rules.lifecycle.asp import ASP
from structures.enums import Status
from tests.funding.lifecycle.world import make_world

pytestmark = pytest.mark.django_db
AGENT, HEAD = Actor.AGENT, Actor.SIGNATORY
LETTER, END = date(2019, 3, 21), date(2019, 4, 25)


@pytest.fixture
def world():
    """M0 is signed."""
    world = make_world()
    for act, actor in ((Act.SUBMIT, AGENT), (Act.VALIDATE, AGENT), (Act.SIGN, HEAD)):
        world.move(act, actor)
    return world


def end_convention(world):
    for act, on in ((Act.NOTIFY_BREACH, LETTER), (Act.TERMINATE, END)):
        move_convention(
            convention=world.version.annexe.convention,
            act=act,
            by=world.people[HEAD],
            on=on,
            reason="Manquements répétés",
        )


@pytest.mark.parametrize("status", [Status.SIGNED, Status.SUSPENDED, Status.BREACH])
def test_its_annexe_is_terminated_the_same_day(world, status):
    world.version.state, world.version.stage = ASP[status]
    world.version.save()
    end_convention(world)

    world.move(Act.TERMINATE, HEAD, on=END)

    assert world.version.status == Status.TERMINATED
    assert world.balances()[2] == 0
    convention = world.version.annexe.convention
    convention.refresh_from_db()
    assert (convention.state, convention.active_until) == (Status.TERMINATED, None)


def test_an_annexe_alone_waits_for_its_own_letter(world):
    with pytest.raises(MoveRefused, match="mettez-la d’abord en demeure"):
        world.move(Act.TERMINATE, HEAD, on=END)
