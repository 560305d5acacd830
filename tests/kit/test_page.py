"""docs/rules.md says what the kit says."""

from decimal import Decimal

import pytest

from tests.kit.page import PAGE, page, shown
from tests.kit.reading import all_rules


def test_the_page_is_current():
    message = "docs/rules.md is stale: run `python -m tests.kit` and commit it."
    assert PAGE.read_text(encoding="utf-8") == page(), message


@pytest.mark.parametrize("rule", all_rules().values(), ids=lambda rule: rule.id)
def test_every_rule_is_on_the_page(rule):
    assert f"## {rule.id}. {rule.title}" in page()


@pytest.mark.parametrize(
    "value, text",
    [
        (True, "oui"),
        (20_199, "20\u202f199"),
        (Decimal("315104.40"), "315\u202f104,40"),
        (2019, "2019"),
        ([{"law": "montant_socle", "kind": "ACI"}], "[loi(montant_socle ACI)]"),
        ({"law": "pass_duree", "since": True}, "effet de loi(pass_duree)"),
        ({"state": "VALIDE"}, "state : VALIDE"),
    ],
)
def test_values_are_shown_in_french(value, text):
    assert shown(value) == text
