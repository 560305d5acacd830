"""Files joined to a request: seen by whom they concern, told by their content."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from funding.enums import Act
from structures.enums import Status
from structures.models import Attachment, AttachmentContent
from tests.funding.requests.world import AGENT, DIRECTION, STRANGER, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]
PDF = b"%PDF-1.7 bilan"


@pytest.fixture
def world():
    return make_world(filled=False)


def join(
    client, world, actor=DIRECTION, *, name="bilan.exe", content=PDF, kind="OTHER"
):
    client.force_login(world.people[actor])
    url = f"/conventions/{world.convention.pk}/demande/pieces/"
    file = SimpleUploadedFile(name, content, content_type="text/html")
    response = client.post(url, {"kind": kind, "file": file}, follow=True)
    return response.content.decode()


def test_a_file_is_kept_with_its_mark_under_a_clean_name(client, world):
    assert "La pièce est jointe" in join(client, world, name="../Bilan 2019.exe")

    piece = Attachment.objects.get()
    assert (piece.name, piece.content_type) == ("Bilan 2019.pdf", "application/pdf")
    assert bytes(AttachmentContent.objects.get().data) == PDF
    assert piece.size == len(PDF)


@pytest.mark.parametrize("content, told", [(b"<html>", "ni un PDF"), (b"", "est vide")])
def test_what_is_refused_says_why(client, world, content, told):
    assert told in join(client, world, content=content)
    assert not Attachment.objects.exists()


def test_the_same_file_twice_is_a_sentence(client, world):
    join(client, world)
    assert "déjà jointe" in join(client, world)
    assert Attachment.objects.count() == 1


def test_a_file_is_downloaded_by_whom_it_concerns_only(client, world):
    join(client, world)
    url = f"/conventions/pieces/{Attachment.objects.get().pk}/"
    client.force_login(world.people[AGENT])
    response = client.get(url)
    assert response.content == PDF
    assert response["Content-Disposition"] == 'attachment; filename="bilan.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    client.force_login(world.people[STRANGER])
    assert client.get(url).status_code == 404


def test_a_file_taken_out_is_still_in_the_base(client, world):
    join(client, world)
    piece = Attachment.objects.get()
    client.force_login(world.people[STRANGER])
    assert client.post(f"/conventions/pieces/{piece.pk}/retirer/").status_code == 404

    client.force_login(world.people[DIRECTION])
    client.post(f"/conventions/pieces/{piece.pk}/retirer/")

    piece.refresh_from_db()
    assert piece.removed_by == world.people[DIRECTION]
    assert AttachmentContent.objects.exists()


def test_a_removal_leads_each_to_a_page_of_theirs(client):
    world = make_world()
    world.move(Act.SUBMIT, DIRECTION)
    world.put(Status.CORRECTION)
    url = f"/conventions/pieces/{Attachment.objects.first().pk}/retirer/"

    for actor in (AGENT, DIRECTION):
        client.force_login(world.people[actor])
        assert client.post(url, follow=True).status_code == 200, actor


def test_once_sent_no_file_enters_nor_leaves(client):
    world = make_world()
    world.move(Act.SUBMIT, DIRECTION)
    piece = Attachment.objects.first()
    text = join(client, world)
    assert "ne se modifient plus" in text or "n’y entre plus" in text
    client.post(f"/conventions/pieces/{piece.pk}/retirer/")
    piece.refresh_from_db()
    assert piece.removed_at is None
    assert Attachment.objects.count() == 3
