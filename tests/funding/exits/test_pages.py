"""An exit recorded from the page of a person, corrected, followed; the rate that moves."""

from datetime import date

import pytest

from parcours.models import Exit, ExitChange, ExitFollowUp
from structures.enums import Role
from tests.parcours.factories import (
    ContractFactory,
    ExitFactory,
    ExitMotiveFactory,
    MonthlyHoursFactory,
    MonthlyStatementFactory,
)
from tests.parcours.month.world import make_month

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]
QUERIES = 17


@pytest.fixture
def world():
    world = make_month()
    ExitMotiveFactory()
    ExitMotiveFactory(code="A1", label="Au chômage", category="OTHER")
    statement = MonthlyStatementFactory(convention=world.convention)
    for contract in world.contracts:
        MonthlyHoursFactory(statement=statement, contract=contract)
    return world


def leave(client, world, line=0, *, role=Role.CIP, end="", **data):
    client.force_login(world.people[role])
    url = f"/contrats/{world.contracts[line].pk}/sortie/"
    sent = {"exited_on": "2019-11-29", "motive": "D1", "key": KEY} | data
    return client.post(url, sent, follow=True)


KEY = "0e2f9a52-93a5-4a3c-8a3e-6f6d2f0b1c11"


def exits_page(client, world, role):
    client.force_login(world.people[role])
    return client.get(f"/structures/{world.structure.pk}/sorties/2019/")


def test_an_exit_is_shown_with_its_verdict_before_it_is_recorded(client, world):
    text = leave(client, world).content.decode()

    assert "Compte, et pour l’emploi durable aussi." in text
    assert "n.d." in text
    assert "100,0\xa0%" in text
    assert not Exit.objects.exists()


def test_the_rate_moves_for_the_structure_and_the_service_alike(client, world):
    leave(client, world, 0, confirmed="True")
    leave(client, world, 1, confirmed="True", motive="A1")

    mine = exits_page(client, world, Role.DIRECTION)
    theirs = exits_page(client, world, Role.AGENT)
    for page in (mine, theirs):
        [dynamic, durable, examined] = page.context["summary"]
        assert (dynamic.value, durable.value, examined.value) == (
            *(dynamic.value.from_float(0.5), durable.value.from_float(0.5)),
            2,
        )
    assert "Durand 0" in mine.content.decode()
    assert "Durand 0" not in theirs.content.decode()


def test_a_motive_is_never_chosen_for_anybody(client, world):
    text = leave(client, world, motive="", confirmed="True").content.decode()

    assert "Choisissez un motif de sortie." in text
    assert not Exit.objects.exists()


@pytest.mark.parametrize(
    "day, told",
    [
        ("2019-01-01", "la sortie ne peut pas le précéder"),
        ("2019-12-24", "n’est pas passé"),
    ],
)
def test_a_day_that_cannot_be_is_told(client, world, day, told):
    page = leave(client, world, exited_on=day, confirmed="True")

    assert told in page.content.decode()
    assert f'value="{day}"' in page.content.decode()


def test_a_renewal_is_not_an_exit(client, world):
    first = world.contracts[0]
    first.ends_on = date(2019, 11, 29)
    first.save()
    ContractFactory(
        structure=world.structure,
        parcours=first.parcours,
        hired_on=first.hired_on,
        starts_on=date(2019, 11, 30),
    )
    text = leave(client, world, confirmed="True").content.decode()

    assert "c’est un renouvellement, non une sortie" in text


@pytest.mark.parametrize("role", [Role.ENCADRANT, Role.AGENT])
def test_who_may_not_record_is_not_told_of_the_page(client, world, role):
    assert leave(client, world, role=role).status_code == 404


def test_a_correction_keeps_what_was_said(client, world):
    leave(client, world, confirmed="True")
    found = Exit.objects.get()
    data = {"exited_on": "2019-11-28", "motive": "A1", "key": KEY, "confirmed": "True"}

    refused = client.post(f"/sorties/{found.pk}/", data | {"reason": " "})
    client.post(f"/sorties/{found.pk}/", data | {"reason": "Mauvais motif"})

    assert "champ est obligatoire" in refused.content.decode()
    change = ExitChange.objects.get()
    assert (change.before[:10], change.after[:10]) == ("29/11/2019", "28/11/2019")


def test_what_became_of_somebody_is_asked_at_its_term(client, world):
    early = ExitFactory(contract=world.contracts[0], exited_on=date(2019, 11, 1))
    due = ExitFactory(contract=world.contracts[1], exited_on=date(2019, 8, 30))
    client.force_login(world.people[Role.CIP])

    first = client.post(f"/sorties/{early.pk}/suivi/3/", {"state": "WORKING"})
    client.post(f"/sorties/{due.pk}/suivi/3/", {"state": "WORKING"})
    again = client.post(f"/sorties/{due.pk}/suivi/3/", {"state": "SEEKING"})

    assert "à partir du 01/02/2020" in first.content.decode()
    assert "déjà enregistré" in again.content.decode()
    assert ExitFollowUp.objects.get().state == "WORKING"


def test_the_page_of_a_person_offers_what_comes_next(client, world):
    due = ExitFactory(contract=world.contracts[1], exited_on=date(2019, 8, 30))
    client.force_login(world.people[Role.CIP])
    running, left = (
        client.get(f"/parcours/{world.contracts[n].parcours_id}/") for n in (0, 1)
    )

    assert running.context["acts"][0].label == "Enregistrer la sortie"
    assert [it.url for it in left.context["acts"]][:2] == [
        f"/sorties/{due.pk}/suivi/3/",
        f"/sorties/{due.pk}/",
    ]


@pytest.mark.parametrize("more", [0, 6])
def test_the_list_asks_a_fixed_number_of_queries(
    client, world, django_assert_num_queries, more
):
    for n in range(1 + more):
        ExitFactory(
            contract=ContractFactory(
                structure=world.structure, parcours__person__last_name=f"Sorti {n}"
            ),
            exited_on=date(2019, 9, 30),
        )
    client.force_login(world.people[Role.DIRECTION])
    with django_assert_num_queries(QUERIES):
        client.get(f"/structures/{world.structure.pk}/sorties/2019/")


@pytest.mark.parametrize(
    "year, status", [(2005, 200), (2012, 200), (0, 404), (9999, 404)]
)
def test_a_year_without_law_or_exits_has_its_page(client, world, year, status):
    client.force_login(world.people[Role.DIRECTION])
    url = f"/structures/{world.structure.pk}/sorties/{year}/"

    assert client.get(url).status_code == status


def test_a_renewed_contract_has_no_exit(client, world):
    first = world.contracts[0]
    ContractFactory(
        structure=world.structure,
        parcours=first.parcours,
        hired_on=first.hired_on,
        starts_on=date(2020, 2, 4),
        ends_on=date(2020, 5, 31),
        renews=first,
    )
    text = leave(client, world).content.decode()

    assert "Ce contrat a été renouvelé" in text


@pytest.mark.parametrize("day", ["0019-03-15", "2009-03-15"])
def test_a_mistyped_year_is_a_sentence(client, world, day):
    page = leave(client, world, exited_on=day)

    assert page.status_code == 200
    assert "la sortie ne peut pas le précéder" in page.content.decode()


def test_an_exit_does_not_follow_its_contract(client, world):
    first = world.contracts[0]
    first.ends_on = date(2019, 10, 31)
    first.save()

    assert "la sortie ne peut pas le suivre" in leave(client, world).content.decode()
