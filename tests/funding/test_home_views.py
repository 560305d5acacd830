"""The first page of each role, and the pages nobody sees without an account."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from funding.enums import Stage, VersionState
from structures.enums import Role
from tests.funding.factories import ConsumptionFactory, StepFactory, VersionFactory
from tests.parcours.factories import ContractFactory, InterviewFactory
from tests.structures.factories import (
    AgencyFactory,
    CommuneFactory,
    ConventionFactory,
    DepartementFactory,
    MembershipFactory,
    StructureFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]


def annexe(structure, **fields):
    convention = ConventionFactory(structure=structure)
    return VersionFactory(annexe__convention=convention, **fields)


def home(client, query=""):
    response = client.get(f"/{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_a_stranger_is_asked_to_sign_in(client):
    for name in ("home", "structure_list", "envelope_tree", "gallery", "help"):
        url = reverse(name)
        assert client.get(url).url == f"/connexion/?next={url}"


def test_an_agent_sees_kinds_tasks_and_the_last_campaign(client, agent):
    version = annexe(StructureFactory())
    ConsumptionFactory(version=version, etp=Decimal(7))
    StepFactory()
    text = home(client)
    for words in (
        *("Pas-de-Calais en 2019", "Structures en retard de saisie"),
        *("Atelier ou chantier d’insertion", "70,0\xa0%", "Campagne 2020"),
    ):
        assert words in text


def test_a_regional_agent_compares_departements(client):
    nord = DepartementFactory(code="59", name="Nord")
    annexe(StructureFactory())
    annexe(StructureFactory(commune=CommuneFactory(code="59178", departement=nord)))
    agency = AgencyFactory(regional=True)
    client.force_login(MembershipFactory(agent=True, agency=agency).user)
    text = home(client)
    assert "Par département" in text
    assert "Nord (59)" in text


def test_a_director_reads_three_questions(client, director):
    structure = director.memberships.get().structure
    ConsumptionFactory(version=annexe(structure), etp=Decimal(8), due=Decimal(13466))
    text = home(client)
    for words in (
        *("Qu’ai-je à faire", "Où en est mon dossier", "Combien me reste-t-il"),
        *("188\u202f524\xa0€", "2,00 de moins que prévu", "Étape 4 sur 4"),
    ):
        assert words in text


def test_a_draft_of_next_year_is_a_step_of_the_file(client, director):
    structure = director.memberships.get().structure
    annexe(structure, annexe__year=2020, state=VersionState.BROUILLON)
    text = home(client)
    assert "Annexe 2020 : préparée" in text
    assert "Étape 1 sur 4" in text


def test_an_annexe_to_correct_is_the_first_thing_to_do(client, director):
    structure = director.memberships.get().structure
    version = annexe(
        structure,
        annexe__year=2020,
        **{"state": VersionState.SAISI, "stage": Stage.CORRECTION},
    )
    text = home(client)
    assert f'href="/annexes/{version.pk}/"' in text
    assert "Annexe 2020 : à corriger par vous" in text


def test_an_avenant_being_prepared_leaves_the_signed_annexe_in_sight(client, director):
    structure = director.memberships.get().structure
    first = annexe(structure)
    VersionFactory(annexe=first.annexe, modification=1, draft=True)
    assert "Étape 4 sur 4" in home(client)


def test_a_director_of_two_structures_goes_from_one_to_the_other(client, director):
    other = MembershipFactory(user=director).structure
    assert f'href="?structure={other.pk}"' in home(client)
    assert f'<h1 class="fr-h3">{other.name}' in home(client, f"?structure={other.pk}")


@pytest.mark.parametrize("role", [Role.CIP, Role.ENCADRANT])
def test_who_follows_people_sees_whom_to_see(client, role):
    membership = MembershipFactory(role=role)
    client.force_login(membership.user)
    silent = ContractFactory(structure=membership.structure)
    InterviewFactory(contract=silent, held_on=date(2019, 9, 2))
    seen = ContractFactory(structure=membership.structure)
    InterviewFactory(contract=seen, held_on=date(2019, 11, 20))
    text = home(client)
    assert f'href="/parcours/{silent.parcours_id}/"' in text
    assert "20/11/2019" in text
    assert "Personnes à voir" in text


def test_the_administrator_has_doors_and_health(client, admin_user):
    client.force_login(admin_user)
    UserFactory()
    text = home(client)
    for words in ("Comptes sans rattachement", "Valeurs légales à confirmer", "Santé"):
        assert words in text


def test_an_account_without_a_place_is_told_whom_to_ask(client):
    client.force_login(UserFactory())
    assert "Votre compte n’est rattaché à rien" in home(client)


@pytest.mark.parametrize("rows", [2, 20])
def test_the_home_of_an_agent_takes_the_same_queries_whatever_the_territory(
    client, agent, rows, django_assert_num_queries
):
    for _ in range(rows):
        ConsumptionFactory(version=annexe(StructureFactory()))
    with django_assert_num_queries(17):
        client.get("/")


@pytest.mark.parametrize("role, queries", [(Role.DIRECTION, 16), (Role.CIP, 11)])
@pytest.mark.parametrize("rows", [2, 20])
def test_the_home_of_a_structure_takes_the_same_queries_whatever_its_people(
    client, role, queries, rows, django_assert_num_queries
):
    membership = MembershipFactory(role=role)
    client.force_login(membership.user)
    for _ in range(rows):
        contract = ContractFactory(structure=membership.structure)
        InterviewFactory(contract=contract, held_on=date(2019, 9, 2))
    with django_assert_num_queries(queries):
        client.get("/")
