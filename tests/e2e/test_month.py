"""The month of a structure: typed by keyboard, kept whatever happens, validated, read."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e import checks
from tests.e2e.pages import DESK, PHONE

pytestmark = pytest.mark.e2e
CLOSED = "2019-09"


@pytest.fixture
def grid(signed_in, site):
    """A month nobody opened yet, in front of who types it."""
    _, keys = site
    opened = []

    def at(role="gestionnaire", month="2019-10", width=DESK):
        page = signed_in(role, width).new_page()
        opened.append(page)
        page.goto(f"/conventions/{keys['hours']}/mois/{month}/")
        return page

    yield at
    for page in opened:
        if not page.is_closed():
            page.evaluate("localStorage.clear()")
            page.close()


def cell(page, line, name):
    row = page.locator("tr[data-contract]").nth(line)
    return row.locator(f'[data-c="{name}"]')


def saved(page):
    expect(page.locator("#etat")).to_have_text("Enregistré.")


def emptied(page):
    """The month as it was, for the test that comes after."""
    page.locator('[data-c="mois"]').first.click()
    for _ in range(page.locator("tr[data-contract]").count()):
        page.keyboard.press("Home")
        page.keyboard.press("Shift+End")
        page.keyboard.press("Delete")
        page.keyboard.press("Home")
        page.keyboard.press("ArrowDown")
    saved(page)


def test_hours_are_typed_by_keyboard_and_the_figures_follow(grid):
    page = grid()
    cell(page, 0, "02").click()
    page.keyboard.type("7")
    page.keyboard.press("Tab")
    page.keyboard.type("cp")
    page.keyboard.press("Tab")
    page.keyboard.type("4 ma")
    page.keyboard.press("Enter")
    saved(page)

    expect(cell(page, 0, "03")).to_have_text("CP5,2")
    expect(cell(page, 0, "04")).to_have_text("4 MA1,2")
    expect(page.locator("tr[data-contract]").first).to_contain_text("16,20")
    expect(page.locator("#chiffres")).to_contain_text("0,11")
    assert list(checks.accessibility(page)) == []
    page.reload()
    expect(cell(page, 0, "03")).to_have_text("CP5,2")
    emptied(page)


def test_a_cell_is_copied_down_and_pasted_from_a_sheet(grid):
    page = grid()
    cell(page, 0, "05").click()
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    cell(page, 0, "05").click()
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Control+b")
    saved(page)
    expect(cell(page, 2, "05")).to_have_text("7")

    page.evaluate(PASTE, "6\t5\n4\t3\n")
    saved(page)
    expect(cell(page, 1, "06")).to_have_text("3")
    emptied(page)


PASTE = """(text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  document.activeElement.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def test_two_windows_never_write_over_each_other_silently(grid):
    mine, theirs = grid(), grid()
    cell(theirs, 0, "09").click()
    theirs.keyboard.type("6")
    theirs.keyboard.press("Enter")
    saved(theirs)
    cell(mine, 0, "09").click()
    mine.keyboard.type("5")
    mine.keyboard.press("Enter")

    expect(mine.locator("#etat")).to_contain_text("Quelqu’un a écrit « 6 » ici")
    expect(cell(mine, 0, "09")).to_have_text("5")
    cell(mine, 0, "09").click()
    mine.keyboard.type("5,5")
    mine.keyboard.press("Enter")
    saved(mine)
    emptied(mine)


def test_what_was_typed_without_the_network_is_saved_when_it_is_back(grid):
    page = grid()
    page.context.set_offline(True)
    try:
        cell(page, 0, "10").click()
        page.keyboard.type("7")
        page.keyboard.press("Enter")
        expect(page.locator("#etat")).to_contain_text("gardé dans ce navigateur")
    finally:
        page.context.set_offline(False)
    saved(page)
    page.reload()
    expect(cell(page, 0, "10")).to_have_text("7")
    emptied(page)


def test_closing_the_browser_loses_nothing(grid):
    page = grid()
    page.context.route("**/cases/", lambda route: route.abort())
    cell(page, 0, "11").click()
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    expect(page.locator("#etat")).to_contain_text("gardé dans ce navigateur")
    page.close()
    again = grid()
    again.context.unroute("**/cases/")
    again.reload()
    expect(cell(again, 0, "11")).to_have_text("7")
    again.evaluate("localStorage.clear()")
    again.reload()

    expect(cell(again, 0, "11")).to_have_text("7")
    emptied(again)


def test_the_month_is_filled_proposed_validated_and_read_by_the_service(grid):
    page = grid(month=CLOSED)
    page.get_by_role("button", name="Remplir les lignes vides avec le prévu").click()
    saved(page)
    figures = page.locator("#chiffres dd")
    seen = [figures.nth(n).evaluate("it => it.firstChild.textContent") for n in (0, 2)]
    page.reload()
    page.get_by_role("link", name="Proposer à la validation").click()
    page.get_by_role("button", name="Proposer à la validation").click()

    head = grid("direction", CLOSED)
    head.get_by_role("link", name="Valider le mois").click()
    assert list(checks.accessibility(head)) == []
    head.get_by_role("button", name="Valider le mois").click()
    expect(head.locator("#contenu")).to_contain_text("Septembre 2019 : Validé")

    service = grid("agent", CLOSED)
    read = service.locator(".iae-summary dd")
    assert [
        read.nth(n).evaluate("it => it.firstChild.textContent.trim()") for n in (0, 2)
    ] == [it.strip() for it in seen]
    assert list(checks.accessibility(service)) == []


def test_a_person_is_typed_on_a_phone(grid):
    page = grid("encadrant", "2019-08", PHONE)
    page.locator("tr[data-contract] th a").nth(2).click()
    page.get_by_label(re.compile("^J 8")).fill("7")
    page.get_by_role("button", name="Enregistrer", exact=True).click()

    expect(page).to_have_url(re.compile(r"/mois/2019-08/#c\d+$"))
    assert page.evaluate(checks.MEASURE)["wide"] == 0
