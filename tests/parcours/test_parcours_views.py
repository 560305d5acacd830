"""The list of parcours and one parcours: who reads what, in how many queries."""

from datetime import date

import pytest
from django.urls import reverse

from parcours.enums import FreinTheme, Rsa, StatementState
from structures.enums import Role
from tests.parcours.factories import (
    ContractFactory,
    ExitFactory,
    FreinFactory,
    InterviewFactory,
    MonthlyHoursFactory,
    ParcoursFactory,
    PersonFactory,
    SupervisionSessionFactory,
)
from tests.structures.factories import (
    MembershipFactory,
    StructureFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]

LIST = "/parcours/"
# Session, user and the transaction of the request take four.
QUERIES_OF_LIST, QUERIES_OF_DETAIL = 13, 17


def stay(structure, name="Durand", **fields):
    person = PersonFactory(last_name=name, sort_key=f"{name.upper()} CAMILLE")
    parcours = ParcoursFactory(person=person)
    return ContractFactory(structure=structure, parcours=parcours, **fields)


def detail(contract):
    return reverse("parcours_detail", args=[contract.parcours_id])


def page(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def own(user):
    return user.memberships.get().structure


def test_an_agent_reads_a_pseudonym_in_list_and_detail(client, agent):
    contract = stay(StructureFactory(), name="Bailleul")
    for url in (LIST, detail(contract), f"{LIST}?format=csv"):
        response = client.get(url)
        text = b"".join(response).decode()
        assert "Bailleul" not in text
        assert contract.person.pseudonym in text


@pytest.mark.parametrize(
    "state, read", [(StatementState.VALIDE, True), (StatementState.BROUILLON, False)]
)
def test_an_agent_reads_the_hours_of_months_validated(client, agent, state, read):
    contract = stay(StructureFactory())
    MonthlyHoursFactory(
        contract=contract,
        hours=131,
        statement__state=state,
        statement__convention__structure=contract.structure,
    )

    assert ("131\xa0h" in page(client, detail(contract))) is read


def test_an_administrator_reads_a_pseudonym_too(client, admin_user):
    client.force_login(admin_user)
    contract = stay(StructureFactory(), name="Bailleul")
    assert "Bailleul" not in page(client, LIST) + page(client, detail(contract))


def test_the_staff_reads_names(client, director):
    contract = stay(own(director), name="Bailleul")
    assert "Bailleul" in page(client, LIST)
    assert "Bailleul" in page(client, detail(contract))


def test_a_name_is_found_by_the_staff_without_accents(client, director):
    contract = stay(own(director), name="Evrard")
    assert contract.person.last_name in page(client, f"{LIST}?q=évrard")
    assert "Aucun parcours" in page(client, f"{LIST}?q=inconnu")


def test_an_agent_cannot_search_by_name(client, agent):
    contract = stay(StructureFactory(), name="Bailleul")
    assert "Aucun parcours" in page(client, f"{LIST}?q=bailleul")
    pseudonym = contract.person.pseudonym
    assert pseudonym in page(client, f"{LIST}?q={pseudonym.lower()}")


def test_the_search_says_what_it_searches(client, agent):
    assert "Nom, pseudonyme" not in page(client, "/parcours/")
    client.force_login(MembershipFactory().user)
    assert "Nom, pseudonyme ou numéro" in page(client, "/parcours/")


def test_an_agent_cannot_sort_by_name(client, agent):
    first = stay(StructureFactory(), name="Zola")
    second = stay(StructureFactory(), name="Alan")
    text = page(client, f"{LIST}?tri=nom")
    assert text.index(first.person.pseudonym) < text.index(second.person.pseudonym)


def test_somebody_elses_parcours_does_not_exist(client, director):
    contract = stay(StructureFactory())
    assert client.get(detail(contract)).status_code == 404
    assert contract.person.pseudonym not in page(client, LIST)


def test_a_contract_elsewhere_is_counted_not_shown(client, director):
    contract = stay(own(director))
    other = ContractFactory(
        parcours=contract.parcours, starts_on=date(2018, 1, 8), ends_on=date(2018, 6, 8)
    )
    text = page(client, detail(contract))
    assert "1\xa0autre contrat" in text
    assert other.structure.name not in text


def test_views_split_the_running_from_the_exited(client, director):
    running, gone = stay(own(director), "Alan"), stay(own(director), "Zola")
    ExitFactory(contract=gone)
    assert "Zola" not in page(client, f"{LIST}?vue=en-cours")
    assert "Alan" not in page(client, f"{LIST}?vue=sortis")
    assert running.person.last_name in page(client, f"{LIST}?vue=sans-entretien")


def test_filters_narrow_and_are_shown_as_chips(client, director):
    stay(own(director), "Alan", rsa=Rsa.PLAIN)
    stay(own(director), "Zola")
    text = page(client, f"{LIST}?rsa=oui")
    assert "Alan" in text
    assert "Zola" not in text
    assert "Retirer le filtre" in text


def test_the_three_lanes_stand_on_one_line_of_time(client, director):
    contract = stay(own(director))
    MonthlyHoursFactory(
        statement__convention__structure=own(director), contract=contract
    )
    SupervisionSessionFactory(contract=contract)
    InterviewFactory(contract=contract)
    text = page(client, detail(contract))
    for words in ("113\xa0h", "Taille des haies", "Entretien, rendez-vous"):
        assert words in text
    only = page(client, f"{detail(contract)}?volet=accompagnement")
    assert "Entretien, rendez-vous" in only
    assert "Taille des haies" not in only


def test_notes_stay_in_the_structure(client, agent):
    contract = stay(StructureFactory())
    InterviewFactory(contract=contract, summary="Note partagée", counsellor="Hugo")
    SupervisionSessionFactory(contract=contract, observation="Observation")
    text = page(client, detail(contract))
    for words in ("Note partagée", "Hugo", "Observation"):
        assert words not in text


@pytest.mark.parametrize(
    "role, reads", [(Role.CIP, True), (Role.DIRECTION, True), (Role.ENCADRANT, False)]
)
def test_health_is_for_whoever_accompanies(client, role, reads):
    membership = MembershipFactory(role=role)
    client.force_login(membership.user)
    contract = stay(membership.structure)
    FreinFactory(contract=contract, theme=FreinTheme.SANTE)
    text = page(client, detail(contract))
    assert ("Frein identifié : Santé" in text) == reads
    assert ("réservé à l’accompagnement" in text) != reads


@pytest.mark.parametrize("rows", [2, 20])
def test_the_list_takes_the_same_queries_whatever_its_length(
    client, director, rows, django_assert_num_queries
):
    for _ in range(rows):
        ExitFactory(contract=stay(own(director)))
    with django_assert_num_queries(QUERIES_OF_LIST):
        client.get(LIST)


@pytest.mark.parametrize("rows", [2, 20])
def test_a_parcours_takes_the_same_queries_whatever_its_length(
    client, director, rows, django_assert_num_queries
):
    contract = stay(own(director))
    for n in range(rows):
        InterviewFactory(contract=contract, held_on=date(2019, 3, 1 + n))
        SupervisionSessionFactory(contract=contract, held_on=date(2019, 3, 1 + n))
    with django_assert_num_queries(QUERIES_OF_DETAIL):
        client.get(detail(contract))
