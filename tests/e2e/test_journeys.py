"""What a person does from page to page, with a script and without."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.pages import DESK, PHONE
from tests.e2e.world import PASSWORD

pytestmark = pytest.mark.e2e


@pytest.fixture
def page(signed_in):
    pages = []

    def go(role, width, address):
        pages.append(signed_in(role, width).new_page())
        pages[0].goto(address)
        return pages[0]

    yield go
    pages[0].close()


def test_a_wrong_password_says_what_to_check(page):
    one = page("", DESK, "/connexion/")
    one.get_by_label("Adresse électronique").fill("agent@exemple.invalid")
    one.get_by_label("Mot de passe").fill("faux")
    one.get_by_role("button", name="Se connecter").click()
    expect(one.get_by_role("alert")).to_contain_text("ne vont pas ensemble")


def test_a_person_signs_in_on_the_page_asked_for_and_out(browser, site):
    url, _ = site
    one = browser.new_context(base_url=url).new_page()
    one.goto("/structures/")
    one.get_by_label("Adresse électronique").fill("agent@exemple.invalid")
    one.get_by_label("Mot de passe").fill(PASSWORD)
    one.get_by_role("button", name="Se connecter").click()
    expect(one.get_by_role("heading", level=1)).to_have_text("Structures")
    one.get_by_role("button", name="Se déconnecter").click()
    expect(one).to_have_url(f"{url}/connexion/")
    one.context.close()


def test_filters_live_in_the_address_and_leave_by_their_chip(page):
    one = page("agent", DESK, "/structures/?type=ACI")
    one.get_by_label("Nom, commune ou SIRET").fill("elan")
    one.get_by_role("button", name="Filtrer").click()
    expect(one).to_have_url(re.compile(r"type=ACI.*q=elan"))
    expect(one.locator("main tbody tr")).to_have_count(1)
    one.get_by_role("link", name="Retirer le filtre").click()
    expect(one.locator("main tbody tr")).to_have_count(5)


def test_a_figure_of_an_envelope_opens_transfers_that_add_up(page):
    one = page("agent", DESK, "/enveloppes/")
    one.locator("main td a").first.click()
    expect(one.get_by_role("main")).to_contain_text("égale au solde du grand livre")


def test_a_running_campaign_asks_for_itself_again(page, site):
    one = page("agent", DESK, f"/campagnes/{site[1]['waiting']}/")
    with one.expect_response("**/avancement/") as asked:
        pass
    assert asked.value.ok
    expect(one.get_by_role("progressbar")).to_be_visible()


def test_the_menu_of_a_phone_opens_every_entry(page):
    one = page("agent", PHONE, "/")
    one.get_by_role("button", name="Menu").click()
    one.get_by_role("navigation", name="Menu principal").get_by_text("Parcours").click()
    expect(one.get_by_role("heading", level=1)).to_have_text("Parcours")


def test_the_back_office_has_its_own_policy_and_says_nothing(signed_in, site):
    context = signed_in("admin", DESK)
    page, complaints = context.new_page(), []
    page.on("console", lambda one: complaints.append(one.text))
    for path in (
        "",
        "structures/user/",
        "structures/legalvalue/add/",
        "funding/envelope/",
    ):
        response = page.goto(f"/admin/{path}")
        assert response.ok
        assert "'unsafe-eval'" in response.headers["content-security-policy"]
        complaints += page.evaluate("window.violations")
    page.close()
    assert complaints == []
