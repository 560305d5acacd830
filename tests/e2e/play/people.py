"""Those who live the year, each in a window of their own, and what they do on any page."""

import re

from playwright.sync_api import expect

from structures.actions.demo_accounts import PASSWORD

# A campaign, a year printed: what takes the time it takes.
MILLISECONDS = 60_000


class Person:
    """Somebody signed in, with the window they keep all year."""

    def __init__(self, page, office):
        self.page, self.office = page, office

    def goes(self, address):
        self.page.goto(f"{self.office.url}{address}")
        return self.page

    def reads(self, words):
        expect(self.page.get_by_role("main")).to_contain_text(words)

    def fills(self, **fields):
        """Each field of the main form, by the name the server gives it."""
        for name, value in fields.items():
            field = self.page.locator(f"main form [name={name}]:not([type=hidden])")
            if field.evaluate("one => one.tagName") == "SELECT":
                options = field.locator("option")
                labels = options.all_inner_texts()
                key = "label" if value in labels else "value"
                field.select_option(**{key: value})
            else:
                field.fill(value)
        return self

    def sends(self):
        """The only form of the page, by its button."""
        self.page.locator("main form [type=submit]").last.click()
        return self

    def presses(self, name):
        """A button, or a link that looks like one; the first of that name."""
        main = self.page.get_by_role("main")
        asked = re.compile(name)
        found = main.get_by_role("button", name=asked)
        found.or_(main.get_by_role("link", name=asked)).first.click()
        return self

    def does(self, act, *, reason=""):
        """An act of the table, from the page of its file: its page, then its button."""
        self.presses(f"^{act}$")
        if reason:
            self.fills(reason=reason)
        self.presses(f"^{act}$")
        self.reads(f"{act} : c’est fait.")
        return self


def amount(euros):
    """As people type it."""
    return f"{euros}".replace(".", ",")


def sign_in(page, url, name):
    page.goto(f"{url}/connexion/")
    page.get_by_label("Adresse électronique").fill(f"{name}@exemple.invalid")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("button", name="Se déconnecter")).to_be_attached()
