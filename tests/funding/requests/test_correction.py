"""The correction loop of a request: only what the service remarked on may change."""

from decimal import Decimal

import pytest

from funding.actions.files import MoveRefused
from funding.enums import Act
from funding.models import FieldComment
from structures.enums import Status
from structures.rules.merging import fingerprint
from tests.funding.requests.world import (
    AGENT,
    DIRECTION,
    STRANGER,
    make_world,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]


@pytest.fixture
def world(client):
    """In correction: the sales are remarked on, by the page."""
    world = make_world()
    world.move(Act.SUBMIT, DIRECTION)
    post(client, world, AGENT, "remarque", field="sales", text="Trop de ventes ?")
    world.move(Act.ASK_CORRECTION, AGENT)
    return world


def post(client, world, actor, end, **data):
    client.force_login(world.people[actor])
    url = f"/conventions/{world.convention.pk}/{end}/"
    response = client.post(url, data, follow=True)
    world.convention.refresh_from_db()
    world.request.refresh_from_db()
    return response


def answers(world, **values):
    comment = FieldComment.objects.get()
    marks = {f"vu_{name}": fingerprint(world.values()[name]) for name in values}
    return {f"reponse_{comment.pk}": "Un marché de moins", **marks, **values}


def test_the_structure_corrects_answers_and_sends_back(client, world):
    with pytest.raises(MoveRefused, match="1 remarque attend votre réponse"):
        world.move(Act.ANSWER, DIRECTION)

    post(client, world, DIRECTION, "correction", **answers(world, sales="90 000"))
    world.move(Act.ANSWER, DIRECTION)

    assert world.request.sales == Decimal(90_000)
    text = client.get(f"/conventions/{world.convention.pk}/").content.decode()
    assert "Un marché de moins" in text
    assert "Ce qui a été corrigé" in text


def main_button(client, world):
    client.force_login(world.people[AGENT])
    buttons = client.get(f"/conventions/{world.convention.pk}/").context["buttons"]
    return [it.label for it in buttons if it.is_main]


def test_what_stands_out_is_the_next_step(client, world):
    comment = FieldComment.objects.get()
    post(client, world, DIRECTION, "correction", **answers(world, sales="90 000"))
    world.move(Act.ANSWER, DIRECTION)
    assert main_button(client, world) == [
        "Lire les réponses, puis fermer les remarques"
    ]

    client.post(f"/annexes/remarques/{comment.pk}/fermer/")
    assert main_button(client, world) == ["Inscrire au CDIAE"]


def test_the_remark_is_closed_by_the_service_from_the_same_page(client, world):
    comment = FieldComment.objects.get()
    client.force_login(world.people[DIRECTION])
    close = f"/annexes/remarques/{comment.pk}/fermer/"
    assert client.post(close).status_code == 404
    client.force_login(world.people[STRANGER])
    assert client.post(close).status_code == 404

    client.force_login(world.people[AGENT])
    response = client.post(close)

    assert response["Location"] == f"/conventions/{world.convention.pk}/"
    comment.refresh_from_db()
    assert comment.closed_by == world.people[AGENT]


@pytest.mark.parametrize("field", ["public", "charges_other", "etp_CDDI_2020"])
def test_a_raw_post_of_another_field_changes_nothing(client, world, field):
    before = world.values()
    data = answers(world, sales="90000") | {field: "1", f"vu_{field}": "x"}
    post(client, world, DIRECTION, "correction", **data)
    assert world.values() == before | {"sales": Decimal(90_000)}
    post(client, world, DIRECTION, "demande/projet", public="Autre")
    post(client, world, DIRECTION, "demande/postes", etp_CDDI_2020="1")
    assert world.values()["public"] == before["public"]
    assert world.values()["etp_CDDI_2020"] == 10


@pytest.mark.parametrize("actor", [AGENT, STRANGER])
def test_only_the_direction_corrects(client, world, actor):
    response = post(client, world, actor, "correction", **answers(world, sales="1"))
    assert response.status_code == 404


def test_a_structure_does_not_remark(client, world):
    assert post(client, world, DIRECTION, "remarque", field="sales").status_code == 404


def test_a_field_that_is_not_asked_is_not_remarked_on(client):
    world = make_world()
    world.move(Act.SUBMIT, DIRECTION)
    post(client, world, AGENT, "remarque", field="saved_by", text="?")
    assert not FieldComment.objects.exists()


def test_what_somebody_corrected_meanwhile_is_told(client, world):
    data = answers(world, sales="80000")
    world.save(DIRECTION, sales=Decimal(90_000))
    text = post(client, world, DIRECTION, "correction", **data).content.decode()
    assert "« 90000.00 » est enregistré" in text or "90" in text
    assert world.request.sales == Decimal(90_000)


def test_what_cannot_be_read_stays_in_the_form(client, world):
    data = answers(world, sales="beaucoup")
    text = post(client, world, DIRECTION, "correction", **data).content.decode()
    assert "Saisissez un nombre" in text
    assert 'value="beaucoup"' in text
    assert "Un marché de moins" in text


def test_files_are_joined_again_when_the_service_asks(client, world):
    address = f"/conventions/{world.convention.pk}/demande/pieces/"
    client.force_login(world.people[DIRECTION])
    assert client.get(address).status_code == 302
    FieldComment.objects.create(
        convention=world.convention,
        field="attachments",
        text="Les statuts signés",
        by=world.people[AGENT],
    )
    assert "Revenir à la correction" in client.get(address).content.decode()


def test_once_taken_back_nothing_more_enters(client, world):
    world.move(Act.TAKE_BACK, AGENT)
    data = answers(world, sales="1")
    text = post(client, world, DIRECTION, "correction", **data).content.decode()
    assert "ce que vous tapez n’y entre plus" in text
    assert "Un marché de moins" in text
    assert world.request.sales == 100_000
    assert world.convention.state == Status.INSTRUCTION


def test_an_answer_to_a_closed_remark_is_told_back(client, world):
    data = answers(world, sales="90 000")
    client.force_login(world.people[AGENT])
    client.post(f"/annexes/remarques/{FieldComment.objects.get().pk}/fermer/")

    text = post(client, world, DIRECTION, "correction", **data).content.decode()

    assert "Vous aviez écrit « Un marché de moins »" in text
    assert world.request.sales == 100_000
