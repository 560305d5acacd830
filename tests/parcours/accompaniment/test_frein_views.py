"""The pages of freins: acts for who accompanies, late actions told, themes kept."""

from datetime import date

import pytest
from django.urls import reverse

from parcours.enums import FreinState, FreinTheme
from parcours.models import Action, Frein
from structures.enums import Role
from tests.parcours.factories import ActionFactory, FreinFactory


def person(case):
    return reverse("parcours_detail", args=[case.contract.parcours_id])


def url(name, row):
    return reverse(name, args=[row.pk])


@pytest.fixture
def frein(case):
    return FreinFactory(contract=case.contract)


def test_a_frein_goes_from_its_name_to_its_end(client, case, page):
    client.force_login(case.cip)
    client.post(
        reverse("frein_add", args=[case.contract.parcours_id]),
        {"theme": "MOBILITE", "identified_on": "2019-10-07"},
    )
    frein = Frein.objects.get()
    client.post(url("objective_add", frein), {"text": "Venir seule"})
    said = {"title": "Permis", "side": "EXT", "started_on": "2019-10-14"}
    said |= {"due_on": "2019-11-20", "owner": case.cip.pk}
    said |= {"objective": frein.objectives.get().pk}
    client.post(url("action_add", frein), said)
    assert "En retard" in page(case.cip, person(case))

    ended = {"done_on": "2019-12-02", "outcome": "Obtenu"}
    client.post(url("action_end", Action.objects.get()), ended)
    client.post(url("frein_lift", frein), {"lifted_on": "2019-12-02"})

    text = page(case.cip, url("frein_detail", frein))
    for words in ("Levé", "Permis", "Obtenu", "Objectif : Venir seule"):
        assert words in text
    client.post(url("frein_reopen", frein))
    frein.refresh_from_db()
    assert frein.state == FreinState.IN_PROGRESS


def test_a_refusal_stands_beside_its_field(client, case, frein):
    client.force_login(case.cip)

    response = client.post(url("frein_lift", frein), {"lifted_on": "2019-02-05"})

    assert "ne peut pas être levé avant" in response.content.decode()


@pytest.mark.parametrize(
    "role, reads",
    [(Role.CIP, True), (Role.DIRECTION, True), (Role.ENCADRANT, False)],
)
def test_health_is_kept_from_who_does_not_accompany(case, page, role, reads):
    frein = FreinFactory(contract=case.contract, theme=FreinTheme.SANTE)
    ActionFactory(frein=frein, title="Rendez-vous au CMP")
    reader = case.people[role]

    assert ("Rendez-vous au CMP" in page(reader, url("frein_detail", frein))) == reads
    assert ("Santé" in page(reader, person(case))) == reads


def test_the_staff_reads_the_others_and_writes_nothing(case, page, frein):
    reader = case.people[Role.ENCADRANT]

    assert "Mobilité" in page(reader, url("frein_detail", frein))
    assert page(reader, url("action_add", frein)) == ""


def test_an_agent_opens_no_frein(case, page, frein):
    assert page(case.people[Role.AGENT], url("frein_detail", frein)) == ""


def test_an_action_of_elsewhere_does_not_exist(case, page):
    assert page(case.cip, url("action_end", ActionFactory())) == ""


@pytest.mark.parametrize("rows", [1, 6])
def test_the_page_takes_the_same_queries_whatever_is_done(
    client, case, frein, rows, django_assert_num_queries
):
    for n in range(rows):
        ActionFactory(frein=frein, due_on=date(2019, 6, 3 + n))
    client.force_login(case.cip)
    with django_assert_num_queries(9):
        client.get(url("frein_detail", frein))
