"""Who is told of a move, and in what words."""

import pytest

from funding.actions.files import MoveRefused
from funding.enums import Act, Actor
from structures.models import OutgoingMail
from tests.funding.factories import FieldCommentFactory
from tests.funding.lifecycle.world import make_world
from tests.structures.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def mails():
    return list(OutgoingMail.objects.order_by("pk"))


def test_the_direction_reads_where_its_file_is(world):
    world.move(Act.SUBMIT, Actor.AGENT)

    (one,) = mails()
    assert one.to == world.people[Actor.DIRECTION].email
    assert "en cours d’examen par le service" in one.subject
    assert f"/annexes/{world.version.pk}/" in one.body
    assert "En instruction" not in one.body


def test_others_of_the_structure_are_not_written_to(world):
    structure = world.version.annexe.convention.structure
    MembershipFactory(structure=structure, role="CIP")

    world.move(Act.SUBMIT, Actor.AGENT)

    assert len(mails()) == 1


def test_a_reason_is_told_as_it_was_written(world):
    world.move(Act.SUBMIT, Actor.AGENT)
    world.move(Act.REJECT, Actor.AGENT, reason="Le budget n’est pas équilibré & daté.")

    assert "Motif : Le budget n’est pas équilibré & daté." in mails()[-1].body


def test_an_answer_is_told_to_the_agent_who_asked(world):
    world.move(Act.SUBMIT, Actor.AGENT)
    remark = FieldCommentFactory(version=world.version, by=world.people[Actor.AGENT])
    world.move(Act.ASK_CORRECTION, Actor.AGENT)
    assert "corrigez-les" in mails()[-1].body
    remark.answer, remark.answered_by = "Fait", world.people[Actor.DIRECTION]
    remark.answered_at = remark.at
    remark.save()

    world.move(Act.ANSWER, Actor.DIRECTION)

    assert mails()[-1].to == world.people[Actor.AGENT].email


def test_what_is_refused_writes_to_nobody(world):
    with pytest.raises(MoveRefused):
        world.move(Act.SIGN, Actor.SIGNATORY)

    assert mails() == []
