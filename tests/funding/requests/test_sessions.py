"""A session that ends while somebody types: a sentence, and nothing is lost."""

import pytest
from django.test import Client

from tests.funding.requests.world import DIRECTION, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]

PART = {"hx-request": "true"}
SAVING = {**PART, "hx-target": "etat"}


@pytest.fixture
def address():
    world = make_world()
    return world, f"/conventions/{world.convention.pk}/demande/projet/"


def test_a_part_of_a_page_says_to_sign_in_elsewhere_and_is_not_replaced(
    client, address
):
    _, url = address
    response = client.post(url, {"public": "Jeunes"}, headers=SAVING)
    assert response.status_code == 200
    text = response.content.decode()
    assert "ce que vous avez tapé reste dans cette page" in text
    assert "<html" not in text


def test_a_line_of_a_list_stays_with_what_was_typed(client):
    response = client.post("/annexes/1/etp/", {"etp": "12"}, headers=PART)

    assert (response["HX-Retarget"], response["HX-Reswap"]) == ("#dit", "innerHTML")
    assert "Vous n’êtes plus connecté" in response.content.decode()


def test_a_part_that_is_read_sends_the_whole_page_to_sign_in(client):
    at = {"hx-current-url": "http://testserver/annexes/?annee=2019"}
    response = client.get("/annexes/1/etp/", headers=PART | at)

    assert response["HX-Redirect"] == "/connexion/?next=%2Fannexes%2F%3Fannee%3D2019"
    assert response.content == b""


def test_a_line_of_a_list_takes_the_new_mark_and_is_sent_by_hand(address):
    world, _ = address
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.people[DIRECTION])
    client.get("/")
    stale = {"etp": "12", "csrfmiddlewaretoken": "a" * 64}

    response = client.post("/annexes/1/etp/", stale, headers=PART)

    text = response.content.decode()
    assert response["HX-Retarget"] == "#dit"
    assert 'name="csrfmiddlewaretoken" value="' in text
    assert "hx-post" not in text


def test_a_whole_form_shows_again_what_was_typed(client, address):
    _, url = address
    data = {"public": "Jeunes sortis\nde l’école", "csrfmiddlewaretoken": "s3cret"}
    response = client.post(url, data, headers={"referer": f"http://testserver{url}"})
    text = response.content.decode()
    assert response.status_code == 401
    assert "Jeunes sortis" in text
    assert "s3cret" not in text
    assert "next=%2Fconventions%2F" in text


def test_a_page_is_asked_for_again_after_signing_in(client, address):
    _, url = address
    assert client.get(url)["Location"].startswith("/connexion/?next=")


def test_a_mark_of_another_session_is_renewed_for_a_part_of_a_page(address):
    world, url = address
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.people[DIRECTION])
    client.get(url)
    stale = {"public": "Jeunes", "csrfmiddlewaretoken": "a" * 64}

    text = client.post(url, stale, headers=SAVING).content.decode()

    assert "Vous êtes de nouveau connecté" in text
    assert 'name="csrfmiddlewaretoken" value="' in text


def test_a_whole_form_with_a_stale_mark_is_refused(address):
    world, url = address
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.people[DIRECTION])
    response = client.post(url, {"public": "Jeunes"})

    assert response.status_code == 403
    assert "<li>Jeunes</li>" in response.content.decode()


def test_with_every_cookie_gone_a_line_stays_with_what_was_typed():
    client = Client(enforce_csrf_checks=True)

    response = client.post("/annexes/1/etp/", {"etp": "12"}, headers=PART)

    assert (response["HX-Retarget"], response["HX-Reswap"]) == ("#dit", "innerHTML")
    assert "Vous n’êtes plus connecté" in response.content.decode()


def test_with_every_cookie_gone_a_whole_form_shows_again_what_was_typed(address):
    _, url = address
    client = Client(enforce_csrf_checks=True)

    response = client.post(url, {"public": "Jeunes sortis de l’école"})

    assert response.status_code == 401
    assert "Jeunes sortis de l’école" in response.content.decode()
