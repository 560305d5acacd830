"""Somebody taken in: who may, who is known already, the right, the contract."""

from datetime import date

import pytest
from django.conf import settings

from parcours.enums import PersonAct, Regime
from parcours.models import Contract, Parcours, Person, PersonEvent
from parcours.rules.nir import decrypted, nir_hash
from structures.enums import Role, StructureKind
from tests.parcours.factories import ContractFactory, ParcoursFactory, PersonFactory
from tests.structures.factories import (
    CommuneFactory,
    MembershipFactory,
    StructureFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]

PAGE = "/parcours/accueil/"
NIR = "285036249801212"
# Each constraint of the three rows is asked before it is written.
QUERIES_OF_PAGE, QUERIES_OF_INTAKE = 7, 63
PERSON = {
    "last_name": "Bailleul",
    "first_name": "Océane",
    "birth_on": "1985-03-14",
    "sex": "F",
    "commune": "Lens (62498)",
    "nir": "",
}
ENTRY = {
    "etape": "droit",
    "right_number": "062201900123",
    "right_starts_on": "2019-11-25",
    "right_ends_on": "",
    "kind": "CDDI",
    "hired_on": "2019-12-02",
    "ends_on": "2020-06-01",
    "weekly_hours": "26",
    "job": "a1203",
    "rsa": "OUI-NM",
    "unemployed_since": "03",
    "flags": ["is_rqth", "is_zrr"],
}


@pytest.fixture
def home(client, db):
    CommuneFactory()
    member = MembershipFactory(role=Role.CIP, agency=None)
    client.force_login(member.user)
    return member.structure


def send(client, home, *, page=PAGE, **changes):
    return client.post(page, PERSON | {"structure": home.pk} | changes)


def take(client, home, **changes):
    return send(client, home, **(ENTRY | changes))


def text(response):
    return response.content.decode()


def known(structure=None, **fields):
    """Océane Bailleul, already in a structure: another one unless it is said."""
    person = PersonFactory(
        last_name="Bailleul", first_name="Océane", sort_key="BAILLEUL OCEANE", **fields
    )
    return ContractFactory(
        structure=structure or StructureFactory(),
        parcours=ParcoursFactory(person=person, number="0622019SECRET"),
        ends_on=date(2019, 9, 30),
    )


def with_nir(number=NIR):
    key = settings.NIR_KEY.encode()
    return {"nir_hash": nir_hash(number, key=key), "nir_cipher": b"x" * 31}


@pytest.mark.parametrize("role", [Role.CIP, Role.DIRECTION, Role.GESTIONNAIRE])
def test_the_staff_takes_people_in(client, role):
    client.force_login(MembershipFactory(role=role).user)
    assert "Accueillir une personne" in text(client.get("/parcours/"))
    assert client.get(PAGE).status_code == 200


def test_an_encadrant_and_an_agent_do_not(client):
    for member in (
        MembershipFactory(role=Role.ENCADRANT),
        MembershipFactory(agent=True),
    ):
        client.force_login(member.user)
        assert "Accueillir une personne" not in text(client.get("/parcours/"))
        assert client.get(PAGE).status_code == 404


def test_the_page_asks_few_queries(client, home, django_assert_num_queries):
    with django_assert_num_queries(QUERIES_OF_PAGE):
        client.get(PAGE)


def test_a_person_is_taken_in(client, home, django_assert_max_num_queries):
    with django_assert_max_num_queries(QUERIES_OF_INTAKE):
        response = take(client, home, nir=NIR)
    contract = Contract.objects.select_related("person", "parcours").get()
    assert response.url == f"/parcours/{contract.parcours_id}/"
    person = contract.person
    assert (person.sort_key, person.commune_id) == ("BAILLEUL OCEANE", "62498")
    key = settings.NIR_KEY.encode()
    assert decrypted(bytes(person.nir_cipher), key=key) == NIR
    assert (contract.parcours.regime, contract.parcours.ends_on) == (
        Regime.AGREMENT,
        date(2021, 11, 24),
    )
    assert (contract.job, contract.rsa, contract.is_rqth) == ("A1203", "OUI-NM", True)


def test_who_took_in_is_kept(client, home):
    take(client, home)
    event = PersonEvent.objects.get()
    assert (event.act, event.on) == (PersonAct.TAKEN_IN, date(2019, 12, 2))
    assert event.by == home.memberships.get().user


def test_the_first_step_leads_to_the_second_and_back(client, home):
    second = text(send(client, home, etape="personne"))
    assert "Étape 2 sur 2" in second
    assert 'value="Bailleul"' in second
    back = text(take(client, home, retour="1"))
    assert "Étape 1 sur 2" in back
    assert 'value="062201900123"' in back


def test_nothing_typed_is_lost_at_a_refusal(client, home):
    answer = text(take(client, home, ends_on="2020-02-01", nir=NIR))
    assert "Un CDD d’insertion dure au moins 4 mois" in answer
    for value in ("Bailleul", "062201900123", NIR, "a1203"):
        assert f'value="{value}"' in answer.replace("A1203", "a1203")
    assert not Person.objects.exists()


def test_a_hiring_without_agrement_is_refused(client, home):
    answer = text(take(client, home, right_number="", right_starts_on=""))
    assert "Une embauche en ACI le 02/12/2019 demande un agrément" in answer


def test_less_than_twenty_hours_a_week_is_refused(client, home):
    assert "au moins 20,00 heures" in text(take(client, home, weekly_hours="19"))


def test_an_ai_needs_no_agrement(client, home):
    home.kind = StructureKind.AI
    home.save()
    take(client, home, right_number="", right_starts_on="", kind="MAD")
    assert Parcours.objects.get().regime == Regime.FREE


def test_a_contract_after_the_right_is_confirmed(client, home):
    late = {"right_starts_on": "2018-01-01", "ends_on": "2020-06-01"}
    answer = text(take(client, home, **late))
    assert "Le droit finit le 31/12/2019" in answer
    assert not Contract.objects.exists()
    take(client, home, **late, confirmed="on")
    assert "31/12/2019" in PersonEvent.objects.get().told[0]


def test_the_nir_of_another_sex_is_told(client, home):
    answer = text(take(client, home, nir=NIR, sex="M"))
    assert "Ce numéro de sécurité sociale dit « Femme »" in answer


def test_a_running_right_is_never_typed_again(client, home):
    there = known()
    answer = text(send(client, home, etape="personne"))
    mark = answer.split('name="seen" value="')[1].split('"')[0]
    same = {"who": "connue", "seen": mark}
    assert "Agrément Pôle emploi du 01/01/2019" in text(send(client, home, **same))
    refused = text(take(client, home, **same))
    assert "laissez vides le numéro et les dates" in refused
    take(client, home, **same, right_number="", right_starts_on="")
    assert Contract.objects.get(structure=home).parcours == there.parcours


def test_people_of_another_structure_stay_unseen(client, home):
    there = known(**with_nir())
    answer = text(send(client, home, etape="personne", nir=NIR))
    assert "ce numéro de sécurité sociale est déjà connue de l’IAE" in answer
    for secret in ("SECRET", there.structure.name, there.person.pseudonym):
        assert secret not in answer
    assert "C’est une autre personne" not in answer


def test_a_near_name_elsewhere_is_not_attached(client, home):
    known()
    answer = text(send(client, home, etape="personne", last_name="Baileul"))
    assert "proches est déjà connue de l’IAE" in answer
    assert "c’est la même personne" not in answer
    assert "C’est une autre personne" in answer


def test_a_person_of_the_house_is_shown_with_a_link(client, home):
    here = known(home)
    answer = text(send(client, home, etape="personne"))
    assert f'href="/parcours/{here.parcours_id}/"' in answer
    assert "dans votre structure" in answer


def test_a_new_person_is_not_written_while_the_question_waits(client, home):
    known()
    assert "Dites qui c’est" in text(take(client, home))
    assert Person.objects.count() == 1


def test_two_contracts_at_the_same_dates_are_told(client, home):
    here = known(home)
    Contract.objects.update(ends_on=date(2020, 3, 31))
    answer = text(send(client, home, etape="personne"))
    mark = answer.split('name="seen" value="')[1].split('"')[0]
    same = {"who": str(here.person_id), "seen": mark}
    refused = take(client, home, **same, right_number="", right_starts_on="")
    assert "Cette personne a déjà un contrat ici à ces dates." in text(refused)
