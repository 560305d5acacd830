"""Signing in and out, one’s account, help, the pages of errors."""

import pytest
from django.test import Client

from tests.structures.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "une-phrase-de-passe-longue"


@pytest.fixture
def somebody():
    user = UserFactory(email="anne@exemple.invalid")
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client, email="anne@exemple.invalid", password=PASSWORD, **more):
    return client.post("/connexion/", {"username": email, "password": password, **more})


def test_the_address_is_compared_without_case(client, somebody):
    assert sign_in(client, email="Anne@Exemple.invalid").url == "/"


def test_the_page_asked_for_comes_back_but_never_another_site(client, somebody):
    assert sign_in(client, next="/structures/").url == "/structures/"
    client.post("/deconnexion/")
    assert sign_in(client, next="https://ailleurs.example/").url == "/"


def test_a_wrong_password_says_what_to_check(client, somebody):
    text = sign_in(client, password="faux").content.decode()
    assert "ne vont pas ensemble" in text
    assert 'value="anne@exemple.invalid"' in text


def test_a_closed_account_does_not_enter(client, somebody):
    somebody.is_active = False
    somebody.save()
    assert "ne vont pas ensemble" in sign_in(client).content.decode()


def test_signing_out_is_not_a_link(client, somebody):
    client.force_login(somebody)
    assert client.get("/deconnexion/").status_code == 405
    assert client.post("/deconnexion/").url == "/connexion/"


def test_a_password_is_changed_and_said(client, somebody):
    client.force_login(somebody)
    response = client.post(
        "/compte/mot-de-passe/",
        {
            "old_password": PASSWORD,
            "new_password1": "une-autre-phrase-longue",
            "new_password2": "une-autre-phrase-longue",
        },
        follow=True,
    )
    assert "Votre mot de passe est changé." in response.content.decode()


def test_a_short_password_is_refused(client, somebody):
    client.force_login(somebody)
    response = client.post(
        "/compte/mot-de-passe/",
        {"old_password": PASSWORD, "new_password1": "court", "new_password2": "court"},
    )
    assert "trop court" in response.content.decode()


def test_the_account_lists_what_one_acts_for(client):
    membership = MembershipFactory()
    client.force_login(membership.user)
    assert membership.structure.name in client.get("/compte/").content.decode()


@pytest.mark.parametrize("url", ["/aide/", "/galerie/", "/valeurs-legales/"])
def test_common_pages_open_for_anybody_signed_in(client, url):
    client.force_login(UserFactory())
    assert client.get(url).status_code == 200


def test_the_gallery_is_for_staff_outside_a_demonstration(client, settings):
    settings.DEMO = False
    client.force_login(UserFactory())
    assert client.get("/galerie/").status_code == 404


def test_the_strip_says_that_data_are_simulated(client, settings):
    assert "Données simulées" in client.get("/connexion/").content.decode()
    settings.DEMO = False
    assert "Données simulées" not in client.get("/connexion/").content.decode()


def test_the_page_is_the_same_whatever_the_language_of_the_browser(client):
    french, english = (
        client.get("/accessibilite/", headers={"accept-language": language})
        for language in ("fr", "en")
    )
    assert french.content == english.content


def test_an_expired_form_says_so(somebody):
    client = Client(enforce_csrf_checks=True)
    response = sign_in(client)
    assert response.status_code == 403
    assert "Ce formulaire a expiré" in response.content.decode()


def test_a_page_that_does_not_exist_says_where_to_go(client):
    client.force_login(UserFactory())
    response = client.get("/inconnu/")
    assert response.status_code == 404
    assert "Revenir à l’accueil" in response.content.decode()


def test_a_failure_has_a_page_that_needs_nothing(client, monkeypatch):
    def fail(*args, **kwargs):
        raise ValueError

    client.raise_request_exception = False
    monkeypatch.setattr("structures.views.account.render", fail)
    response = client.get("/accessibilite/")
    assert response.status_code == 500
    assert "Le service est en panne" in response.content.decode()
