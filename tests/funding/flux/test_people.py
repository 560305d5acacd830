"""One person per NIR, contracts in their chain, parcours told by a number (R57)."""

from datetime import date, timedelta

import pytest
from django.conf import settings

from bench.flux import rows
from funding.flux import merge
from parcours.enums import ContractKind, Regime
from parcours.models import Contract, LocalIdentity, Parcours, Person
from parcours.rules.nir import decrypted

AI = {
    "af_mesure_dispositif_code": "AI_DC",
    "af_numero_convention": "062 010118 AI 00012",
    "af_numero_annexe_financiere": "AI062180012",
    "af_id_structure": 101,
}


@pytest.fixture
def second_site(delivery):
    """An AI, of another ASP id, where the same person works under another identifier."""
    delivery.views["Structure"].append(rows.structure(101))
    delivery.views["AnnexeFinanciere"].append(rows.annexe(1001, **AI))
    delivery.views["Salarie"].append(
        rows.person(5001, salarie_nir=rows.nir(5000), salarie_agrement="")
    )
    delivery.views["ContratMission"].append(
        rows.contract(
            7001,
            contrat_id_pph=5001,
            contrat_id_structure=101,
            contrat_mesure_disp_code="AI_DC",
            contrat_date_embauche="02/09/2019",
            contrat_date_fin_contrat="31/12/2019",
        )
    )


def test_one_nir_is_one_person_under_two_identifiers(delivery, second_site):
    result = delivery.load()
    assert result.issues == []
    person = Person.objects.get()
    assert set(LocalIdentity.objects.values_list("asp_id", "person")) == {
        (5000, person.pk),
        (5001, person.pk),
    }
    assert Contract.objects.filter(person=person).count() == 2


def test_the_nir_is_stored_hashed_and_encrypted_only(delivery):
    delivery.load()
    person = Person.objects.get()
    nir = rows.nir(5000)
    assert decrypted(bytes(person.nir_cipher), key=settings.NIR_KEY.encode()) == nir
    assert nir not in person.nir_hash


def test_without_a_nir_the_local_identifier_is_the_person(delivery):
    delivery.views["Salarie"] = [
        rows.person(salarie_nir=""),
        rows.person(5001, salarie_nir=""),
    ]
    delivery.load()
    assert Person.objects.count() == 2
    assert {c.created for c in delivery.load().tables.values()} == {0}


def test_a_nir_that_comes_later_completes_the_person(delivery, second_site):
    delivery.views["Salarie"][0]["salarie_nir"] = ""
    delivery.views["Salarie"][1]["salarie_nir"] = ""
    delivery.views["Salarie"].pop()
    delivery.views["ContratMission"].pop()
    delivery.load()
    first = Person.objects.get()
    delivery.views["Salarie"] = [
        rows.person(),
        rows.person(5001, salarie_nir=rows.nir(5000)),
    ]
    people = delivery.load().by_view["Salarie"]
    assert (people.created, people.updated + people.unchanged) == (1, 1)
    assert Person.objects.get().pk == first.pk
    assert Person.objects.get().nir_hash


def test_an_identifier_cannot_change_person(delivery):
    delivery.load()
    delivery.views["Salarie"] = [rows.person(salarie_nir=rows.nir(5002))]
    issue = delivery.load().issues[0]
    assert (issue.column, issue.value) == ("salarie_id", "5000")
    assert "deux personnes de la base" in issue.reason


def test_the_line_changed_last_speaks_for_the_person(delivery):
    delivery.views["Salarie"].append(
        rows.person(salarie_prenom="Zoé-Lou", salarie_date_modification="06/02/2019")
    )
    people = delivery.load().by_view["Salarie"]
    assert (people.created, people.merged) == (1, 1)
    assert Person.objects.get().first_name == "Zoé-Lou"


def test_renewals_are_chained_in_order_of_dates(delivery):
    delivery.views["ContratMission"] = [
        rows.contract(
            7002,
            contrat_type_contrat="2",
            contrat_date_embauche="04/12/2019",
            contrat_date_fin_contrat="03/02/2020",
        ),
        rows.contract(),
        rows.contract(
            7001,
            contrat_type_contrat="1",
            contrat_date_embauche="04/08/2019",
            contrat_date_fin_contrat="03/12/2019",
        ),
    ]
    assert delivery.load().issues == []
    chain = Contract.objects.order_by("starts_on").values_list(
        "asp_id", "renews__asp_id"
    )
    assert list(chain) == [(7000, None), (7001, 7000), (7002, 7001)]
    assert set(Contract.objects.values_list("hired_on", flat=True)) == {
        date(2019, 2, 4)
    }


def test_a_renewal_joins_the_contract_of_an_earlier_delivery(delivery):
    delivery.load()
    delivery.views["ContratMission"] = [
        rows.contract(
            7001,
            contrat_type_contrat="1",
            contrat_date_embauche="04/08/2019",
            contrat_date_fin_contrat="03/12/2019",
        )
    ]
    delivery.load()
    renewal = Contract.objects.get(asp_id=7001)
    assert (renewal.renews.asp_id, renewal.hired_on) == (7000, date(2019, 2, 4))


def test_renewals_are_written_in_any_order(delivery, monkeypatch):
    """The last first, and a slice of writing as small as can be."""
    monkeypatch.setattr(merge, "PAGES_PER_SLICE", 1)
    days = [date(2019, 1, 1) + timedelta(days=5 * rank) for rank in range(150)]
    delivery.views["ContratMission"] = [
        rows.contract(
            7000 + rank,
            contrat_type_contrat=rank,
            contrat_date_embauche=f"{day:%d/%m/%Y}",
            contrat_date_fin_contrat=f"{day + timedelta(days=4):%d/%m/%Y}",
        )
        for rank, day in reversed(list(enumerate(days)))
    ]
    assert delivery.load().by_view["ContratMission"].created == 150
    assert Contract.objects.filter(renews=None).count() == 1


def test_a_renewal_of_nothing_is_read_with_a_reserve(delivery):
    delivery.views["ContratMission"][0]["contrat_type_contrat"] = "1"
    (issue,) = delivery.load().issues
    assert (issue.column, issue.kind) == ("contrat_type_contrat", "WARNING")
    assert Contract.objects.get().renews is None


def test_a_contract_ends_the_day_before_the_next(delivery):
    delivery.views["ContratMission"].append(
        rows.contract(
            7001,
            contrat_type_contrat="1",
            contrat_date_embauche="01/08/2019",
            contrat_date_fin_contrat="31/12/2019",
        )
    )
    (issue,) = delivery.load().issues
    assert (issue.line, issue.column) == (3, "contrat_date_fin_contrat")
    assert Contract.objects.get(asp_id=7000).ends_on == date(2019, 7, 31)
    assert {c.updated for c in delivery.load().tables.values()} == {0}


def test_two_contracts_here_cannot_begin_together(delivery):
    delivery.views["ContratMission"].append(rows.contract(7001))
    (issue,) = delivery.load().issues
    assert (issue.line, issue.column) == (4, "contrat_date_embauche")


def test_contracts_may_move_together(delivery):
    """The second takes days of the first: no order of writing is right alone."""
    second = rows.contract(
        7001,
        contrat_type_contrat="1",
        contrat_date_embauche="04/08/2019",
        contrat_date_fin_contrat="03/12/2019",
    )
    delivery.views["ContratMission"].append(second)
    delivery.load()
    delivery.views["ContratMission"][0]["contrat_date_fin_contrat"] = "30/09/2019"
    second["contrat_date_embauche"] = "01/10/2019"
    assert delivery.load().by_view["ContratMission"].updated == 2


def test_the_kind_of_contract_follows_the_measure(delivery, second_site):
    delivery.views["RefFormeContrat"] = [
        {
            "rfc_id": 4,
            "rfc_code_forme_contrat": "CDII",
            "rfc_lib_forme_contrat": "CDI inclusion",
        }
    ]
    delivery.views["ContratMission"].append(
        rows.contract(
            7002,
            contrat_date_embauche="04/08/2019",
            contrat_date_fin_contrat="",
            contrat_format_contrat_code="CDII",
        )
    )
    delivery.load()
    assert dict(Contract.objects.values_list("asp_id", "kind")) == {
        7000: ContractKind.CDDI,
        7001: ContractKind.MAD,
        7002: ContractKind.CDI_INCLUSION,
    }


def test_an_ai_without_agrement_is_a_free_parcours(delivery, second_site):
    del delivery.views["Salarie"][0], delivery.views["ContratMission"][0]
    for view in ("EtatMensuelIndiv", "Formations"):
        delivery.views[view] = []
    assert delivery.load().issues == []
    right = Parcours.objects.get()
    assert (right.regime, right.number) == (Regime.FREE, "")
    assert (right.starts_on, right.ends_on) == (date(2019, 9, 2), date(2021, 9, 1))


def test_elsewhere_a_missing_agrement_is_said(delivery):
    delivery.views["Salarie"][0]["salarie_agrement"] = ""
    (issue,) = delivery.load().issues
    assert (issue.column, issue.kind) == ("contrat_id_pph", "WARNING")
    assert Parcours.objects.get().regime == Regime.AGREMENT


def test_a_contract_without_number_belongs_to_the_parcours_that_covers_it(
    delivery, second_site
):
    delivery.load()
    assert Parcours.objects.get().contracts.count() == 2


def test_a_new_number_cuts_the_parcours_before_it(delivery, second_site):
    delivery.views["Salarie"][1]["salarie_agrement"] = "999992012345"
    delivery.load()
    assert list(
        Parcours.objects.order_by("starts_on").values_list("regime", "ends_on")
    ) == [
        (Regime.AGREMENT, date(2019, 9, 1)),
        (Regime.PASS_IAE, date(2021, 8, 31)),
    ]
