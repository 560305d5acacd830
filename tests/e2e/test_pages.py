"""Every page of every role, on a desk and on a phone, passes the nine checks."""

from contextlib import contextmanager

import pytest

from tests.e2e import checks
from tests.e2e.pages import CASES, DESK, GONE, HEIGHT, LISTS, PHONE

pytestmark = pytest.mark.e2e
ABORTED = "net::ERR_ABORTED"
REFUSALS = set()
POLLING = "[hx-trigger*=every], [hx-trigger*=load]"
SETTLED = """(one) => Promise.all(
  one.getAnimations({subtree: true}).map((each) => each.finished))"""


def address_of(case, keys):
    return case.removeprefix(LISTS).removeprefix(GONE).format_map(keys)


class Ear:
    """What the console of a page and the answers to its parts complain of.

    A refused page is reported by the browser as an error: of that address alone, it is
    what was asked for. A part asked for by the page before may be cut by this one.
    """

    def __init__(self, address, *, is_refused):
        self.address, self.is_refused, self.complaints = address, is_refused, []
        self.events = {
            "console": self.said,
            "response": self.answered,
            "pageerror": lambda error: self.complaints.append(f"script: {error}"),
            "requestfailed": self.failed,
        }

    def is_expected(self, url):
        return self.is_refused and url.endswith(self.address)

    def said(self, message):
        is_bad = message.type in {"error", "warning"}
        if is_bad and not self.is_expected(message.location["url"]):
            self.complaints.append(f"console: {message.text}")

    def answered(self, response):
        if response.status >= 400 and not self.is_expected(response.url):
            self.complaints.append(f"{response.status}: {response.url}")

    def failed(self, request):
        if not (request.failure == ABORTED and "hx-request" in request.headers):
            self.complaints.append(f"request: {request.url}")


@contextmanager
def opened(context, address, *, width=DESK, is_refused=False):
    """The one page of the context, gone to an address: a new one costs a second more."""
    page = context.pages[0] if context.pages else context.new_page()
    page.set_viewport_size({"width": width, "height": HEIGHT})
    ear = Ear(address, is_refused=is_refused)
    for event, heard in ear.events.items():
        page.on(event, heard)
    try:
        yield page, page.goto(address), ear.complaints
    finally:
        # A page that asks again by itself would ask in the name of the next role.
        if page.locator(POLLING).count():
            page.goto("about:blank")
        for event, heard in ear.events.items():
            page.remove_listener(event, heard)


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
    is_refused = case.startswith(GONE)
    context = signed_in(role, DESK)
    with opened(context, address, is_refused=is_refused) as (page, response, wrong):
        assert response.status in ({403, 404} if is_refused else {200})
        wrong += checks.promptness(response)
        wrong += source_of(context, address, response.text())
        if not is_refused or is_first(role, response.status):
            for width in (DESK, PHONE):
                page.set_viewport_size({"width": width, "height": HEIGHT})
                is_list = case.startswith(LISTS) and width == DESK
                wrong += (f"{width} px: {one}" for one in looked_at(page, is_list))
        wrong += page.evaluate("window.violations")
    assert wrong == []


def is_first(role, status):
    """A refusal is one page whatever was asked: a role looks at it once."""
    is_new = (role, status) not in REFUSALS
    REFUSALS.add((role, status))
    return is_new


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
