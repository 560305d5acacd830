"""docs/lifecycle.md says what the table says."""

from pathlib import Path

import pytest

from funding.management.lifecycle_page import PAGE, page


def test_the_page_is_the_table():
    message = (
        "docs/lifecycle.md is stale: run `python -m funding.management.lifecycle_page`."
    )
    assert PAGE.read_text(encoding="utf-8") == page(), message


@pytest.mark.parametrize("path", ["README.md", "docs/guide/agent.md"])
def test_the_envelopes_of_2020_are_said_to_wait_for_their_notification(path):
    text = " ".join(Path(path).read_text(encoding="utf-8").split())
    button = "Enregistrer un mouvement"

    assert "ne sont pas encore notifiées" in text
    assert f"**Enveloppes**, 2020, un chiffre, puis « {button} »" in text
    page = Path("templates/funding/transfers.html").read_text(encoding="utf-8")
    assert button in page
