"""The traps of real files: R2, R6, R89 to R92, and conventions told by their number."""

from datetime import date

import pytest

from bench.flux import rows
from funding.enums import VersionState
from funding.models import AnnexeFinanciere, AnnexeVersion
from parcours.models import MonthlyHours
from structures.models import Convention, Structure


def versions():
    return list(
        AnnexeVersion.objects.order_by("annexe__asp_id", "modification").values_list(
            "annexe__asp_id", "modification", "state"
        )
    )


def test_one_version_repeated_per_motive_is_one_version(delivery):
    """AI092181008 A2M1 comes twice, CP_BANC_KO and TIT_RIB_KO (R91)."""
    first, second = (
        rows.annexe(af_etat_annexe_financiere_code="REJETE", af_motif_rejet_code=code)
        for code in ("CP_BANC_KO", "TIT_RIB_KO")
    )
    delivery.views["AnnexeFinanciere"] = [first, second]
    delivery.views["EtatMensuelIndiv"] = []
    annexes = delivery.load().by_view["AnnexeFinanciere"]
    assert (annexes.read, annexes.created, annexes.merged) == (2, 1, 1)
    codes = AnnexeVersion.objects.get().rejections.values_list("code", flat=True)
    assert sorted(codes) == ["CP_BANC_KO", "TIT_RIB_KO"]


def test_a_motive_that_is_lifted_goes(delivery):
    delivery.views["AnnexeFinanciere"] = [rows.annexe(af_motif_rejet_code="ETAB_FERME")]
    delivery.load()
    delivery.views["AnnexeFinanciere"] = [rows.annexe()]
    result = delivery.load()
    assert not AnnexeVersion.objects.get().rejections.exists()
    assert result.tables["motifs de rejet"].updated == 1


def test_a_version_repeated_with_other_values_is_refused(delivery):
    delivery.views["AnnexeFinanciere"].append(
        rows.annexe(af_motif_rejet_code="CP_BANC_KO", af_etp_postes_insertion="9.00")
    )
    (issue,) = delivery.load().issues
    assert (issue.line, issue.column) == (4, "af_id_avenant_modification")
    assert AnnexeVersion.objects.get().etp == 8


def test_one_number_over_two_periods_is_two_annexes(delivery):
    """ACI972190115 A2M0: January to April 2021, then 2022; other ids (§ 4.3)."""
    number = {
        "af_numero_convention": "972 010119 ACI 00115",
        "af_numero_annexe_financiere": "ACI972190115",
        "af_numero_avenant_renouvellement": "A2",
    }
    delivery.views["EtatMensuelIndiv"] = delivery.views["Accompagnement"] = []
    delivery.views["AnnexeFinanciere"] = [
        rows.annexe(
            2000,
            af_etat_annexe_financiere_code="HISTORISE",
            **number,
            af_date_debut_effet="01/01/2021",
            af_date_fin_effet="30/04/2021",
        ),
        rows.annexe(
            2001,
            af_etat_annexe_financiere_code="PROVISOIRE",
            **number,
            af_date_debut_effet="01/01/2022",
            af_date_fin_effet="31/12/2022",
        ),
    ]
    delivery.load()
    annexes = AnnexeFinanciere.objects.filter(number="ACI972190115").order_by("asp_id")
    assert [(a.asp_id, a.year, a.renewal) for a in annexes] == [
        (2000, 2021, 2),
        (2001, 2022, 2),
    ]
    terms = [(a.convention.starts_on, a.convention.ends_on) for a in annexes]
    assert terms == [
        (date(2019, 1, 1), date(2021, 12, 31)),
        (date(2022, 1, 1), date(2024, 12, 31)),
    ]


def test_an_ei_and_an_aci_on_one_siret_are_two_structures(delivery):
    """One ASP id, two dossiers (R2)."""
    delivery.views["AnnexeFinanciere"].append(
        rows.annexe(
            1001,
            af_mesure_dispositif_code="EI_DC",
            af_numero_convention="062 010118 EI 00012",
            af_numero_annexe_financiere="EI062180012",
        )
    )
    delivery.views["ContratMission"].append(
        rows.contract(
            7001,
            contrat_mesure_disp_code="EI_DC",
            contrat_date_embauche="05/09/2019",
            contrat_date_fin_contrat="04/12/2019",
        )
    )
    delivery.views["EtatMensuelIndiv"].append(
        rows.month(10, emi_afi_id=1001, emi_ctr_id=7001)
    )
    result = delivery.load()
    assert result.issues == []
    assert (
        result.by_view["Structure"].created,
        result.tables["structures"].created,
    ) == (1, 2)
    assert set(Structure.objects.values_list("asp_id", "kind")) == {
        (100, "ACI"),
        (100, "EI"),
    }
    hours = MonthlyHours.objects.get(contract__asp_id=7001)
    assert hours.statement.convention.structure.kind == "EI"
    again = delivery.load()
    assert again.by_view["Structure"].unchanged == 1


def test_two_asp_ids_on_one_siret_and_kind_are_not_two_structures(delivery):
    siret = rows.structure()["structure_siret_actualise"]
    delivery.views["Structure"].append(
        rows.structure(101, structure_siret_actualise=siret)
    )
    delivery.views["AnnexeFinanciere"].append(
        rows.annexe(
            1001, af_id_structure=101, af_numero_convention="062 010118 ACI 00013"
        )
    )
    structure, annexe = sorted(
        delivery.load().issues, key=lambda i: i.file, reverse=True
    )
    assert (structure.line, structure.value) == (4, siret)
    assert "porte ce SIRET" in structure.reason
    assert annexe.column == "af_id_structure"
    assert Structure.objects.get().asp_id == 100


def test_structures_may_exchange_their_sirets(delivery):
    delivery.views["Structure"].append(rows.structure(101))
    delivery.views["AnnexeFinanciere"].append(
        rows.annexe(
            1001, af_id_structure=101, af_numero_convention="062 010118 ACI 00013"
        )
    )
    delivery.load()
    one, other = delivery.views["Structure"]
    for name in ("structure_siret_actualise", "structure_siret_signature"):
        one[name], other[name] = other[name], one[name]
    result = delivery.load()
    assert (result.issues, result.by_view["Structure"].updated) == ([], 2)
    assert Structure.objects.get(asp_id=100).siret.endswith("101")


def test_a_monthly_row_names_the_annexe_not_the_version(delivery):
    """M0 January to August, then M1 the whole year: both hold the months (R92)."""
    delivery.views["AnnexeFinanciere"] = [
        rows.annexe(
            af_etat_annexe_financiere_code="HISTORISE", af_date_fin_effet="31/08/2019"
        ),
        rows.annexe(
            af_numero_avenant_modification="M1", af_id_avenant_modification=10001
        ),
    ]
    delivery.views["EtatMensuelIndiv"] = [rows.month(3), rows.month(10)]
    assert delivery.load().issues == []
    assert MonthlyHours.objects.count() == 2


@pytest.mark.parametrize(
    "period, reason",
    [
        ({"af_date_fin_effet": "31/08/2019"}, "hors de la période de l’annexe"),
        ({"af_etat_annexe_financiere_code": "SAISI"}, "hors de la période de l’annexe"),
        (
            {
                "af_numero_convention": "062 010117 ACI 00012",
                "af_date_debut_effet": "01/06/2019",
                "af_date_fin_effet": "31/12/2020",
            },
            "hors de la convention",
        ),
    ],
)
def test_a_month_that_no_version_holds_is_rejected(delivery, period, reason):
    delivery.views["AnnexeFinanciere"] = [rows.annexe(**period)]
    year = 2020 if "hors de la convention" in reason else 2019
    delivery.views["EtatMensuelIndiv"] = [rows.month(9, emi_sme_annee=year)]
    (issue,) = delivery.load().issues
    assert issue.column == "emi_sme_mois"
    assert reason in issue.reason


def test_only_the_last_modification_is_in_force(delivery):
    """Two current versions of one annexe in the file (R6)."""
    delivery.views["AnnexeFinanciere"].append(
        rows.annexe(
            af_numero_avenant_modification="M1", af_id_avenant_modification=10001
        )
    )
    (issue,) = delivery.load().issues
    assert (issue.line, issue.kind, issue.value) == (3, "WARNING", "VALIDE")
    assert versions() == [
        (1000, 0, VersionState.HISTORISE),
        (1000, 1, VersionState.VALIDE),
    ]
    assert {c.updated for c in delivery.load().tables.values()} == {0}


def test_a_later_delivery_replaces_the_version_in_force(delivery):
    delivery.load()
    delivery.views["AnnexeFinanciere"] = [
        rows.annexe(
            af_numero_avenant_modification="M1", af_id_avenant_modification=10001
        )
    ]
    assert delivery.load().issues == []
    assert versions() == [
        (1000, 0, VersionState.HISTORISE),
        (1000, 1, VersionState.VALIDE),
    ]


def test_versions_may_change_states_together(delivery):
    delivery.load()
    delivery.views["AnnexeFinanciere"] = [
        rows.annexe(af_etat_annexe_financiere_code="HISTORISE"),
        rows.annexe(
            af_numero_avenant_modification="M1", af_id_avenant_modification=10001
        ),
    ]
    annexes = delivery.load().by_view["AnnexeFinanciere"]
    assert (annexes.created, annexes.updated) == (1, 1)


def test_an_older_number_of_convention_tells_a_year(delivery):
    delivery.views["AnnexeFinanciere"][0]["af_numero_convention"] = "ACI 062 18 0016"
    delivery.load()
    convention = Convention.objects.get()
    assert (convention.starts_on, convention.ends_on) == (
        date(2018, 1, 1),
        date(2020, 12, 31),
    )


def test_a_convention_ends_the_day_before_the_next(delivery):
    delivery.load()
    delivery.views["AnnexeFinanciere"].append(
        rows.annexe(
            1001,
            af_numero_convention="062 010120 ACI 00044",
            af_date_debut_effet="01/01/2020",
            af_date_fin_effet="31/12/2020",
        )
    )
    result = delivery.load()
    assert (
        result.tables["conventions"].created,
        result.tables["conventions"].updated,
    ) == (1, 1)
    assert [c.ends_on for c in Convention.objects.order_by("starts_on")] == [
        date(2019, 12, 31),
        date(2022, 12, 31),
    ]


def test_two_conventions_cannot_begin_together(delivery):
    delivery.views["AnnexeFinanciere"].append(
        rows.annexe(1001, af_numero_convention="063 010118 ACI 00044")
    )
    (issue,) = delivery.load().issues
    assert issue.column == "af_numero_convention"
    assert Convention.objects.get().number == "062 010118 ACI 00012"


def test_an_annexe_prepared_here_is_recognised(delivery):
    """Same convention and year, no ASP id yet: one annexe, or its aid counts twice."""
    delivery.load()
    AnnexeFinanciere.objects.update(asp_id=None)
    AnnexeVersion.objects.update(asp_id=None)
    result = delivery.load()
    assert result.tables["annexes"].updated == result.tables["versions"].updated == 1
    assert AnnexeVersion.objects.get().asp_id == 10000
