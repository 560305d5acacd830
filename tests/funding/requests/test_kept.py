"""What is sent stays as it was sent: PostgreSQL refuses, as the application's role."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from structures.enums import Status
from structures.models import AttachmentContent, Convention, RequestChange
from tests.funding.factories import AgendaItemFactory, CdiaeSessionFactory
from tests.funding.requests.world import make_world
from tests.structures.factories import (
    AttachmentFactory,
    RequestChangeFactory,
    RequestPostFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
SENT = [Status.INSTRUCTION, Status.OPINION, Status.READY, Status.SIGNED]


@pytest.fixture
def world():
    return make_world()


def refused(attempt, match="ne se modifie plus"):
    with pytest.raises(IntegrityError, match=match), transaction.atomic():
        attempt()


@pytest.mark.parametrize("status", SENT)
def test_a_sent_file_is_kept(world, status):
    world.put(status)
    rows = type(world.request).objects
    refused(lambda: rows.update(public="Autre"))
    refused(lambda: world.request.posts.update(etp=1))
    refused(lambda: world.request.posts.all().delete())
    refused(lambda: RequestPostFactory(request=world.request, contract="CDI"))
    refused(lambda: AttachmentFactory(convention=world.convention, kind="OTHER"))


def test_only_the_decision_on_sales_is_added_while_it_is_examined(world):
    decision = {"sales_decided_on": date(2019, 12, 1), "sales_decision": "Arrêté"}
    rows = type(world.request).objects
    world.put(Status.INSTRUCTION)
    assert rows.update(**decision) == 1
    world.put(Status.SIGNED)
    refused(lambda: rows.update(sales_decision="Un autre"))


def test_an_attachment_never_becomes_another(world):
    papers = world.convention.attachments
    refused(
        lambda: papers.update(name="autre.pdf"), "Une pièce jointe ne se modifie pas"
    )
    removal = {"removed_at": "2019-12-02T10:00Z", "removed_by": UserFactory()}
    papers.update(**removal)
    refused(
        lambda: papers.update(removed_at=None, removed_by=None),
        "Une pièce jointe ne se modifie pas",
    )


@pytest.mark.parametrize(
    "model, change",
    [(AttachmentContent, {"data": b"other"}), (RequestChange, {"field": "public"})],
)
def test_bytes_and_corrections_are_only_added(world, model, change):
    RequestChangeFactory(request=world.request)
    for attempt in (
        lambda: model.objects.update(**change),
        lambda: model.objects.all()._raw_delete("default"),
    ):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
        ):
            attempt()


@pytest.mark.parametrize("status", [Status.SIGNED, Status.REJECTED, Status.CLOSED])
def test_what_ended_never_opens_again(world, status):
    world.put(status)
    rows = Convention.objects.filter(pk=world.convention.pk)
    refused(lambda: rows.update(state=Status.DRAFT), "ouvrez une nouvelle demande")


def test_closed_minutes_and_given_opinions_are_kept():
    by, at = UserFactory(), "2019-11-28T17:00Z"
    item = AgendaItemFactory(
        sense="FAVOURABLE", recorded_by=by, recorded_at=at, session__closed_at=None
    )
    refused(lambda: type(item).objects.update(sense="UNFAVOURABLE"), "ne se retire pas")
    session = CdiaeSessionFactory(held_on=date(2019, 10, 3), closed_at=at, closed_by=by)
    for attempt in (
        lambda: type(session).objects.filter(pk=session.pk).update(place="Lens"),
        lambda: AgendaItemFactory(session=session),
    ):
        refused(attempt, "est arrêté")
