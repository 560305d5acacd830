"""Dates that exist and cannot be: their line is listed, with its column and its value."""

from datetime import date

import pytest
from django.db import connection

from bench.flux import rows
from funding.enums import IssueKind
from funding.flux.plausible import set_day
from funding.models import AnnexeFinanciere
from parcours.models import Contract, Exit, Person
from tests.funding.factories import EnvelopeFactory, PartFactory

BIRTH, HIRING = "salarie_date_naissance", "contrat_date_embauche"


def rejected(result, view):
    return [
        (i.line, i.column, i.value, i.reason)
        for i in result.issues
        if i.file.startswith(f"fluxIAE_{view}_") and i.kind == IssueKind.REJECTED
    ]


def test_born_in_2098_and_hired_in_1901_is_refused_twice(delivery):
    delivery.views["Salarie"][0][BIRTH] = "01/01/2098"
    delivery.views["ContratMission"][0][HIRING] = "01/01/1901"
    result = delivery.load()
    [(line, column, value, reason)] = rejected(result, "Salarie")
    assert (line, column, value) == (3, BIRTH, "01/01/2098")
    assert "suit le jour de la livraison" in reason
    assert rejected(result, "ContratMission")
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    "birth, passes",
    [
        ("05/02/2019", False),
        ("05/02/2005", False),
        ("04/02/2005", True),
        ("04/02/1919", True),
        ("03/02/1919", False),
    ],
)
def test_a_birth_goes_with_the_hiring(delivery, birth, passes):
    delivery.views["Salarie"][0][BIRTH] = birth
    found = rejected(delivery.load(), "Salarie")
    assert Person.objects.exists() == passes
    if not passes:
        [(line, column, value, reason)] = found
        assert (line, column, value) == (3, BIRTH, birth)
        assert "à son embauche du 04/02/2019" in reason


@pytest.mark.parametrize(
    "change, column, sentence",
    [
        ({HIRING: "31/12/1990"}, HIRING, "ne précède pas la loi de 1991"),
        ({HIRING: "03/12/2024"}, HIRING, "plus de 5 ans après la livraison"),
        (
            {HIRING: "13/03/1999"},
            HIRING,
            "Né le 14/03/1985, ce salarié aurait moins de",
        ),
        (
            {HIRING: "05/08/2019", "contrat_date_sortie_definitive": "04/08/2019"},
            "contrat_date_sortie_definitive",
            "La sortie précède l’embauche.",
        ),
    ],
)
def test_a_hiring_that_cannot_be_is_refused(delivery, change, column, sentence):
    """The person has another contract, which does go with the birth."""
    end = {"contrat_date_fin_contrat": "02/12/2025"}
    delivery.views["ContratMission"].append(rows.contract(7001, **(end | change)))
    result = delivery.load()
    [(*where, reason)] = rejected(result, "ContratMission")
    assert where == [4, column, change[column]]
    assert sentence in reason
    assert not rejected(result, "Salarie")
    assert Contract.objects.get().asp_id == 7000


def test_a_birth_changed_later_goes_with_the_contracts_of_the_base(delivery):
    delivery.load()
    delivery.views |= {"ContratMission": [], "EtatMensuelIndiv": [], "Formations": []}
    delivery.views["Salarie"][0][BIRTH] = "14/03/2015"
    [(_, column, value, _)] = rejected(delivery.load(), "Salarie")
    assert (column, value) == (BIRTH, "14/03/2015")
    assert Person.objects.get().birth_on == date(1985, 3, 14)


def test_an_exit_before_hiring_is_not_written(delivery):
    delivery.views["ContratMission"][0] |= {
        "contrat_date_sortie_definitive": "15/01/2019",
        "contrat_motif_sortie_code": "11",
    }
    assert rejected(delivery.load(), "ContratMission")
    assert not Exit.objects.exists()


@pytest.mark.parametrize(
    "start, end, column",
    [
        ("31/12/2012", "31/12/2019", "af_date_debut_effet"),
        ("01/01/2019", "31/12/2031", "af_date_fin_effet"),
        ("02/01/2020", "01/01/2020", "af_date_fin_effet"),
    ],
)
def test_an_annexe_is_within_the_law(delivery, start, end, column):
    changed = {"af_date_debut_effet": start, "af_date_fin_effet": end}
    delivery.views["AnnexeFinanciere"][0] |= changed
    [(line, name, _, _)] = rejected(delivery.load(), "AnnexeFinanciere")
    assert (line, name) == (3, column)
    assert not AnnexeFinanciere.objects.exists()


def test_an_annexe_with_money_keeps_its_year(delivery):
    delivery.load()
    annexe = AnnexeFinanciere.objects.get()
    PartFactory(
        version=annexe.versions.get(),
        envelope=EnvelopeFactory(departmental=True, year=annexe.year),
    )
    years = {"af_date_debut_effet": "01/01/2020", "af_date_fin_effet": "31/12/2020"}
    delivery.views["AnnexeFinanciere"][0] |= years
    [(line, column, _, reason)] = rejected(delivery.load(), "AnnexeFinanciere")
    assert (line, column) == (3, "af_id_annexe_financiere")
    assert "elle garde son année" in reason
    annexe.refresh_from_db()
    assert annexe.year == 2019


@pytest.mark.parametrize(
    "names, day",
    [
        (["fluxIAE_Salarie_02122019_081500.csv.gz"], "2019-12-02"),
        (
            ["fluxIAE_Salarie_99992019_081500.csv", "fluxIAE_Structure.csv"],
            "2018-06-30",
        ),
    ],
)
def test_the_day_of_a_delivery_is_in_its_names(db, settings, tmp_path, names, day):
    settings.BUSINESS_DATE = date(2018, 6, 30)
    with connection.cursor() as cursor:
        set_day(cursor, [tmp_path / name for name in names])
        cursor.execute("SELECT current_setting('flux.day')")
        assert cursor.fetchone()[0] == day
