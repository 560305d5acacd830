"""A wrong line is listed with its column, its value and a sentence; the rest is written."""

from datetime import date

import pytest

from bench.flux import rows
from funding.enums import IssueKind
from funding.models import AnnexeFinanciere
from parcours.models import Contract, Exit, MonthlyHours, Person, Training
from structures import law
from structures.models import Structure


@pytest.mark.parametrize(
    "view, column, value, sentence",
    [
        (
            "AnnexeFinanciere",
            "af_date_debut_effet",
            "31/02/2019",
            "Cette date n’existe pas",
        ),
        ("AnnexeFinanciere", "af_date_debut_effet", "01/01/0019", "entre 1900 et 2099"),
        ("AnnexeFinanciere", "af_date_fin_effet", "31/12/2119", "entre 1900 et 2099"),
        ("AnnexeFinanciere", "af_date_fin_effet", "2019-12-31", "attendu : jj/mm/aaaa"),
        ("AnnexeFinanciere", "af_date_fin_effet", "31/12/2018", "précède le début"),
        ("AnnexeFinanciere", "af_mesure_dispositif_code", "GEIQ_DC", "n’est pas connu"),
        (
            "AnnexeFinanciere",
            "af_etat_annexe_financiere_code",
            "SIGNE",
            "état d’annexe",
        ),
        (
            "AnnexeFinanciere",
            "af_numero_annexe_financiere",
            "ACI62190012",
            "la forme ACI0",
        ),
        ("AnnexeFinanciere", "af_montant_total_annuel", "-1", "Un nombre négatif"),
        ("AnnexeFinanciere", "af_montant_total_annuel", "1e3", "Un nombre est attendu"),
        ("AnnexeFinanciere", "af_montant_total_annuel", "NaN", "Un nombre est attendu"),
        ("AnnexeFinanciere", "af_montant_total_annuel", "", "Une valeur est attendue."),
        ("AnnexeFinanciere", "af_mt_cofinance", "999999.00", "dépasse le total"),
        ("AnnexeFinanciere", "af_duree_heure_annuel_etp_valeur", "0", "de 1 à 9999"),
        ("AnnexeFinanciere", "af_id_structure", "101", "ni dans la livraison ni dans"),
        (
            "Structure",
            "structure_siret_actualise",
            "123",
            "Un SIRET compte 14 chiffres",
        ),
        (
            "Structure",
            "structure_adresse_admin_code_insee",
            "99999",
            "pas dans la base",
        ),
        ("Salarie", "salarie_date_naissance", "30/02/1985", "Cette date n’existe pas"),
        ("Salarie", "salarie_nom_usage", "", "Une valeur est attendue."),
        ("ContratMission", "contrat_mesure_disp_code", "XX_DC", "n’est pas connu"),
        ("ContratMission", "contrat_id_pph", "5999", "Ce salarié n’est ni dans"),
        ("ContratMission", "contrat_id_pph", "0x1A", "Un identifiant est un nombre"),
        (
            "ContratMission",
            "contrat_date_fin_contrat",
            "01/02/2019",
            "précède l’embauche",
        ),
        ("EtatMensuelIndiv", "emi_nb_heures_travail", "-8", "Un nombre négatif"),
        ("EtatMensuelIndiv", "emi_nb_heures_travail", "745", "de 0 à 744"),
        ("EtatMensuelIndiv", "emi_nb_heures_travail", "7.5", "Un nombre entier"),
        ("EtatMensuelIndiv", "emi_nb_heures_travail", "", "Une valeur est attendue."),
        ("EtatMensuelIndiv", "emi_sme_mois", "13", "Un mois va de 1 à 12."),
        ("EtatMensuelIndiv", "emi_sme_annee", "19", "en quatre chiffres"),
        ("EtatMensuelIndiv", "emi_esm_etat_code", "CLOS", "BROUILLON, SAISI"),
        ("EtatMensuelIndiv", "emi_afi_id", "1001", "Cette annexe n’est ni dans"),
        ("EtatMensuelIndiv", "emi_ctr_id", "7001", "Ce contrat n’est ni dans"),
        ("EtatMensuelIndiv", "emi_pph_id", "5999", "n’est pas celui du contrat"),
        ("EtatMensuelIndiv", "emi_date_validation", "", "a une date de validation"),
        ("Formations", "formation_date_fin", "05/05/2019", "précède son début"),
        ("Formations", "formation_id_ctr", "7001", "Ce contrat n’est ni dans"),
        ("Accompagnement", "acc_afi_id", "1001", "Cette annexe n’est ni dans"),
        ("RefMotifSort", "rcs_id", "9", "La catégorie de ce motif"),
    ],
)
def test_a_wrong_value_is_listed(delivery, view, column, value, sentence):
    row = delivery.views[view][0]
    delivery.views[view] = [row | {column: value}, *delivery.views[view][1:]]
    result = delivery.load()
    (issue,) = [i for i in result.issues if i.file.startswith(f"fluxIAE_{view}_")]
    assert (issue.line, issue.column) == (3, column)
    assert issue.kind == IssueKind.REJECTED
    assert sentence in issue.reason
    assert result.by_view[view].rejected == 1


def test_the_rest_of_the_file_is_written(delivery):
    delivery.views["EtatMensuelIndiv"][0]["emi_nb_heures_travail"] = "-8"
    months = delivery.load().by_view["EtatMensuelIndiv"]
    assert (months.read, months.created, months.rejected) == (2, 1, 1)
    assert MonthlyHours.objects.get().statement.month.month == 3


def test_a_line_with_a_wrong_number_of_columns_is_listed(delivery):
    delivery.views["Salarie"].append(rows.person(5001, salarie_prenom="Zoé|Inès"))
    (issue,) = delivery.load().issues
    assert (issue.line, issue.column, issue.reason) == (
        4,
        "",
        "26 colonnes au lieu de 25.",
    )


def test_what_hangs_on_a_rejected_line_is_rejected_with_it(delivery):
    delivery.views["AnnexeFinanciere"][0]["af_date_debut_effet"] = "31/02/2019"
    result = delivery.load()
    assert {i.file.split("_")[1] for i in result.issues} == {
        "Accompagnement",
        "AnnexeFinanciere",
        "EtatMensuelIndiv",
    }
    assert not AnnexeFinanciere.objects.exists()
    assert not MonthlyHours.objects.exists()
    assert Contract.objects.count() == Training.objects.count() == 1


@pytest.mark.parametrize("measure", ["FDI_DC", "EITI_DC"])
def test_a_measure_we_do_not_follow_is_set_aside(delivery, measure):
    delivery.views["AnnexeFinanciere"].append(
        rows.annexe(
            1001,
            af_mesure_dispositif_code=measure,
            af_etp_postes_insertion="",
            af_montant_total_annuel="",
            af_numero_annexe_financiere="FDI062190001",
        )
    )
    result = delivery.load()
    (issue,) = result.issues
    assert (issue.line, issue.kind, issue.value) == (4, IssueKind.SET_ASIDE, measure)
    assert result.by_view["AnnexeFinanciere"].set_aside == 1


def test_a_structure_that_no_annexe_names_is_set_aside(delivery):
    delivery.views["Structure"].append(rows.structure(101))
    (issue,) = delivery.load().issues
    assert (issue.column, issue.value) == ("structure_id_siae", "101")
    assert issue.kind == IssueKind.SET_ASIDE
    assert Structure.objects.count() == 1


@pytest.mark.parametrize(
    "view, column, value",
    [
        ("ContratMission", "contrat_duree_hebdo_travail", "env. 26h"),
        ("ContratMission", "contrat_duree_hebdo_travail", "99:00"),
        ("ContratMission", "contrat_code_rome", "1203A"),
        ("ContratMission", "contrat_salarie_rsa", "PEUT-ETRE"),
        ("ContratMission", "contrat_salarie_rqth", "oui"),
        ("Salarie", "salarie_codeinseecom", "59000"),
        ("EtatMensuelIndiv", "emi_nb_heures_travail", "300"),
        ("Structure", "structure_adresse_mail_corresp_technique", "accueil(at)x"),
        ("AnnexeFinanciere", "af_taux_prev_sorties_dynamiques", "75"),
    ],
)
def test_a_wrong_detail_is_left_out_and_said(delivery, view, column, value):
    delivery.views[view][0][column] = value
    result = delivery.load()
    (issue,) = result.issues
    assert (issue.column, issue.kind) == (column, IssueKind.WARNING)
    assert (issue.line, issue.value) == (3, value)
    written = len(delivery.views[view])
    assert (result.by_view[view].created, result.by_view[view].rejected) == (written, 0)


@pytest.mark.parametrize("hours, warned", [("220", False), ("221", True)])
def test_a_month_of_too_many_hours_is_read_and_said(delivery, hours, warned):
    most = law.in_force("heures_mensuelles_plausibles", on=date(2019, 2, 1)).value
    delivery.views["EtatMensuelIndiv"][0]["emi_nb_heures_travail"] = hours
    said = [(i.value, i.kind, str(most) in i.reason) for i in delivery.load().issues]
    assert said == ([(hours, IssueKind.WARNING, True)] if warned else [])
    assert MonthlyHours.objects.filter(hours=hours).count() == 1


@pytest.mark.parametrize(
    "written, hours", [("26:00", 26), ("24:30", 24.5), ("35", 35), ("17,5", 17.5)]
)
def test_weekly_hours_are_read_in_their_several_forms(delivery, written, hours):
    delivery.views["ContratMission"][0]["contrat_duree_hebdo_travail"] = written
    delivery.load()
    assert Contract.objects.get().weekly_hours == hours


def test_two_lines_of_one_key_are_one_when_equal_else_the_second_is_refused(delivery):
    delivery.views["ContratMission"] += [
        rows.contract(),
        rows.contract(contrat_date_embauche="05/02/2019"),
    ]
    result = delivery.load()
    contracts = result.by_view["ContratMission"]
    assert (contracts.created, contracts.merged, contracts.rejected) == (1, 1, 1)
    assert result.issues[0].reason == "Cet identifiant est déjà à la ligne 3."


def test_no_nir_is_ever_shown_nor_stored(delivery, capsys):
    delivery.views["Salarie"][0]["salarie_nir"] = "185039962901234"
    result = delivery.load()
    (issue,) = result.issues
    assert (issue.column, issue.value, issue.kind) == ("salarie_nir", "", "WARNING")
    assert Person.objects.get().nir_hash is None
    assert not Exit.objects.exists()
