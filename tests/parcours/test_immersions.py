"""Immersions of a person: within the contract, a month at most, who agreed them."""

import pytest

from parcours.enums import PersonAct
from parcours.models import Immersion, PersonEvent
from structures.enums import Role
from tests.parcours.factories import ContractFactory, ImmersionFactory
from tests.structures.factories import MembershipFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]

QUERIES = 9
IMMERSION = {
    "host": "Pépinières de l’Artois",
    "purpose": "Être recruté",
    "starts_on": "2019-12-09",
    "ends_on": "2019-12-20",
}


@pytest.fixture
def contract(client, db):
    member = MembershipFactory(role=Role.CIP)
    client.force_login(member.user)
    return ContractFactory(structure=member.structure)


def send(client, contract, **changes):
    url = f"/parcours/{contract.parcours_id}/immersion/"
    typed = IMMERSION | {"contract": contract.pk} | changes
    return client.post(url, typed, follow=True).content.decode()


def test_an_immersion_is_agreed(client, contract):
    assert "immersion enregistrée" in send(client, contract)
    assert Immersion.objects.get().contract == contract
    assert PersonEvent.objects.get().act == PersonAct.IMMERSION


def test_more_than_a_month_is_refused(client, contract):
    assert "Une immersion dure 1 mois" in send(client, contract, ends_on="2020-01-20")
    assert not Immersion.objects.exists()


def test_the_same_host_for_the_same_object_is_a_renewal(client, contract):
    ImmersionFactory(contract=contract, purpose="Être  recruté")
    assert "a déjà cet objet" in send(client, contract)
    assert "immersion enregistrée" in send(client, contract, is_renewal="on")


def test_two_at_the_same_dates_are_refused(client, contract):
    ImmersionFactory(contract=contract, starts_on="2019-12-02", ends_on="2019-12-13")
    told = send(client, contract, host="Mairie de Lens")
    assert "Une autre immersion couvre déjà" in told


def test_who_may_not_sign_does_not_find_the_page(client, contract):
    page = f"/parcours/{contract.parcours_id}/immersion/"
    member = MembershipFactory(structure=contract.structure, role=Role.ENCADRANT)
    client.force_login(member.user)
    assert client.get(page).status_code == 404


def test_the_page_asks_few_queries(client, contract, django_assert_num_queries):
    with django_assert_num_queries(QUERIES):
        client.get(f"/parcours/{contract.parcours_id}/immersion/")
