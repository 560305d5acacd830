"""The bench of an agent, by keyboard: ETP in their line, a file beside the list, views."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e import checks
from tests.e2e.pages import DESK, PHONE

pytestmark = pytest.mark.e2e
DRAFTS = "/annexes/?annee=2019&statut=DRAFT"


@pytest.fixture(params=[DESK, PHONE])
def page(signed_in, request):
    one = signed_in("agent", request.param).new_page()
    one.goto(DRAFTS)
    yield one
    one.close()


def pencil(page):
    return page.get_by_role("link", name=re.compile("Modifier les ETP")).first


def cell(page):
    return page.get_by_role("textbox", name=re.compile("ETP de "))


def test_etp_are_changed_in_their_line_by_keyboard(page):
    before = pencil(page).inner_text().strip()
    pencil(page).focus()
    page.keyboard.press("Enter")
    expect(cell(page)).to_be_focused()
    assert list(checks.accessibility(page)) == []
    page.keyboard.type("-3")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("ne peuvent pas être négatifs")
    expect(cell(page)).to_have_value("-3")
    assert list(checks.accessibility(page)) == []
    cell(page).fill("3,25")
    page.keyboard.press("Enter")
    expect(page.locator("#dit")).to_contain_text("3,25 ETP, enregistré")
    expect(page.locator("#total-etp")).to_have_text("3,25")
    expect(pencil(page)).to_be_focused()
    page.keyboard.press("Enter")
    cell(page).fill(before)
    page.keyboard.press("Escape")
    expect(pencil(page)).to_contain_text("3,25")


def test_arrows_go_from_pencil_to_pencil_and_stay_in_an_open_cell(signed_in):
    """What docs/guide/agent.md says of the keys."""
    page = signed_in("agent", DESK).new_page()
    page.goto("/annexes/?annee=2020")
    pencils = page.get_by_role("link", name=re.compile("Modifier les ETP"))
    pencils.nth(0).focus()
    page.keyboard.press("ArrowDown")
    expect(pencils.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(pencils.nth(0)).to_be_focused()
    page.keyboard.press("Enter")
    expect(cell(page)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(cell(page)).to_be_focused()
    page.keyboard.press("Tab")
    expect(
        page.get_by_role("button", name=re.compile("Enregistrer les"))
    ).to_be_focused()
    page.keyboard.press("Escape")
    expect(pencils.nth(0)).to_be_focused()
    guide = Path("docs/guide/agent.md").read_text(encoding="utf-8")
    assert "tant\nqu’elle est ouverte, les flèches restent dedans" in guide
    page.close()


def test_a_file_is_read_beside_the_list_and_left(signed_in):
    page = signed_in("agent", DESK).new_page()
    page.goto(DRAFTS)
    opener = page.get_by_role("link", name=re.compile("Aperçu de")).first
    opener.focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("complementary", name="Aperçu du dossier")
    expect(panel.get_by_role("heading", level=2)).to_be_focused()
    assert list(checks.accessibility(page)) == []
    assert page.evaluate(checks.MEASURE)["wide"] == 0
    page.keyboard.press("Escape")
    expect(panel.get_by_role("heading", level=2)).to_have_count(0)
    expect(opener).to_be_focused()
    page.close()


def test_columns_are_chosen_and_the_view_kept_under_a_name(page):
    page.get_by_text("Colonnes", exact=True).click()
    page.get_by_label("Commune", exact=True).check(force=True)
    assert list(checks.accessibility(page)) == []
    page.get_by_role("button", name="Montrer ces colonnes").click()
    expect(page).to_have_url(re.compile("colonnes=commune"))
    page.get_by_text("Enregistrer cette vue").click()
    page.get_by_label("Nom de la vue").fill("Brouillons par commune")
    page.get_by_role("button", name="Enregistrer la vue").click()
    mine = page.get_by_role("navigation", name="Mes vues")
    expect(mine.get_by_role("link", name="Brouillons par commune")).to_have_attribute(
        "aria-current", "page"
    )
    assert list(checks.accessibility(page)) == []


def test_a_lot_is_seen_then_done_row_by_row(page):
    page.locator("input[name=version]").first.check(force=True)
    page.get_by_label("Acte").select_option("SUBMIT")
    page.get_by_role("button", name="Voir ce qui se passera").click()
    expect(page.get_by_role("main")).to_contain_text("Rien n’est encore fait")
    assert list(checks.accessibility(page)) == []
    assert page.evaluate(checks.MEASURE)["wide"] == 0
