"""Published figures beside the computed ones, and the rows each opens."""

import re
from decimal import Decimal

import pytest

from tests.funding.factories import PublishedFigureFactory
from tests.parcours.factories import PecFactory
from tests.structures.factories import (
    AgencyFactory,
    CommuneFactory,
    ConventionFactory,
    DepartementFactory,
    MembershipFactory,
    PerimeterCommuneFactory,
    StructureFactory,
    UserFactory,
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


@pytest.fixture
def nord():
    """Douai, in the mining basin as Lens is, with a structure of its own."""
    far = DepartementFactory(code="59", name="Nord")
    douai = CommuneFactory(code="59178", name="Douai", departement=far)
    for commune in (CommuneFactory(), douai):
        PerimeterCommuneFactory(commune=commune)
        StructureFactory(commune=commune)
    return far


@pytest.fixture
def basin(nord):
    """The four PEC of the basin: a figure of two départements at once."""
    for _ in range(4):
        PecFactory(residence_id="62498", is_preferential=True)
    scope = {"perimeter": "erbm", "year": 2018}
    return PublishedFigureFactory(
        code="bassin", measure="pec_signed", scope=scope, value=Decimal(3), unit="PEC"
    )


def sign_in(client, who, nord):
    if who == "admin":
        client.force_login(UserFactory(is_staff=True, is_superuser=True))
        return
    agencies = {
        "59": lambda: AgencyFactory(name="UD 59", departement=nord),
        "62": AgencyFactory,
        "région": lambda: AgencyFactory(regional=True),
    }
    client.force_login(MembershipFactory(agent=True, agency=agencies[who]()).user)


def cells_of(client, label):
    """Computed, gap and why, as read on the line of a figure."""
    row = text_of(client, TABLE).split(label)[1].split("</tr>")[0]
    words = [re.sub("<[^>]+>", " ", cell) for cell in row.split("</td>")]
    return [" ".join(word.split()) for word in words][1:]


@pytest.mark.parametrize(
    "who, code, opens",
    [
        ("62", "structures", True),
        ("59", "structures", False),
        ("62", "bassin", False),
        ("59", "bassin", False),
        *(("région", "structures", True), ("région", "bassin", True)),
        *(("admin", "structures", True), ("admin", "bassin", True)),
    ],
)
def test_what_we_compute_is_for_those_of_its_territory(
    client, figure, basin, nord, who, code, opens
):
    sign_in(client, who, nord)
    assert (f'href="{TABLE}{code}/"' in text_of(client, TABLE)) == opens
    assert client.get(f"{TABLE}{code}/").status_code == (200 if opens else 404)
    assert client.get(f"{TABLE}{code}/?format=csv").status_code == (
        200 if opens else 404
    )


def test_a_figure_of_elsewhere_is_a_dash_and_says_who_may_open_it(client, figure, nord):
    sign_in(client, "59", nord)
    computed, gap, verdict, why = cells_of(client, f"« {figure.quote} »")[:4]
    assert computed == "— hors de votre territoire"
    assert (gap, verdict) == ("—", "Non comparé")
    assert why.startswith("Hors de votre territoire : Pas-de-Calais. Un agent de ce")


def test_the_basin_is_closed_to_one_departement_and_says_why(client, basin, nord):
    basin.quote = "trois mille résidents"
    basin.save()
    sign_in(client, "62", nord)
    computed, gap, _, why = cells_of(client, "« trois mille résidents »")[:4]
    assert (computed, gap) == ("— hors de votre territoire", "—")
    assert why == ("Hors de votre territoire : Nord. Un agent régional peut l’ouvrir.")
    sign_in(client, "région", nord)
    assert cells_of(client, "« trois mille résidents »")[:2] == ["4", "1"]


def test_a_share_of_the_region_belongs_to_the_region(client, nord):
    scope = {"departement": "62", "region": "32", "year": 2018}
    PublishedFigureFactory(code="part", scope=scope)
    sign_in(client, "62", nord)
    assert "Hors de votre territoire : Nord." in text_of(client, TABLE)


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
