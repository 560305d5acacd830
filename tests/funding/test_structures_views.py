"""Structures: the list with its filters and export, one structure with its year."""

from datetime import date
from decimal import Decimal

import pytest

from funding.enums import VersionState
from parcours.enums import StatementState
from structures.enums import StructureKind
from tests.funding.factories import (
    ConsumptionFactory,
    OutcomeReportFactory,
    VersionFactory,
)
from tests.parcours.factories import MonthlyStatementFactory
from tests.structures.factories import (
    CommuneFactory,
    ConventionFactory,
    DepartementFactory,
    PerimeterCommuneFactory,
    StructureFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]
LIST = "/structures/"
QUERIES_OF_LIST, QUERIES_OF_DETAIL = 11, 16


def with_year(name="Les Jardins", etp="10", rates=("0.9", "0.95"), **fields):
    """A structure with an annexe in force and some months of 2019."""
    structure = StructureFactory(name=name, **fields)
    version = VersionFactory(
        annexe__convention=ConventionFactory(structure=structure), etp=Decimal(etp)
    )
    for month, rate in enumerate(rates, 1):
        ConsumptionFactory(
            version=version,
            month=date(2019, month, 1),
            etp=Decimal(etp) * Decimal(rate),
        )
    OutcomeReportFactory(structure=structure)
    return structure


def text_of(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return b"".join(response).decode()


def detail(structure):
    return f"{LIST}{structure.pk}/"


def test_what_nothing_tells_yet_is_not_zero(client, agent):
    structure = with_year(rates=())
    text = " ".join(text_of(client, detail(structure)).split())

    assert "aucune heure encore connue" in text
    assert "0\xa0€" not in text.replace("201\u202f990\xa0€", "")


def test_the_year_stands_beside_the_name(client, agent):
    with_year()
    text = text_of(client, LIST)
    for words in ("Les Jardins", "10,00", "9,25", "92,5\xa0%", "201\u202f990\xa0€"):
        assert words in text


@pytest.mark.parametrize("year", ["9999", "2012", "x"])
def test_a_year_of_which_there_is_nothing_is_the_current_one(client, agent, year):
    text = text_of(client, f"{detail(with_year())}?annee={year}")
    assert "Annexes financières 2019, par version" in text
    assert f"annee={year}" not in text


def test_a_missing_month_counts_in_the_mean(client, agent):
    structure = with_year(rates=("1", "1"))
    version = VersionFactory._meta.model.objects.get()
    ConsumptionFactory(version=version, month=date(2019, 4, 1), etp=Decimal(10))
    text = text_of(client, detail(structure))
    assert "7,50" in text
    assert "Rien n’est saisi pour mars 2019" in text


@pytest.mark.parametrize(
    "rates, status",
    [
        (["1"], "Conforme"),
        (["0.999"], "Sous-consommation"),
        (["1.01"], "Sur-consommation"),
        ([], None),
    ],
)
def test_the_status_stands_beside_the_rate(client, agent, rates, status):
    text = text_of(client, detail(with_year(rates=rates)))
    words = {"Conforme", "Sous-consommation", "Sur-consommation"}
    assert {word for word in words if word in text} == {status} - {None}


@pytest.mark.parametrize("rate, is_low", [("0.949", True), ("0.95", False)])
def test_low_is_what_calls_for_a_take_back(client, agent, rate, is_low):
    with_year(rates=[rate])
    listed = "Les Jardins" in text_of(client, f"{LIST}?alerte=sous")
    assert listed == is_low


def test_no_hours_yet_is_a_dash(client, agent):
    with_year(rates=())
    text = text_of(client, f"{LIST}?q=jardins")
    assert 'data-label="ETP réalisés" class="iae-num iae-desk">—<' in text


@pytest.mark.parametrize("words", ["elan", "ÉLAN GOHELLE", "lens elan", "récup-artois"])
def test_search_ignores_accents_case_and_hyphens(client, agent, words):
    StructureFactory(name="Élan vert de la Gohelle")
    StructureFactory(name="Récup Artois")
    assert "1\xa0structure<" in text_of(client, f"{LIST}?q={words}")


def test_search_by_siret(client, agent):
    wanted, _ = StructureFactory(), StructureFactory()
    assert "1\xa0structure<" in text_of(client, f"{LIST}?q={wanted.siret}")


def test_kind_epci_and_perimeter_narrow(client, agent):
    inside = StructureFactory(kind=StructureKind.EI)
    outside = StructureFactory(commune=CommuneFactory(arras=True))
    PerimeterCommuneFactory(commune=inside.commune)
    for query in ("type=EI", f"epci={inside.commune.epci_id}", "erbm=oui"):
        text = text_of(client, f"{LIST}?{query}")
        assert inside.name in text
        assert outside.name not in text


def test_late_structures_are_found(client, agent):
    late, on_time = StructureFactory(name="En retard"), StructureFactory(name="À jour")
    ConventionFactory(structure=late, starts_on=date(2019, 9, 1))
    convention = ConventionFactory(structure=on_time, starts_on=date(2019, 9, 1))
    for month in (9, 10):
        MonthlyStatementFactory(convention=convention, month=date(2019, month, 1))
    text = text_of(client, f"{LIST}?alerte=retard")
    assert "En retard" in text
    assert "À jour" not in text
    assert "2\xa0mois sont en retard" in text_of(client, detail(late))


def test_a_reopened_month_is_late(client, agent):
    convention = ConventionFactory(starts_on=date(2019, 10, 1))
    MonthlyStatementFactory(
        convention=convention,
        month=date(2019, 10, 1),
        state=StatementState.DEBLOQUE,
    )
    assert "1\xa0mois est en retard" in text_of(client, detail(convention.structure))


def test_under_use_is_found(client, agent):
    with_year("Sous-réalisation", rates=("0.7",))
    with_year("Conforme", rates=("0.95",))
    text = text_of(client, f"{LIST}?alerte=sous")
    assert "Sous-réalisation</a>" in text
    assert "Conforme" not in text


def test_conventions_about_to_end_are_found(client, agent):
    ending = ConventionFactory(ends_on=date(2020, 1, 31)).structure
    renewed = ConventionFactory(ends_on=date(2019, 12, 31)).structure
    ConventionFactory(
        structure=renewed, starts_on=date(2020, 1, 1), ends_on=date(2022, 12, 31)
    )
    lasting = ConventionFactory().structure
    text = text_of(client, f"{LIST}?alerte=fin")
    assert ending.name in text
    assert lasting.name not in text
    assert renewed.name not in text


@pytest.mark.parametrize(
    "sort, order", [("etp", ["Alpha", "Zéta"]), ("-etp", ["Zéta", "Alpha"])]
)
def test_sorting_says_so_to_everybody(client, agent, sort, order):
    with_year("Zéta", etp="20")
    with_year("Alpha", etp="5")
    text = text_of(client, f"{LIST}?tri={sort}")
    assert text.index(order[0]) < text.index(order[1])
    direction = "descending" if sort.startswith("-") else "ascending"
    assert f'aria-sort="{direction}"' in text


def test_accented_names_sort_among_the_others(client, agent):
    for name in ("Zone verte", "Élan", "Filature"):
        StructureFactory(name=name)
    text = text_of(client, LIST)
    assert text.index("Élan") < text.index("Filature") < text.index("Zone verte")


def test_an_unknown_sort_or_page_is_not_an_error(client, agent):
    StructureFactory()
    assert "1\xa0structure<" in text_of(client, f"{LIST}?tri=--nom&page=99&epci=x")


def test_the_export_holds_the_filtered_list(client, agent):
    with_year("=Jardins")
    with_year("Autre", kind=StructureKind.EI)
    lines = text_of(client, f"{LIST}?format=csv&type=ACI").splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("\ufeffStructure;Type;Commune")
    assert lines[1].startswith("'=Jardins;ACI;Lens;10,00;9,25")


def test_another_territory_does_not_exist(client, agent):
    nord = DepartementFactory(code="59", name="Nord")
    far = StructureFactory(commune=CommuneFactory(code="59178", departement=nord))
    assert far.name not in text_of(client, LIST)
    for url in (detail(far), f"{detail(far)}etp-2019.svg"):
        assert client.get(url).status_code == 404


def test_a_director_sees_their_structure_only(client, director):
    mine = director.memberships.get().structure
    other = StructureFactory()
    text = text_of(client, LIST)
    assert mine.name in text
    assert other.name not in text
    assert client.get(detail(other)).status_code == 404


def test_every_version_of_an_annexe_is_shown(client, agent):
    structure = with_year()
    annexe = structure.conventions.get().annexes.get()
    annexe.versions.update(state=VersionState.HISTORISE, note="Reprise en juin")
    VersionFactory(annexe=annexe, modification=1, etp=Decimal("8.5"))
    text = text_of(client, detail(structure))
    for words in ("A1M1", "A1M0", "Archivée", "Validée", "Reprise en juin", "8,50"):
        assert words in text


def test_exits_show_raw_counts_beside_the_rates(client, agent):
    structure = with_year()
    text = text_of(client, detail(structure))
    for words in ("Sorties examinées", "60,0\xa0%", "20,0\xa0%"):
        assert words in text


def test_a_rate_without_exit_is_not_known(client, agent):
    structure = StructureFactory()
    OutcomeReportFactory(
        structure=structure, durable=0, transition=0, positive=0, other=0
    )
    assert "n.d." in text_of(client, detail(structure))


def test_the_chart_is_an_image_without_script(client, agent):
    structure = with_year()
    response = client.get(f"{detail(structure)}etp-2019.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert b"<script" not in response.content
    assert b"ETP r\xc3\xa9alis\xc3\xa9s" in response.content


@pytest.mark.parametrize("rows", [2, 20])
def test_the_list_takes_the_same_queries_whatever_its_length(
    client, agent, rows, django_assert_num_queries
):
    for _ in range(rows):
        with_year()
    with django_assert_num_queries(QUERIES_OF_LIST):
        client.get(LIST)


@pytest.mark.parametrize("rows", [1, 10])
def test_a_structure_takes_the_same_queries_whatever_its_length(
    client, agent, rows, django_assert_num_queries
):
    structure = with_year(rates=["0.9"] * rows)
    with django_assert_num_queries(QUERIES_OF_DETAIL):
        client.get(detail(structure))
