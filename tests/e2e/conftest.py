"""One database, one server, one browser for all the pages."""

import os
import shutil

import pytest
from django.db import connections, transaction
from playwright.sync_api import sync_playwright

from tests.conftest import _connect, _drop, _pointing_to, _recreate
from tests.e2e import checks, server
from tests.e2e.pages import DESK, HEIGHT, PHONE
from tests.e2e.world import write_world

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = "Il manque Chromium (Debian : apt-get install chromium)."
ARGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run"),
]
MILLISECONDS = 15_000
# Kept by the page itself, before any script of it runs.
LISTEN = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
"""


@pytest.fixture(scope="session")
def site(template_database, django_db_blocker, tmp_path_factory):
    """The address of a server over the small territory, and the keys of its records."""
    name = f"{template_database}_e2e"
    _recreate(name, template=template_database)
    before = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
    with django_db_blocker.unblock():
        with _pointing_to(name, before), transaction.atomic():
            keys = write_world()
        parameters = connections["default"].get_connection_params()
    with _connect("owner", name, autocommit=True) as connection:
        connection.execute("ANALYZE")  # as the server does by itself, a minute later
    log = tmp_path_factory.mktemp("e2e") / "server.log"
    with server.running(parameters, name, log) as url:
        yield url, keys
    _drop(name)


@pytest.fixture(scope="session")
def browser(site):
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.fail(MISSING)
    # Playwright’s loop runs in this thread: Django must not take it for its own.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def signed_in(browser, site):
    """The context of a width, with the open session of a role.

    One context a width, whatever the role: each new one would load the styles again.
    """
    url, keys = site
    contexts = {
        width: browser.new_context(
            base_url=url, viewport={"width": width, "height": HEIGHT}, locale="en-US"
        )
        for width in (DESK, PHONE)
    }
    for one in contexts.values():
        one.add_init_script(LISTEN + checks.AXE)
        one.set_default_timeout(MILLISECONDS)

    def context(role, width):
        contexts[width].clear_cookies()
        if role:
            value = keys["sessions"][role]
            cookie = {"name": "sessionid", "value": value, "url": url}
            contexts[width].add_cookies([cookie])
        return contexts[width]

    return context
