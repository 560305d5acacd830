"""One row of each view, right by default; keywords change its columns."""

from datetime import date
from typing import Any

from structures import law

Row = dict[str, Any]
# The year of the annexes, once its arrêté was published.
DAY = date(2019, 7, 1)
SOCLE = int(law.in_force("montant_socle", "ACI", on=DAY).value)
HOURS_PER_ETP = int(law.in_force("heures_par_etp", "ACI", on=DAY).value)
COUNTERS = [
    f"acc_dif_nb_sal_{mode}_{theme}"
    for mode in ("conc", "int", "ext", "int_ext")
    for theme in (
        *("illetrisme", "demarch", "heberg", "mobilite", "sante", "justice"),
        *("surendet", "manque_dispo"),
    )
]


def nir(number: int, *, sex: int = 1, year: int = 85) -> str:
    """A NIR of the right form and key, of nobody: the order 9xx of a commune 9xx."""
    body = (
        f"{sex}{year % 100:02d}{number % 12 + 1:02d}99"
        f"{number // 12 % 900 + 100:03d}{number // 10_800 % 1000:03d}"
    )
    return f"{body}{97 - int(body) % 97:02d}"


def structure(asp_id: int = 100, **changes: Any) -> Row:
    siret = f"{90_000_000_000_000 + asp_id:014d}"
    return {
        "structure_id_siae": asp_id,
        "structure_siret_signature": siret,
        "structure_siret_actualise": siret,
        "structure_denomination": f"Les Jardins du Crinchon {asp_id}",
        "structure_code_naf": "8899B",
        "structure_adresse_admin_numero": "12",
        "structure_adresse_admin_type_voie": "RUE",
        "structure_adresse_admin_nom_voie": "DES LILAS",
        "structure_adresse_admin_cp": "62300",
        "structure_adresse_admin_code_insee": "62498",
        "structure_adresse_admin_telephone": "0300000000",
        "structure_adresse_mail_corresp_technique": f"contact{asp_id}@exemple.invalid",
        "structure_date_creation": "01/02/2010 08:00:00",
        **changes,
    }


def annexe(asp_id: int = 1000, **changes: Any) -> Row:
    """The annexe 2019 of an ACI of 8 ETP, in force, second year of its convention."""
    return {
        "af_id_structure": 100,
        "af_numero_convention": "062 010118 ACI 00012",
        "af_mesure_dispositif_code": "ACI_DC",
        "af_numero_annexe_financiere": "ACI062180012",
        "af_numero_avenant_renouvellement": "A1",
        "af_numero_avenant_modification": "M0",
        "af_id_annexe_financiere": asp_id,
        "af_id_avenant_modification": asp_id * 10,
        "af_etat_annexe_financiere_code": "VALIDE",
        "af_date_debut_effet": "01/01/2019",
        "af_date_fin_effet": "31/12/2019",
        "af_etp_postes_insertion": "8.00",
        "af_duree_heure_annuel_etp_valeur": HOURS_PER_ETP,
        "af_montant_unitaire_annuel_valeur": SOCLE,
        "af_montant_total_annuel": f"{8 * SOCLE}.00",
        "af_mt_cofinance": "35328.00",
        "af_id_financeur_code": "CD62",
        "af_indic_perimetre_milieu_penitentiaire": "false",
        "af_nb_prev_sorties": "10",
        "af_taux_prev_sorties_dynamiques": "50",
        "af_taux_prev_sorties_durable": "25",
        "af_taux_prev_sorties_trans": "15",
        "af_taux_prev_sorties_positives": "10",
        "af_date_signature": "15/01/2019",
        **changes,
    }


def person(salarie_id: int = 5000, **changes: Any) -> Row:
    return {
        "salarie_id": salarie_id,
        "salarie_nir": nir(salarie_id),
        "salarie_agrement": f"0622019{salarie_id:05d}",
        "salarie_nom_usage": "D’Hérouville-Petit",
        "salarie_prenom": "Zoé",
        "salarie_date_naissance": "14/03/1985",
        "salarie_rci_libelle": "MME",
        "salarie_codeinseecom": "62498",
        "salarie_adr_qpv_type": "QP",
        "salarie_date_modification": "05/02/2019",
        **changes,
    }


def contract(asp_id: int = 7000, **changes: Any) -> Row:
    """A CDDI of six months from February 2019, of a person on RSA."""
    return {
        "contrat_id_ctr": asp_id,
        "contrat_id_pph": 5000,
        "contrat_id_structure": 100,
        "contrat_mesure_disp_code": "ACI_DC",
        "contrat_date_embauche": "04/02/2019",
        "contrat_date_fin_contrat": "03/08/2019",
        "contrat_duree_contrat": "6",
        "contrat_type_contrat": "0",
        "contrat_code_rome": "A1203",
        "contrat_duree_hebdo_travail": "26:00",
        "contrat_niveau_de_formation_code": "51",
        "contrat_salarie_pe_duree_code": "04",
        "contrat_salarie_rsa": "OUI-NM",
        "contrat_salarie_is_zrr": "false",
        "contrat_salarie_ass": "false",
        "contrat_salarie_aah": "false",
        "contrat_salarie_rqth": "true",
        "contrat_salarie_sortant_ase": "false",
        "contrat_salarie_parent_isole": "false",
        "contrat_salarie_hebergement": "false",
        "contrat_salarie_refugie": "false",
        "contrat_salarie_sortant_detention": "false",
        **changes,
    }


def month(number: int = 3, **changes: Any) -> Row:
    """113 hours of a month of 2019, validated the month after."""
    return {
        "emi_date_creation": "01/02/2019",
        "emi_afi_id": 1000,
        "emi_sme_mois": number,
        "emi_sme_annee": "2019",
        "emi_esm_etat_code": "VALIDE",
        "emi_sme_version": "1",
        "emi_date_validation": f"05/{number % 12 + 1:02d}/{2019 + number // 12}",
        "emi_pph_id": 5000,
        "emi_ctr_id": 7000,
        "emi_nb_heures_travail": "113",
        "emi_part_etp": "0.745055",
        **changes,
    }


def training(asp_id: int = 9000, **changes: Any) -> Row:
    return {
        "formation_id_for": asp_id,
        "formation_id_ctr": 7000,
        "formation_date_debut": "06/05/2019",
        "formation_date_fin": "07/05/2019",
        "formation_duree_heures": "14",
        "formation_duree_minutes": "30",
        "formation_objectif_for_code": "REMOB",
        "formation_type_for_code": "Sauveteur secouriste du travail",
        **changes,
    }


def accompaniment(acc_id: int = 300, **changes: Any) -> Row:
    counters: Row = dict.fromkeys(COUNTERS, 0)
    counters |= {
        "acc_dif_nb_sal_conc_mobilite": 9,
        "acc_dif_nb_sal_int_mobilite": 4,
        "acc_dif_nb_sal_ext_mobilite": 3,
        "acc_dif_nb_sal_int_ext_mobilite": 2,
    }
    return {
        "acc_id": acc_id,
        "acc_afi_id": 1000,
        "acc_date_creation": "10/12/2019",
        **counters,
        **changes,
    }


REFS: dict[str, list[Row]] = {
    "RefCategorieSort": [
        {"rcs_id": 1, "rcs_code": "1", "rcs_libelle": "Emploi durable"},
        {"rcs_id": 2, "rcs_code": "2", "rcs_libelle": "Emploi de transition"},
        {"rcs_id": 3, "rcs_code": "3", "rcs_libelle": "Sorties positives"},
        {"rcs_id": 4, "rcs_code": "4", "rcs_libelle": "Autres sorties"},
        {"rcs_id": 5, "rcs_code": "5", "rcs_libelle": "Retrait des sorties constatées"},
    ],
    "RefMotifSort": [
        {"rms_id": 31, "rms_code": "11", "rms_libelle": "Embauche en CDI", "rcs_id": 1},
        {"rms_id": 32, "rms_code": "12", "rms_libelle": "CDD de 4 mois", "rcs_id": 2},
        {
            "rms_id": 33,
            "rms_code": "13",
            "rms_libelle": "Entrée en formation",
            "rcs_id": 3,
        },
        {"rms_id": 34, "rms_code": "14", "rms_libelle": "Au chômage", "rcs_id": 4},
        {"rms_id": 35, "rms_code": "15", "rms_libelle": "Congé parental", "rcs_id": 5},
    ],
}
