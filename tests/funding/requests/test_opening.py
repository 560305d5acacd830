"""The list of conventions, and a request opened from it or from a structure."""

import pytest

from structures.models import Convention
from tests.funding.requests.world import AGENT, DIRECTION, STRANGER, make_world
from tests.structures.factories import (
    ConventionFactory,
    MembershipFactory,
    StructureFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]
LIST, QUERIES_OF_LIST = "/conventions/", 10


@pytest.fixture
def world():
    return make_world()


def test_the_list_by_status_turn_and_kind(client, world):
    ConventionFactory(structure=StructureFactory(name="Cap Emploi", kind="ETTI"))
    client.force_login(world.people[AGENT])

    every = client.get(LIST).content.decode()
    assert "Cap Emploi" in every
    assert "Les Jardins de Lens" in every
    for query in ("statut=DRAFT", "tour=structure", "type=ACI", "q=jardins"):
        text = client.get(f"{LIST}?{query}").content.decode()
        assert "Les Jardins de Lens" in text, query
        assert "Cap Emploi" not in text, query


def test_the_list_of_a_structure_is_its_own(client, world):
    ConventionFactory(structure=StructureFactory(name="Cap Emploi"))
    client.force_login(world.people[DIRECTION])
    text = client.get(LIST).content.decode()
    assert "En préparation" in text
    assert "Cap Emploi" not in text
    assert "Qui signe" not in text


def test_the_list_is_exported_whole(client, world):
    client.force_login(world.people[AGENT])
    response = client.get(f"{LIST}?format=csv")
    text = b"".join(response).decode()
    assert "Les Jardins de Lens;ACI, droit commun;Brouillon;La structure" in text


def test_the_list_takes_the_same_queries_whatever_its_length(
    client, world, django_assert_num_queries
):
    for _ in range(4):
        ConventionFactory(structure=StructureFactory())
    client.force_login(world.people[AGENT])
    with django_assert_num_queries(QUERIES_OF_LIST):
        client.get(LIST)


def test_a_director_opens_a_request_for_its_own_structure(client, world):
    client.force_login(world.people[DIRECTION])
    text = client.get("/conventions/demande/").content.decode()
    assert "2020-01-01" in text
    assert "2022-12-31" in text
    data = {
        "structure": world.structure.pk,
        "measure": "ACI_MP",
        "starts_on": "2020-01-01",
        "ends_on": "2022-12-31",
    }
    response = client.post("/conventions/demande/", data)

    made = Convention.objects.get(measure="ACI_MP")
    assert response["Location"] == f"/conventions/{made.pk}/demande/projet/"
    assert made.request.saved_by == world.people[DIRECTION]


@pytest.mark.parametrize(
    "change, told",
    [
        ({"measure": "ACI_DC"}, "couvre déjà une partie de ces dates"),
        ({"measure": "EI_DC"}, "choix valide"),
        ({"ends_on": "2024-01-01"}, "dure trois ans au plus"),
        ({"ends_on": "2019-01-01"}, "La fin ne peut pas précéder le début"),
    ],
)
def test_a_request_that_cannot_be_is_a_sentence(client, world, change, told):
    client.force_login(world.people[DIRECTION])
    data = {
        "structure": world.structure.pk,
        "measure": "ACI_MP",
        "starts_on": "2020-01-01",
        "ends_on": "2022-12-31",
    }
    text = client.post("/conventions/demande/", data | change).content.decode()
    assert told in text
    assert Convention.objects.count() == 1


def test_reversed_dates_are_told_once(client, world):
    client.force_login(world.people[DIRECTION])
    data = {"structure": world.structure.pk, "measure": "ACI_DC"}
    data |= {"starts_on": "2022-12-31", "ends_on": "2020-01-01"}

    text = client.post("/conventions/demande/", data).content.decode()

    assert text.count("La fin ne peut pas précéder le début") == 1
    assert "couvre déjà une partie" not in text


def test_nobody_asks_for_the_structure_of_others(client, world):
    client.force_login(world.people[STRANGER])
    data = {"structure": world.structure.pk, "measure": "ACI_MP"}
    text = client.post("/conventions/demande/", data).content.decode()
    assert "La demande n’est pas ouverte" in text
    client.force_login(MembershipFactory(role="CIP").user)
    assert client.get("/conventions/demande/").status_code == 404
    client.force_login(UserFactory())
    assert client.get("/conventions/demande/").status_code == 404


def test_an_agent_comes_from_the_page_of_a_structure(client, world):
    client.force_login(world.people[AGENT])
    assert (
        "Choisir la structure" in client.get("/conventions/demande/").content.decode()
    )
    url = f"/conventions/demande/?structure={world.structure.pk}"
    assert url in client.get(f"/structures/{world.structure.pk}/").content.decode()
    assert "Pour <strong>Les Jardins de Lens" in client.get(url).content.decode()
