"""A request filled in a browser: saved alone, in two windows, through a lost session."""

import pytest
from playwright.sync_api import expect

from tests.e2e import checks
from tests.e2e.pages import DESK

pytestmark = pytest.mark.e2e
STEP = "/conventions/{request}/demande/{step}/"


@pytest.fixture
def window(signed_in, site):
    """Windows of one person, closed after the test; each keeps what it complains of."""
    opened = []

    def go(step, role="direction"):
        page = signed_in(role, DESK).new_page()
        page.goto(STEP.format(request=site[1]["request"], step=step))
        opened.append(page)
        return page

    yield go
    for page in opened:
        assert page.evaluate("window.violations") == []
        page.on("dialog", lambda dialog: dialog.accept())
        page.close()


def status(page):
    return page.locator("#etat")


def test_what_is_typed_is_saved_without_a_click_and_read_on_another_machine(window):
    page = window("moyens")
    page.get_by_label("Encadrement technique, en ETP").fill("2,5")
    page.get_by_label("Locaux et matériel").fill("Un atelier de 200 m²")
    expect(status(page)).to_contain_text("Enregistré à")
    expect(page.locator("#bilan")).not_to_contain_text("locaux et matériel")
    assert list(checks.accessibility(page)) == []

    other = window("moyens", role="agent")
    field = other.get_by_label("Encadrement technique, en ETP")
    expect(field).to_have_value("2,50")


def test_two_windows_show_both_values_and_one_is_kept(window):
    first, second = window("projet"), window("projet")
    label = "Territoire d’intervention"
    first.get_by_label(label).fill("Lens")
    expect(status(first)).to_contain_text("Enregistré à")
    second.get_by_label(label).fill("Arras")
    expect(status(second)).to_contain_text("« Lens ». Ici : « Arras »")
    expect(second.get_by_label(label)).to_have_value("Arras")
    assert list(checks.accessibility(second)) == []

    second.get_by_role("button", name="Garder ce que j’ai tapé ici").click()
    expect(second.get_by_role("alert")).to_have_count(0)
    first.reload()
    expect(first.get_by_label(label)).to_have_value("Arras")


def test_a_figure_that_cannot_be_read_is_told_beside_what_is_saved(window):
    page = window("budget")
    page.get_by_label("Autres charges").fill("beaucoup")
    page.get_by_label("Conseil régional").fill("12 000")
    expect(status(page)).to_contain_text("Saisissez un nombre")
    expect(page.locator("#bilan")).to_contain_text("12\u202f000,00")
    expect(page.get_by_label("Autres charges")).to_have_value("beaucoup")
    page.get_by_label("Autres charges").fill("")
    expect(status(page)).not_to_contain_text("Saisissez un nombre")


def test_a_lost_session_loses_nothing(window, signed_in, site):
    page = window("projet")
    context = page.context
    before = context.cookies()
    context.clear_cookies(name="sessionid")
    page.get_by_label("Personnes accueillies").fill("Des jeunes sans diplôme")
    expect(status(page)).to_contain_text("Vous n’êtes plus connecté")
    expect(page.get_by_label("Personnes accueillies")).to_have_value(
        "Des jeunes sans diplôme"
    )

    # Signed in again in another window: the mark of the form is another one.
    kept = [one for one in before if one["name"] == "sessionid"]
    context.add_cookies(kept)
    context.add_cookies([{"name": "csrftoken", "value": "b" * 32, "url": site[0]}])
    page.get_by_label("Personnes accueillies").press("End")
    page.keyboard.type(" de Lens")
    expect(status(page)).to_contain_text("Enregistré à")
    page.reload()
    expect(page.get_by_label("Personnes accueillies")).to_have_value(
        "Des jeunes sans diplôme de Lens"
    )


def test_a_cut_connection_is_said(window):
    page = window("moyens")
    page.route("**/demande/moyens/", lambda route: route.abort())
    page.get_by_label("Formation des salariés").fill("CACES")
    expect(status(page)).to_contain_text("la connexion est coupée")
    page.unroute("**/demande/moyens/")
    page.get_by_label("Formation des salariés").fill("CACES et FLE")
    expect(status(page)).to_contain_text("Enregistré à")


def test_the_button_saves_and_goes_on(window):
    page = window("moyens")
    page.get_by_role("button", name="Enregistrer et continuer").click()
    expect(page.get_by_role("heading", level=2)).to_contain_text("Postes demandés")


def test_a_file_forgotten_is_said_beside_its_field(window):
    page = window("pieces")
    page.get_by_role("button", name="Joindre la pièce").click()
    expect(page.get_by_role("alert")).to_contain_text("La pièce n’est pas jointe")
    assert list(checks.accessibility(page)) == []


def test_the_minutes_print_without_the_frame_of_the_site(signed_in, site):
    page = signed_in("agent", DESK).new_page()
    page.goto(f"/cdiae/{site[1]['closed']}/proces-verbal/")
    page.emulate_media(media="print")
    expect(page.get_by_role("banner")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.close()
