"""A session that ends while somebody types: a sentence, and nothing is lost."""

import pytest
from django.test import Client

from tests.funding.requests.world import DIRECTION, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]


@pytest.fixture
def address():
    world = make_world()
    return world, f"/conventions/{world.convention.pk}/demande/projet/"


def test_a_part_of_a_page_says_to_sign_in_elsewhere_and_is_not_replaced(
    client, address
):
    _, url = address
    response = client.post(url, {"public": "Jeunes"}, headers={"hx-request": "true"})
    assert response.status_code == 200
    text = response.content.decode()
    assert "ce que vous avez tapé reste dans cette page" in text
    assert "<html" not in text


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

    text = client.post(url, stale, headers={"hx-request": "true"}).content.decode()

    assert "Vous êtes de nouveau connecté" in text
    assert 'name="csrfmiddlewaretoken" value="' in text


def test_a_whole_form_with_a_stale_mark_is_refused(address):
    world, url = address
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.people[DIRECTION])
    assert client.post(url, {"public": "Jeunes"}).status_code == 403
