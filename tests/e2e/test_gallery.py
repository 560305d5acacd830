"""Components in each state; dialogs that cost money say how much."""

import pytest

from tests.e2e import checks
from tests.e2e.pages import DESK, PHONE
from tests.e2e.test_pages import open_everything, opened, source_of

pytestmark = pytest.mark.e2e
AMOUNTS = ["50\u202f000,00", "87\u202f500,00", "37\u202f500,00"]


@pytest.fixture
def gallery(signed_in, request):
    context = signed_in("admin", request.param)
    with opened(context, "/galerie/", width=request.param) as (page, response, wrong):
        yield page, wrong, response.text()


@pytest.mark.parametrize("gallery", [DESK, PHONE], indirect=True)
def test_every_state_of_every_component_passes(gallery):
    page, complaints, english = gallery
    complaints += checks.layout(page.evaluate(checks.MEASURE), is_list=False)
    complaints += checks.accessibility(page)
    complaints += [
        one for _ in open_everything(page) for one in checks.accessibility(page)
    ]
    complaints += page.evaluate("window.violations")
    complaints += source_of(page.context, "/galerie/", english)
    assert complaints == []


@pytest.mark.parametrize("gallery", [DESK], indirect=True)
def test_what_costs_money_says_how_much_before_and_after(gallery):
    page, *_ = gallery
    page.get_by_role("button", name="Accorder…").click()
    dialog = page.get_by_role("dialog")
    for place in (dialog, page.locator(".iae-confirm").first):
        words = place.inner_text()
        assert all(amount in words for amount in AMOUNTS)
        button = place.get_by_role("button", name="Accorder 50\u202f000,00\u00a0€")
        assert button.is_visible()


@pytest.mark.parametrize("gallery", [PHONE], indirect=True)
def test_on_a_phone_a_row_is_a_card(gallery):
    page, *_ = gallery
    cell = page.locator("td[data-label='Aide']").first
    label = cell.evaluate("one => getComputedStyle(one, '::before').content")
    assert label == '"Aide"'
    assert not page.locator("td[data-label='Depuis']").first.is_visible()
