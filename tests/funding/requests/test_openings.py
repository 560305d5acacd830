"""Each total of a request opens on the lines it sums, or on what makes it."""

from decimal import Decimal

import pytest

from funding.figures.request_explained import explain_request
from funding.figures.requests import dossier_of
from tests.funding.opened import amounts
from tests.funding.requests.test_pages import page
from tests.funding.requests.world import AGENT, DAY, DIRECTION, STRANGER, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]
CODES = ["charges", "produits", "solde", "ventes", "etp-2020", "aide-2021"]
SUMS = [code for code in CODES if code != "ventes"]
QUERIES = 15


@pytest.fixture
def world():
    return make_world()


def explained(world, code):
    dossier = dossier_of(world.convention, on=DAY)
    return explain_request(dossier, code, on=DAY)


@pytest.mark.parametrize("code", SUMS)
def test_the_rows_add_up_to_the_figure(world, code):
    figure = explained(world, code)

    assert figure.value == figure.sum
    assert figure.value


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("actor", [AGENT, DIRECTION])
def test_each_is_a_page(client, world, actor, code, django_assert_max_num_queries):
    client.force_login(world.people[actor])
    with django_assert_max_num_queries(QUERIES):
        response = client.get(f"/conventions/{world.convention.pk}/calcul/{code}/")
    assert response.status_code == 200
    text = response.content.decode()
    assert ("La somme des lignes est égale au chiffre" in text) == (code in SUMS)


@pytest.mark.parametrize("code", ["rien", "etp-2019", "etp", "charges-2020", "x-2020"])
def test_no_other_figure_exists(client, world, code):
    page(client, world, AGENT, f"calcul/{code}/", status=404)


def test_a_stranger_opens_none(client, world):
    page(client, world, STRANGER, "calcul/charges/", status=404)


def test_an_aid_says_its_product_and_its_text(world):
    figure = explained(world, "aide-2020")

    etp, unit, months = (it.value for it in figure.inputs)
    assert (etp * unit, months) == (figure.value, 12)
    assert figure.law[0].parameter == "montant_socle"


def test_sales_are_beside_what_the_law_allows(world):
    figure = explained(world, "ventes")

    sold, spent = (it.value for it in figure.inputs)
    assert figure.value == sold / spent
    assert [it.kind for it in figure.law] == ["ORDINAIRE", "DEROGATION"]


@pytest.mark.parametrize(
    "end, codes",
    [
        ("", {"charges", "produits", "etp-2020", "ventes", "aide-2020"}),
        ("demande/budget/", {"charges", "produits", "solde", "ventes", "aide-2020"}),
        ("demande/postes/", {"aide-2020", "aide-2021", "aide-2022"}),
        ("demande/envoi/", {"charges", "produits"}),
    ],
)
def test_the_totals_of_a_page_open(client, world, end, codes):
    text = page(client, world, DIRECTION, end)

    start = f'href="/conventions/{world.convention.pk}/calcul/'
    for code in codes:
        assert f'{start}{code}/"' in text, code
    for url, shown in amounts(text, "/calcul/"):
        assert f">{shown}<" in client.get(url).content.decode(), url


def test_what_is_not_filled_opens_nothing(client):
    world = make_world(filled=False)
    for end in ("", "demande/budget/", "demande/postes/", "demande/envoi/"):
        assert "/calcul/" not in page(client, world, DIRECTION, end)


def test_an_aid_before_any_text_does_not_exist(world):
    world.convention.starts_on = world.convention.starts_on.replace(year=1999)

    assert explained(world, "aide-2020") is None


def test_posts_of_a_year_are_its_sum(world):
    assert explained(world, "etp-2022").value == Decimal(10)
