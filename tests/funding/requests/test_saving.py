"""A file filled by several hands: kept as typed, never written over, closed once sent."""

from decimal import Decimal

import pytest

from funding.actions.files import MoveRefused
from funding.enums import Act
from funding.models import FieldComment
from structures.enums import Status
from structures.models import RequestChange, RequestPost
from tests.funding.requests.world import (
    AGENT,
    DIRECTION,
    HEAD,
    STRANGER,
    make_world,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def test_what_is_typed_is_kept_columns_and_posts(world):
    saved = world.save(DIRECTION, public="Jeunes", etp_CDDI_2021=Decimal("12.5"))

    assert sorted(saved.written) == ["etp_CDDI_2021", "public"]
    world.request.refresh_from_db()
    assert world.request.public == "Jeunes"
    assert RequestPost.objects.get(year=2021).etp == Decimal("12.5")


def test_an_emptied_box_is_no_post_at_all(world):
    world.save(DIRECTION, etp_CDDI_2022=None)
    assert not RequestPost.objects.filter(year=2022).exists()


def test_two_windows_on_two_fields_both_win(world):
    seen = world.seen()
    world.save(DIRECTION, seen, public="Jeunes", features=world.values()["features"])
    saved = world.save(
        AGENT, seen, public="Demandeurs d’emploi de longue durée", features="Vélos"
    )

    world.request.refresh_from_db()
    assert (world.request.public, world.request.features) == ("Jeunes", "Vélos")
    assert saved.conflicts == []


def test_two_windows_on_one_field_are_told_both_values(world):
    seen = world.seen()
    world.save(DIRECTION, seen, public="Jeunes")
    saved = world.save(AGENT, seen, public="Seniors", training="CACES")

    [conflict] = saved.conflicts
    assert (conflict.theirs, conflict.mine) == ("Jeunes", "Seniors")
    world.request.refresh_from_db()
    assert (world.request.public, world.request.training) == ("Jeunes", "CACES")


@pytest.mark.parametrize("actor", [STRANGER, HEAD])
def test_only_the_direction_and_the_agent_write(world, actor):
    if actor == HEAD:  # a delegation alone does not fill files
        world.people[HEAD].memberships.all().delete()
    with pytest.raises(MoveRefused, match="n’y entre plus"):
        world.save(actor, public="Moi")


@pytest.mark.parametrize(
    "status", sorted(set(Status) - {Status.DRAFT, Status.CORRECTION})
)
def test_once_sent_nothing_enters(world, status):
    world.put(status)
    with pytest.raises(MoveRefused, match=f"« {status.label} »"):
        world.save(DIRECTION, public="Jeunes")


def test_a_correction_opens_the_commented_field_to_the_direction_only(world):
    world.put(Status.CORRECTION)
    FieldComment.objects.create(
        convention=world.convention, field="sales", text="Trop", by=world.people[AGENT]
    )
    with pytest.raises(MoveRefused, match="Seuls les champs commentés"):
        world.save(DIRECTION, public="Jeunes")
    with pytest.raises(MoveRefused):
        world.save(AGENT, sales=Decimal(1))

    world.save(DIRECTION, sales=Decimal(90_000))

    change = RequestChange.objects.get()
    assert (change.before, change.after) == ("100000", "90000")


def test_forecast_exits_above_100_are_a_sentence(world):
    with pytest.raises(MoveRefused, match="dépasse 100"):
        world.save(DIRECTION, forecast_durable=Decimal(90))


def test_a_file_that_lacks_something_is_not_sent_and_says_what(world):
    world.save(DIRECTION, public="", etp_CDDI_2021=None)
    with pytest.raises(MoveRefused) as refusal:
        world.move(Act.SUBMIT, DIRECTION)

    told = refusal.value.user_message
    assert "Projet d’insertion : il manque : personnes accueillies." in told
    assert "ETP demandés pour 2021" in told


def test_a_whole_file_is_sent_by_the_direction(world):
    world.move(Act.SUBMIT, DIRECTION)
    assert world.convention.state == Status.INSTRUCTION


def test_sales_above_the_ordinary_part_wait_for_a_decision(world):
    world.save(DIRECTION, sales=Decimal(150_000))  # 37.5 % of the charges
    world.move(Act.SUBMIT, DIRECTION)
    world.put(Status.INSTRUCTION, cdiae_opinion_on=world.convention.starts_on)
    with pytest.raises(MoveRefused, match="enregistrez la décision"):
        world.move(Act.VALIDATE, AGENT)


def test_sales_above_the_maximum_are_not_sent(world):
    world.save(DIRECTION, sales=Decimal(300_000))
    with pytest.raises(MoveRefused, match="même par décision"):
        world.move(Act.SUBMIT, DIRECTION)
