"""The correction loop: the service remarks, the structure changes that and nothing else."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from funding.actions.comments import FORECAST, answer_comments
from funding.actions.files import MoveRefused
from funding.enums import Act, Actor
from funding.figures.dossiers import label_of
from funding.models import FieldComment, TermChange
from structures.enums import Status
from tests.funding.factories import TermChangeFactory
from tests.funding.lifecycle.world import TOTAL, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]
AGENT, DIRECTION = Actor.AGENT, Actor.DIRECTION


@pytest.fixture
def world():
    """In correction, the ETP commented."""
    world = make_world()
    world.move(Act.SUBMIT, AGENT)
    FieldComment.objects.create(
        version=world.version, field="etp", text="Trop", by=world.people[AGENT]
    )
    world.move(Act.ASK_CORRECTION, AGENT)
    return world


def post(client, world, end, actor=AGENT, **data):
    client.force_login(world.people[actor])
    url = f"/annexes/{world.version.pk}/{end}/"
    response = client.post(url, data, follow=True)
    world.version.refresh_from_db()
    return response


def test_a_correction_is_asked_only_with_a_remark(client):
    world = make_world()
    world.move(Act.SUBMIT, AGENT)
    with pytest.raises(MoveRefused, match="Aucun champ n’est commenté"):
        world.move(Act.ASK_CORRECTION, AGENT)

    post(client, world, "remarque", field="etp", text="Plus que réalisé en 2018")
    world.move(Act.ASK_CORRECTION, AGENT)

    assert world.version.status == Status.CORRECTION


def test_the_structure_corrects_answers_and_sends_back(client, world):
    comment = FieldComment.objects.get()
    with pytest.raises(MoveRefused, match="1 remarque attend votre réponse"):
        world.move(Act.ANSWER, DIRECTION)
    data = {"etp": "9,50", f"reponse_{comment.pk}": "Un départ en retraite"}

    post(client, world, "correction", DIRECTION, **data)
    world.move(Act.ANSWER, DIRECTION)

    assert (world.version.etp, world.version.total) == (
        Decimal("9.50"),
        Decimal("191890.50"),
    )
    assert world.version.status == Status.INSTRUCTION
    text = client.get(f"/annexes/{world.version.pk}/").content.decode()
    assert "Un départ en retraite" in text


def main_button(client, world):
    client.force_login(world.people[AGENT])
    buttons = client.get(f"/annexes/{world.version.pk}/").context["buttons"]
    return [it.label for it in buttons if it.is_main]


def test_what_stands_out_is_the_next_step(client, world):
    comment = FieldComment.objects.get()
    answer = {f"reponse_{comment.pk}": "Oui", "etp": "9,50"}
    post(client, world, "correction", DIRECTION, **answer)
    world.move(Act.ANSWER, DIRECTION)
    assert main_button(client, world) == [
        "Lire les réponses, puis fermer les remarques"
    ]

    client.post(f"/annexes/remarques/{comment.pk}/fermer/")
    assert main_button(client, world) == ["Proposer à la signature"]


def test_a_new_remark_asks_for_a_correction_first(client, world):
    world.move(Act.TAKE_BACK, AGENT)

    assert main_button(client, world) == ["Demander une correction"]


def test_the_reservation_follows_when_it_is_proposed_to_the_signature(client, world):
    comment = FieldComment.objects.get()
    data = {"etp": "9,50", f"reponse_{comment.pk}": "Oui"}
    post(client, world, "correction", DIRECTION, **data)
    world.move(Act.ANSWER, DIRECTION)
    with pytest.raises(MoveRefused, match="1 remarque reste ouverte"):
        world.move(Act.VALIDATE, AGENT)

    client.force_login(world.people[AGENT])
    client.post(f"/annexes/remarques/{comment.pk}/fermer/")
    assert world.balances()[1] == TOTAL
    world.move(Act.VALIDATE, AGENT)

    assert world.balances()[1] == Decimal("191890.50")


@pytest.mark.parametrize("field", ["supervision_etp", "unit_amount", "total", "state"])
def test_a_field_without_remark_is_refused_by_the_server(world, field):
    with pytest.raises(MoveRefused, match="Seuls les champs commentés"):
        answer_comments(
            version=world.version,
            answers={},
            values={field: Decimal(1)},
            by=world.people[DIRECTION],
        )
    world.version.refresh_from_db()
    assert world.version.etp == 10


def test_a_raw_post_of_another_field_changes_nothing(client, world):
    comment = FieldComment.objects.get()
    data = {"etp": "10", f"reponse_{comment.pk}": "Oui", "unit_amount": "99999"}

    post(client, world, "correction", DIRECTION, **data)

    assert world.version.unit_amount == Decimal("20199.00")
    assert world.version.supervision_etp is None


@pytest.mark.parametrize("actor", [AGENT, Actor.SIGNATORY])
def test_only_the_direction_corrects(client, world, actor):
    assert post(client, world, "correction", actor, etp="1").status_code == 404


def test_once_taken_back_nothing_more_enters(client, world):
    comment = FieldComment.objects.get()
    world.move(Act.TAKE_BACK, AGENT)
    data = {"etp": "1", f"reponse_{comment.pk}": "Un départ en retraite"}

    text = post(client, world, "correction", DIRECTION, **data).content.decode()

    assert "Le service a repris le dossier" in text
    assert "Un départ en retraite" in text
    assert world.version.etp == 10
    page = client.get(f"/annexes/{world.version.pk}/correction/", follow=True)
    assert page.redirect_chain == [(f"/annexes/{world.version.pk}/", 302)]
    assert "n’attend pas de correction de votre part" in page.content.decode()


def test_the_service_reads_what_became_of_its_remark(client, world):
    comment = FieldComment.objects.get()
    data = {"etp": "9,50", f"reponse_{comment.pk}": "Un départ en retraite"}
    post(client, world, "correction", DIRECTION, **data)

    client.force_login(world.people[AGENT])
    text = client.get(f"/annexes/{world.version.pk}/").content.decode()

    assert "Avant : 10,00. Après : 9,50" in text
    changes = TermChange.objects.filter(version=world.version)
    assert {it.field for it in changes} == {"etp", "total"}
    assert {it.by for it in changes} == {world.people[DIRECTION]}


def test_what_was_changed_cannot_be_rewritten(world):
    change = TermChangeFactory(version=world.version)
    change.after = "12,00"
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
    ):
        change.save()


def test_an_answer_to_a_closed_remark_is_told_back(client, world):
    closed = FieldComment.objects.get()
    open_ = FieldComment.objects.create(
        version=world.version,
        field="supervision_etp",
        text="Combien ?",
        by=world.people[AGENT],
    )
    client.force_login(world.people[AGENT])
    client.post(f"/annexes/remarques/{closed.pk}/fermer/")
    data = {"etp": "9", f"reponse_{closed.pk}": "Un départ en retraite"}
    data |= {"supervision_etp": "1", f"reponse_{open_.pk}": "Un seul"}

    text = post(client, world, "correction", DIRECTION, **data).content.decode()

    assert "Vous aviez écrit « Un départ en retraite »" in text
    assert "Un seul" in text
    assert world.version.supervision_etp is None


def test_a_structure_neither_remarks_nor_closes(client, world):
    comment = FieldComment.objects.get()
    assert post(client, world, "remarque", DIRECTION, field="etp").status_code == 404
    closing = client.post(f"/annexes/remarques/{comment.pk}/fermer/")
    assert closing.status_code == 404


def test_a_field_is_named_as_it_is_written():
    assert label_of("supervision_etp") == "ETP d’encadrement et d’accompagnement"
    assert label_of("unit_amount") == "Montant unitaire"


def test_forecasts_above_the_whole_are_a_sentence(client, world):
    remarks = FieldComment.objects
    for field in FORECAST:
        remarks.create(
            version=world.version, field=field, text="Plus ?", by=world.people[AGENT]
        )
    data = {f"reponse_{it.pk}": "Oui" for it in remarks.all()} | {"etp": "10"}
    data |= dict(zip(FORECAST, ("60", "40", "20"), strict=True))

    text = post(client, world, "correction", DIRECTION, **data).content.decode()

    assert "La somme des taux prévus dépasse 100" in text
    assert world.version.forecast_dynamic is None


def test_negative_etp_are_refused_for_what_they_are(client, world):
    data = {"etp": "-1", f"reponse_{FieldComment.objects.get().pk}": "Oui"}
    text = post(client, world, "correction", DIRECTION, **data).content.decode()
    assert "Cette valeur ne peut pas être négative" in text

    with pytest.raises(MoveRefused, match="ETP ne peuvent pas être négatifs"):
        answer_comments(
            version=world.version,
            answers={},
            values={"etp": Decimal(-1)},
            by=world.people[DIRECTION],
        )
    assert "cofinancement" not in text
