"""Appeals: filed once a kind, decided once; upheld, a refused file is taken back."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from funding.actions.files import MoveRefused
from funding.enums import Act, Actor, AppealKind, AppealOutcome
from funding.models import Appeal, StatusChange
from funding.rules.appeals import last_day_to_appeal
from structures.enums import Role, Status
from tests.funding.factories import AppealFactory, VersionFactory
from tests.funding.life.world import TODAY
from tests.funding.lifecycle.world import make_world
from tests.structures.factories import (
    AgencyFactory,
    DepartementFactory,
    MembershipFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]
REFUSED_ON = date(2019, 11, 18)


@pytest.fixture
def world(client):
    """An annexe refused on 18 November, its money given back."""
    world = make_world()
    world.move(Act.SUBMIT, Actor.AGENT)
    world.move(Act.REJECT, Actor.AGENT, on=REFUSED_ON, reason="Pas financé")
    client.force_login(world.people[Actor.AGENT])
    return world


def refusal():
    return StatusChange.objects.get(act=Act.REJECT)


def filing(**fields):
    return {
        "kind": "GRACIEUX",
        "notified_on": "2019-11-20",
        "filed_on": "2019-12-02",
        "reason": "Le cofinancement est acquis.",
        "reference": "",
    } | fields


def send(client, url, data):
    response = client.post(url, data, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def file(client, **fields):
    return send(client, f"/recours/decisions/{refusal().pk}/", filing(**fields))


def decide(client, outcome="UPHELD", **fields):
    data = {"outcome": outcome, "on": "2019-12-02", "grounds": "Financement acquis"}
    url = f"/recours/{Appeal.objects.get().pk}/issue/"
    return send(client, url, data | fields)


@pytest.mark.parametrize(
    "notified, last",
    [
        (date(2019, 1, 15), date(2019, 3, 18)),  # 16 March is a Saturday
        (date(2019, 11, 18), date(2020, 1, 20)),  # 19 January is a Sunday
        (date(2018, 12, 31), date(2019, 3, 1)),
    ],
)
def test_the_delay_counts_neither_end(notified, last):
    assert last_day_to_appeal(notified, months=2) == last


def test_an_upheld_appeal_lets_the_signatory_take_the_file_back(client, world):
    free = world.balances()
    assert "Le recours est enregistré" in file(client)
    with pytest.raises(MoveRefused, match="Aucun recours contre ce refus"):
        world.move(Act.RECONSIDER, Actor.SIGNATORY, on=TODAY)
    assert "L’issue du recours est enregistrée" in decide(client)

    client.force_login(world.people[Actor.SIGNATORY])
    url = f"/annexes/{world.version.pk}/"
    assert "Reprendre après recours" in client.get(url).content.decode()
    world.move(Act.RECONSIDER, Actor.SIGNATORY, on=TODAY)

    assert world.version.status == Status.DRAFT
    assert world.balances() == free
    world.move(Act.SUBMIT, Actor.AGENT, on=TODAY)


def test_an_agent_without_delegation_may_not(client, world):
    file(client)
    decide(client)
    with pytest.raises(MoveRefused, match="revient à : délégataire"):
        world.move(Act.RECONSIDER, Actor.AGENT, on=TODAY)


@pytest.mark.parametrize("outcome", ["DISMISSED", "WITHDRAWN"])
def test_an_appeal_not_upheld_leaves_the_refusal(client, world, outcome):
    file(client)
    decide(client, outcome)
    with pytest.raises(MoveRefused, match="Aucun recours contre ce refus"):
        world.move(Act.RECONSIDER, Actor.SIGNATORY, on=TODAY)


def test_what_took_its_place_is_not_replaced(client, world):
    VersionFactory(annexe=world.version.annexe, modification=1, draft=True)
    file(client)
    decide(client)
    with pytest.raises(MoveRefused, match="Un autre dossier a pris sa place"):
        world.move(Act.RECONSIDER, Actor.SIGNATORY, on=TODAY)


def test_the_database_takes_nothing_back_without_an_appeal(world):
    with (
        pytest.raises(DatabaseError, match="qu’après un recours accueilli"),
        transaction.atomic(),
    ):
        world.put(Status.DRAFT)


@pytest.mark.parametrize(
    "fields, told",
    [
        ({"notified_on": "2019-11-17"}, "elle n’a pas pu être notifiée avant"),
        ({"filed_on": "2019-11-19"}, "Le recours suit la notification"),
        ({"filed_on": "2019-12-03"}, "Cette date est à venir"),
        ({"kind": ""}, "Ce champ est obligatoire"),
    ],
)
def test_what_cannot_be_is_a_sentence(client, world, fields, told):
    text = file(client, **fields)
    assert told in text
    assert "Le cofinancement est acquis." in text
    assert not Appeal.objects.exists()


def test_a_kind_is_filed_once_and_an_outcome_written_once(client, world):
    file(client)
    assert "déjà enregistré contre cette décision" in file(client)
    decide(client, "DISMISSED")
    assert "déjà enregistrée : Rejeté" in decide(client)
    file(client, kind="CONTENTIEUX")
    kinds = set(Appeal.objects.values_list("kind", flat=True))
    assert kinds == {AppealKind.GRACIEUX, AppealKind.CONTENTIEUX}


@pytest.mark.parametrize("attempt", ["rewritten", "undecided", "erased"])
def test_an_appeal_is_kept(attempt):
    appeal = AppealFactory()
    if attempt == "undecided":
        Appeal.objects.filter(pk=appeal.pk).update(
            outcome=AppealOutcome.DISMISSED,
            decided_on=TODAY,
            grounds="Rejeté",
            decided_by=UserFactory(),
        )
    doing = {
        "rewritten": lambda: Appeal.objects.update(reason="Autre"),
        "undecided": lambda: Appeal.objects.update(
            outcome="", decided_on=None, grounds="", decided_by=None
        ),
        "erased": lambda: Appeal.objects.all().delete(),
    }[attempt]
    with (
        pytest.raises(DatabaseError, match="Un recours ne s’efface pas"),
        transaction.atomic(),
    ):
        doing()


def test_decisions_and_appeals_are_on_the_life_page(client, world):
    structure = world.version.annexe.convention.structure
    url = f"/structures/{structure.pk}/vie/"
    text = client.get(url).content.decode()
    assert "20/01/2020" in text
    assert "Ouvrir pour enregistrer un recours" in text
    file(client, notified_on="2019-11-18")
    assert "En cours" in client.get(url).content.decode()
    client.force_login(world.people[Actor.DIRECTION])
    text = client.get(url).content.decode()
    assert "Recours gracieux" in text
    assert "/recours/" not in text


def test_others_find_nothing_there(client, world):
    file(client)
    nord = AgencyFactory(name="UD 59", departement=DepartementFactory(code="59"))
    structure = world.version.annexe.convention.structure
    strangers = [
        world.people[Actor.DIRECTION],
        MembershipFactory(agent=True, agency=nord).user,
        MembershipFactory(structure=structure, role=Role.CIP).user,
        UserFactory(is_superuser=True, is_staff=True),
    ]
    appeal = Appeal.objects.get()
    for user in strangers:
        client.force_login(user)
        for url in (
            f"/recours/decisions/{refusal().pk}/",
            f"/recours/{appeal.pk}/issue/",
        ):
            assert client.get(url).status_code == 404
            assert client.post(url, filing()).status_code == 404
    assert Appeal.objects.count() == 1
