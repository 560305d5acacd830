"""A form sent with mistakes passes the same checks as the page it came from."""

import pytest

from tests.e2e import checks
from tests.e2e.pages import DESK, PHONE
from tests.e2e.test_pages import opened

pytestmark = pytest.mark.e2e
FORMS = [
    (
        *("", "/connexion/", "Se connecter"),
        {"Adresse électronique": "agent@exemple.invalid", "Mot de passe": "faux"},
    ),
    ("", "/connexion/", "Se connecter", {}),
    (
        *("agent", "/compte/mot-de-passe/", "Changer le mot de passe"),
        {"Ancien mot de passe": "faux", "Nouveau mot de passe": "court"},
    ),
    ("agent", "/compte/mot-de-passe/", "Changer le mot de passe", {}),
    (
        *("agent", "/campagnes/", "Lancer la campagne"),
        {"Année des conventions": "1999", "Date de référence": ""},
    ),
]


@pytest.mark.parametrize("width", [DESK, PHONE])
@pytest.mark.parametrize("role, address, button, values", FORMS)
def test_a_form_in_error(signed_in, role, address, button, values, width):
    context = signed_in(role, width)
    with opened(context, address, width=width) as (page, _, complaints):
        for label, value in values.items():
            page.get_by_label(label).first.fill(value)
        page.get_by_role("button", name=button).click()
        page.get_by_role("alert").first.wait_for(state="visible")
        complaints += checks.layout(page.evaluate(checks.MEASURE), is_list=False)
        complaints += checks.accessibility(page)
        complaints += page.evaluate("window.violations")
    assert complaints == []
