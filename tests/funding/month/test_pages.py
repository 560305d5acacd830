"""The pages of a month: typed by the staff, read by the service, nobody else’s."""

import json
from datetime import date

import pytest

from funding.models import Consumption
from parcours.enums import StatementState
from parcours.models import MonthlyStatement
from structures.enums import Role
from structures.templatetags import formats
from tests.funding.jobs import annexe_of
from tests.parcours.factories import ExitFactory
from tests.parcours.month.world import make_month

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]
GRID_QUERIES = 14
SAVE_QUERIES = 14


@pytest.fixture
def world():
    world = make_month()
    annexe_of(2019, convention=world.convention)
    return world


def url(world, end=""):
    return f"/conventions/{world.convention.pk}/mois/2019-11/{end}"


def send(client, world, *cells, role=Role.GESTIONNAIRE):
    if role:
        client.force_login(world.people[role])
    sent = [
        {"contract": world.contracts[line].pk, "cell": cell, "text": text, "was": was}
        for line, cell, text, was in cells
    ]
    data = json.dumps({"cells": sent})
    return client.post(url(world, "cases/"), data, content_type="application/json")


def close(client, world):
    send(client, world, *((line, "mois", "113", "") for line in range(3)))
    client.force_login(world.people[Role.DIRECTION])
    for act, state in (("submit", "BROUILLON"), ("validate", "SAISI")):
        client.post(f"/mois/{world.statement.pk}/{act}/", {"expected": state})


def test_the_grid_shows_the_month_before_anybody_opened_it(client, world):
    client.force_login(world.people[Role.GESTIONNAIRE])
    text = client.get(url(world)).content.decode()

    assert "prévu 112,67" in text
    assert "lundi" not in text
    assert not MonthlyStatement.objects.exists()


def test_a_cell_sent_is_saved_and_the_figures_follow(client, world):
    told = send(client, world, (0, "04", "7", ""), (0, "05", "x", "")).json()

    [line] = told["lines"].values()
    assert line == {"cells": {"04": "7"}, "hours": "7\xa0h"}
    assert told["totals"]["etp"] == "0,05"
    assert [it["told"][:9] for it in told["problems"]] == ["« x » n’e"]


def test_a_closed_month_is_told_with_a_conflict(client, world):
    send(client, world, (0, "04", "7", ""))
    MonthlyStatement.objects.update(state=StatementState.SAISI)

    response = send(client, world, (0, "05", "7", ""))

    assert response.status_code == 409
    assert "n’y entrent plus" in response.json()["refused"]


@pytest.mark.parametrize("body", ["", "[]", '{"cells": [{}]}', '{"cells": 3}', "null"])
def test_a_request_that_is_not_well_made_is_not_found(client, world, body):
    client.force_login(world.people[Role.GESTIONNAIRE])
    answer = client.post(url(world, "cases/"), body, content_type="application/json")

    assert answer.status_code == 404


def test_the_director_validates_and_the_service_reads_the_same_figure(client, world):
    close(client, world)
    assert world.statement.state == StatementState.VALIDE

    mine = client.get(url(world)).context["summary"]
    client.force_login(world.people[Role.AGENT])
    page = client.get(url(world))
    row = Consumption.objects.get()

    assert [(it.label, it.value) for it in page.context["summary"]] == [
        (it.label, it.value) for it in mine
    ]
    assert (mine[0].value, mine[2].value) == (row.etp, row.due)
    assert formats.cents(row.due) in page.content.decode()


def test_the_service_reads_pseudonyms(client, world):
    close(client, world)
    client.force_login(world.people[Role.AGENT])
    text = client.get(url(world)).content.decode()

    assert "Durand" not in text.replace("Camille Durand", "")
    assert world.contracts[0].person.pseudonym in text


@pytest.mark.parametrize("state", [StatementState.BROUILLON, StatementState.SAISI])
def test_the_service_reads_nothing_before_it_is_validated(client, world, state):
    send(client, world, (0, "04", "7", ""))
    MonthlyStatement.objects.update(state=state)
    client.force_login(world.people[Role.AGENT])

    assert client.get(url(world)).status_code == 404


def test_the_service_sees_what_a_correction_changes(client, world):
    close(client, world)
    client.post(
        f"/mois/{world.statement.pk}/unlock/",
        {"expected": "VALIDE", "reason": "Trois jours oubliés"},
    )
    send(client, world, (1, "mois", "134", "113"))

    client.force_login(world.people[Role.AGENT])
    [table] = [
        it for it in client.get(url(world)).context["tables"] if it.key == "correction"
    ]
    [row] = table.rows
    assert row[1:] == (113, 134, 21)
    assert table.footer[1:] == (339, 360, 21)


def test_a_stranger_gets_404(client, world):
    stranger = make_month()
    client.force_login(stranger.people[Role.DIRECTION])
    send(client, world, (0, "04", "7", ""))
    client.force_login(stranger.people[Role.DIRECTION])
    line = world.contracts[0].pk

    for end in ("", f"{line}/"):
        assert client.get(url(world, end)).status_code == 404
    assert (
        client.post(url(world, "cases/"), "{}", "application/json").status_code == 404
    )
    assert client.get(f"/mois/{world.statement.pk}/validate/").status_code == 404


def test_who_types_may_not_validate(client, world):
    close(client, world)
    client.force_login(world.people[Role.ENCADRANT])

    assert client.get(f"/mois/{world.statement.pk}/unlock/").status_code == 404


def test_one_person_is_typed_without_a_script(client, world):
    client.force_login(world.people[Role.ENCADRANT])
    line = url(world, f"{world.contracts[0].pk}/")
    data = {"04": "7", "vu_04": "", "05": "cp", "vu_05": "", "suivant": "1"}

    response = client.post(line, data)

    assert response.url == url(world, f"{world.contracts[1].pk}/")
    assert world.hours(0).days == {"04": "7", "05": "CP5,2"}


def test_what_cannot_be_read_comes_back_with_its_sentence(client, world):
    client.force_login(world.people[Role.ENCADRANT])
    line = url(world, f"{world.contracts[0].pk}/")

    text = client.post(line, {"04": "beaucoup", "vu_04": ""}).content.decode()

    assert 'value="beaucoup"' in text
    assert "n’est pas lu" in text


@pytest.mark.parametrize("people", [2, 30])
def test_the_pages_ask_a_fixed_number_of_queries(
    client, django_assert_num_queries, people
):
    world = make_month(people)
    annexe_of(2019, convention=world.convention)
    send(client, world, *((line, "04", "7", "") for line in range(people)))

    with django_assert_num_queries(GRID_QUERIES):
        client.get(url(world))
    with django_assert_num_queries(SAVE_QUERIES):
        again = [(line, "05", "7", "") for line in range(people)]
        send(client, world, *again, role=None)


def test_an_act_already_done_leads_back_to_the_month(client, world):
    close(client, world)
    page = client.get(f"/mois/{world.statement.pk}/validate/", follow=True)

    assert page.redirect_chain == [(url(world), 302)]
    assert "n’est plus possible" in page.content.decode()


def test_a_month_of_another_year_is_not_found(client, world):
    client.force_login(world.people[Role.DIRECTION])
    for word in ("2031-01", "2019-13", "abc"):
        found = client.get(f"/conventions/{world.convention.pk}/mois/{word}/")
        assert found.status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_service_is_not_told_of_a_month_being_typed(client, world, method):
    send(client, world, (0, "04", "7", ""))
    client.force_login(world.people[Role.AGENT])
    url = f"/mois/{world.statement.pk}/unlock/"

    assert getattr(client, method)(url, {"expected": "VALIDE"}).status_code == 404


def test_a_day_after_an_exit_that_holds_hours_stays_open(client, world):
    send(client, world, (0, "18", "7", ""))
    ExitFactory(contract=world.contracts[0], exited_on=date(2019, 11, 15))
    client.force_login(world.people[Role.GESTIONNAIRE])
    text = client.get(url(world)).content.decode()
    key = world.contracts[0].pk

    assert f'id="c{key}-18"' in text
    assert f'id="c{key}-19"' not in text
    assert f"#c{key}-18" in text
