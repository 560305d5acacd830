"""The Ref files fill what the views give by an identifier only."""

from decimal import Decimal

from bench.flux import rows
from funding.models import AnnexeVersion
from parcours.models import Contract, ExitMotive


def test_a_unit_value_may_be_told_by_its_id(delivery):
    delivery.views["RefMontantIae"] = [
        {"rmi_id": 60, "rmi_code": "MT_AN_ETP", "rmi_valeur": "20199"},
        {"rmi_id": 11, "rmi_code": "DUR_AN_ETP", "rmi_valeur": "1820"},
    ]
    delivery.views["AnnexeFinanciere"][0] |= {
        "af_montant_unitaire_annuel_valeur": "",
        "af_montant_unitaire_annuel_id": 60,
        "af_duree_heure_annuel_etp_valeur": "",
        "af_duree_heure_annuel_etp_id": 11,
    }
    result = delivery.load()
    version = AnnexeVersion.objects.get()
    assert (version.unit_amount, version.hours_per_etp) == (Decimal(20199), 1820)
    assert result.by_view["RefMontantIae"].used == 2


def test_a_profile_may_be_told_by_its_ids(delivery):
    delivery.views["RefNiveauFormation"] = [
        {
            "rnf_id": 8,
            "rnf_code_niveau_form_empl": "51",
            "rnf_libelle_niveau_form_empl": "",
        }
    ]
    delivery.views["RefDureePoleEmploi"] = [
        {"rdp_id": 2, "rdp_lib_duree_pe": "De 6 à 11 mois"},
        {"rdp_id": 3, "rdp_lib_duree_pe": "De 12 à 23 mois"},
    ]
    delivery.views["ContratMission"] = [
        rows.contract(
            contrat_niveau_de_formation_code="",
            contrat_niveau_de_formation_id=8,
            contrat_salarie_pe_duree_code="",
            contrat_salarie_pe_duree_id=3,
        )
    ]
    assert delivery.load().issues == []
    contract = Contract.objects.get()
    assert (contract.training_level, contract.unemployed_since) == ("51", "03")


def test_new_motives_take_the_category_whose_words_they_point_to(delivery):
    delivery.load()
    known = ExitMotive.objects.filter(source="fluxIAE_RefMotifSort")
    assert dict(known.values_list("asp_code", "category")) == {
        "11": "DURABLE",
        "12": "TRANSITION",
        "13": "POSITIVE",
        "14": "OTHER",
        "15": "WITHDRAWN",
    }
    assert set(known.values_list("code", flat=True)) == {
        "M11",
        "M12",
        "M13",
        "M14",
        "M15",
    }


def test_a_motive_already_shipped_is_recognised_by_its_asp_code(delivery):
    """96 is the CDI inclusion: its category is to be confirmed, and stays ours."""
    delivery.views["RefMotifSort"] = [
        {"rms_id": 9, "rms_code": "96", "rms_libelle": "CDI Inclusion", "rcs_id": 1}
    ]
    result = delivery.load()
    assert result.by_view["RefMotifSort"].unchanged == 1
    assert ExitMotive.objects.get(asp_code="96").code == "D7"
    assert [issue.kind for issue in result.issues] == ["WARNING"]
