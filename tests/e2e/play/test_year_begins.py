"""The year 2019 of the Pas-de-Calais, begun in the browser by those who live it."""

import re

import pytest
from playwright.sync_api import expect

from funding.enums import Level, Line
from funding.models import AnnexeVersion, Envelope, Transfer
from structures.actions.demo_accounts import PASSWORD

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
MILLISECONDS = 60_000


@pytest.fixture(scope="module")
def people(office, browser):
    """`people(name)` is the page of somebody signed in once, whatever the day."""
    contexts = {}

    def page(name, day=None):
        if day:
            office.live(day)
        if name not in contexts:
            contexts[name] = browser.new_context(locale="fr-FR").new_page()
            contexts[name].set_default_timeout(MILLISECONDS)
            sign_in(contexts[name], office.url, name)
        return Person(contexts[name], office)

    yield page
    for one in contexts.values():
        one.context.close()


class Person:
    def __init__(self, page, office):
        self.page, self.office = page, office

    def goes(self, address):
        self.page.goto(f"{self.office.url}{address}")
        return self.page

    def reads(self, words):
        expect(self.page.get_by_role("main")).to_contain_text(words)


def sign_in(page, url, name):
    page.goto(f"{url}/connexion/")
    page.get_by_label("Adresse électronique").fill(f"{name}@exemple.invalid")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("button", name="Se déconnecter")).to_be_attached()


def envelope(line, level=Level.LINE):
    found = {"year": 2019, "line": line, "level": level}
    if level != Level.REGIONAL:
        found["departement"] = "62"
    return Envelope.objects.get(**found)


def moves(person, target, kind, amount, reference):
    """A movement asked for, shown with its effect, then confirmed."""
    page = person.goes(f"/enveloppes/{target.pk}/mouvement/")
    page.get_by_label("Nature").select_option(label=kind)
    page.get_by_label("Montant, en euros").fill(str(amount).replace(".", ","))
    page.get_by_label(re.compile("Référence")).fill(reference)
    page.locator("main form button[type=submit], main form input[type=submit]").click()
    person.reads("Rien n’est encore enregistré")
    page.locator("main form button[type=submit], main form input[type=submit]").click()
    person.reads("enregistrée")


def test_the_year_begins(office, people):
    """One test: each step stands on the one before it, and ends on an exact ledger."""
    for step in STEPS:
        step(office, people)
        assert office.proved(), step.__name__


def the_base_is_empty_of_2019(office, people):
    assert not AnnexeVersion.objects.filter(annexe__year=2019).exists()


def the_region_notifies_and_delegates(office, people):
    region = people("region", "2019-01-07")
    before = Transfer.objects.count()
    department = envelope(Line.FIE, Level.DEPARTMENTAL)
    above = envelope(Line.FIE, Level.REGIONAL)
    moves(region, above, "Notification", "12000000", "Circulaire provisoire")
    moves(region, department, "Délégation", "9500000", "UD 62")
    line = envelope(Line.IAE_SOCLE)
    agent = people("agent")
    moves(agent, line, "Délégation", "9500000", "Ligne IAE")
    moves(agent, envelope(Line.ERBM, Level.EARMARK), "Délégation", "1500000", "ERBM")
    moves(agent, envelope(Line.CD), "Notification", "2000000", "CAOM 2019")
    # What a région is notified of comes down from the nation: one movement more.
    assert Transfer.objects.count() == before + 6


STEPS = (the_base_is_empty_of_2019, the_region_notifies_and_delegates)
