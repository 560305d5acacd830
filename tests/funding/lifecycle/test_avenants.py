"""An avenant beside the version in force: what each stops of the other."""

from datetime import date

import pytest

from funding.actions.files import MoveRefused
from funding.actions.terms import open_avenant
from funding.enums import Act, Actor, VersionState
from structures.enums import Status
from tests.funding.lifecycle.world import DAY, make_world

pytestmark = pytest.mark.django_db
AGENT, HEAD = Actor.AGENT, Actor.SIGNATORY
NEW_YEAR = date(2020, 1, 2)


@pytest.fixture
def world():
    """M0 is signed."""
    world = make_world()
    signed(world)
    return world


def ready(world, version=None):
    for act in (Act.SUBMIT, Act.VALIDATE):
        world.move(act, AGENT, version)


def signed(world, version=None):
    ready(world, version)
    world.move(Act.SIGN, HEAD, version)


def opened(world):
    return open_avenant(annexe=world.version.annexe)


@pytest.mark.parametrize(
    "earlier, act, actor, on",
    [
        (Act.SUSPEND, Act.CLOSE, AGENT, NEW_YEAR),
        (Act.NOTIFY_BREACH, Act.TERMINATE, HEAD, date(2019, 4, 25)),
    ],
)
def test_an_annexe_does_not_end_while_an_avenant_is_open(
    world, earlier, act, actor, on
):
    draft = opened(world)
    world.move(earlier, HEAD)
    with pytest.raises(MoveRefused, match="Un avenant est en cours"):
        world.move(act, actor, on=on)

    world.move(Act.CANCEL, AGENT, draft)
    world.move(act, actor, on=on)

    assert world.balances()[2] == 0


def test_an_avenant_does_not_bring_back_an_annexe_that_ended(world):
    """As one left open before the table asked for it to be dropped."""
    draft = opened(world)
    ready(world, draft)
    world.put(Status.TERMINATED)

    with pytest.raises(MoveRefused, match="ne la remet pas en vigueur"):
        world.move(Act.SIGN, HEAD, draft)
    world.move(Act.REJECT, HEAD, draft, on=DAY)


@pytest.mark.parametrize(
    "stop, lift, told",
    [
        (Act.SUSPEND, Act.RESUME, "levez d’abord la suspension"),
        (Act.NOTIFY_BREACH, Act.LIFT_BREACH, "levez d’abord la mise en demeure"),
    ],
)
def test_an_avenant_does_not_lift_what_stops_the_annexe(world, stop, lift, told):
    draft = opened(world)
    ready(world, draft)
    world.move(stop, HEAD)
    with pytest.raises(MoveRefused, match=told):
        world.move(Act.SIGN, HEAD, draft)

    world.move(lift, HEAD)
    world.move(Act.SIGN, HEAD, draft)

    assert world.version.status == Status.AMENDED


def test_a_provisional_annexe_stays_so_through_a_suspension(world):
    world.version.state = VersionState.PROVISOIRE
    world.version.save()

    world.move(Act.SUSPEND, HEAD)
    assert (world.version.state, world.version.status) == (
        VersionState.PROVISOIRE,
        Status.SUSPENDED,
    )
    world.move(Act.RESUME, HEAD)
    assert world.version.state == VersionState.PROVISOIRE
