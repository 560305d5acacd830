"""Every page of every role, on a desk and on a phone, passes the nine checks."""

import pytest

from tests.e2e import checks
from tests.e2e.pages import CASES, DESK, GONE, HEIGHT, LISTS, PHONE

pytestmark = pytest.mark.e2e
SETTLED = """(one) => Promise.all(
  one.getAnimations({subtree: true}).map((each) => each.finished))"""


def address_of(case, keys):
    return case.removeprefix(LISTS).removeprefix(GONE).format_map(keys)


def opened(context, address, complaints, *, is_refused=False):
    """The page once loaded; what its console and the answers of its parts complain of.

    A refused page is reported by the browser as an error: of that address alone, it is
    what was asked for.
    """
    page = context.new_page()

    def is_expected(url):
        return is_refused and url.endswith(address)

    def said(message):
        is_bad = message.type in {"error", "warning"}
        if is_bad and not is_expected(message.location["url"]):
            complaints.append(f"console: {message.text}")

    def answered(response):
        if response.status >= 400 and not is_expected(response.url):
            complaints.append(f"{response.status}: {response.url}")

    page.on("console", said)
    page.on("response", answered)
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    page.on("requestfailed", lambda one: complaints.append(f"request: {one.url}"))
    return page, page.goto(address)


def open_everything(page):
    """4. Each dialog, menu and fold, opened then closed as a person would."""
    for opener in page.locator("[aria-controls][data-fr-opened=false]").all():
        if not opener.is_visible():
            continue
        target = page.locator(f"#{opener.get_attribute('aria-controls')}")
        opener.click()
        target.wait_for(state="visible")
        target.evaluate(SETTLED)
        yield target
        page.keyboard.press("Escape")
        target.wait_for(state="hidden")
    for fold in page.locator("button[aria-controls][aria-expanded=false]").all():
        if fold.is_visible():
            inside = page.locator(f"#{fold.get_attribute('aria-controls')} button")
            fold.click()
            inside.wait_for(state="visible")


@pytest.mark.parametrize("role, case", CASES)
def test_page(signed_in, site, role, case):
    """Opened on a desk, then narrowed to a phone: most of its time is in its loading."""
    address = address_of(case, site[1])
    context = signed_in(role, DESK)
    complaints = []
    is_refused = case.startswith(GONE)
    page, response = opened(context, address, complaints, is_refused=is_refused)
    assert response.status in ({403, 404} if is_refused else {200})
    complaints += checks.promptness(response)
    complaints += source_of(context, address, response.text())
    for width in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        is_list = case.startswith(LISTS) and width == DESK
        complaints += (f"{width} px: {one}" for one in looked_at(page, is_list))
    complaints += page.evaluate("window.violations")
    page.close()
    assert complaints == []


def looked_at(page, is_list):
    """What is wrong with the page at the width it has."""
    yield from page.evaluate(checks.PICTURES)
    yield from checks.layout(page.evaluate(checks.MEASURE), is_list=is_list)
    yield from checks.accessibility(page)
    for target in open_everything(page):
        if target.get_attribute("id").startswith("dialogue-"):
            yield from checks.accessibility(page)


def source_of(context, address, english):
    """What the server sends to the browser, which asks for English, then in French."""
    answer = context.request.get(address, headers={"Accept-Language": "fr"})
    yield from checks.source(answer.text())
    yield from checks.language(answer.text(), english)
