"""docs/lifecycle.md says what the table says."""

from funding.management.lifecycle_page import PAGE, page


def test_the_page_is_the_table():
    message = (
        "docs/lifecycle.md is stale: run `python -m funding.management.lifecycle_page`."
    )
    assert PAGE.read_text(encoding="utf-8") == page(), message
