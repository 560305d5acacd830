"""Published figures beside the computed ones, and the rows each opens."""

from decimal import Decimal

import pytest

from tests.funding.factories import PublishedFigureFactory
from tests.structures.factories import (
    AgencyFactory,
    CommuneFactory,
    ConventionFactory,
    DepartementFactory,
    MembershipFactory,
    StructureFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]
TABLE = "/campagnes/chiffres/"
SCOPE = {"departement": "62", "on": "2019-12-02"}


@pytest.fixture
def figure():
    ConventionFactory()
    return PublishedFigureFactory(code="structures", scope=SCOPE, value=Decimal(1))


def text_of(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return b"".join(response).decode()


def test_both_figures_their_gap_and_the_formula_are_shown(client, agent, figure):
    text = text_of(client, TABLE)
    for words in (figure.label, "Concordant", "convention signée", "122 structures"):
        assert words in text
    assert "1 sur 1\xa0chiffre comparé concorde" in text


def test_a_gap_is_loud(client, agent, figure):
    figure.value = Decimal(122)
    figure.save()
    text = text_of(client, TABLE)
    assert "−121" in text
    assert "Écart</span>" in text


def test_a_figure_opens_the_rows_behind_it(client, agent, figure):
    assert f'href="{TABLE}structures/"' in text_of(client, TABLE)
    text = text_of(client, f"{TABLE}structures/")
    structure = ConventionFactory._meta.model.objects.get().structure
    assert structure.name in text
    assert "1\xa0ligne<" in text
    assert structure.name in text_of(client, f"{TABLE}structures/?format=csv")


def test_rows_of_another_territory_stay_closed(client, figure):
    far = DepartementFactory(code="59", name="Nord")
    StructureFactory(commune=CommuneFactory(code="59178", departement=far))
    agency = AgencyFactory(name="UD 59", departement=far)
    client.force_login(MembershipFactory(agent=True, agency=agency).user)
    assert f'href="{TABLE}structures/"' not in text_of(client, TABLE)
    assert client.get(f"{TABLE}structures/").status_code == 404


def test_what_is_out_of_the_field_is_listed_not_compared(client, agent):
    PublishedFigureFactory(measure="", scope={}, unit="m²")
    text = text_of(client, TABLE)
    assert "hors du champ" in text
    assert "Non comparé" in text


def test_an_unknown_code_is_not_found(client, agent):
    assert client.get(f"{TABLE}inconnu/").status_code == 404


def test_the_staff_of_a_structure_does_not_open_it(client, director, figure):
    for url in (TABLE, f"{TABLE}structures/"):
        assert client.get(url).status_code == 403


def test_no_figure_says_why(client, agent):
    assert "Aucun chiffre publié" in text_of(client, TABLE)
