"""Contracts renewed and added: the total, its reasons, the week, who did it."""

from datetime import date
from decimal import Decimal

import pytest

from parcours.enums import PersonAct
from parcours.models import Contract, ContractDecision, PersonEvent
from structures.enums import Role
from tests.parcours.factories import ContractFactory, ExitFactory
from tests.structures.factories import MembershipFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]

QUERIES = 8
RENEWAL = {
    "act": "renouvellement",
    "starts_on": "2020-02-04",
    "ends_on": "2020-12-31",
    "weekly_hours": "26",
}
DECISION = {
    "decision": "DIFFICULTES",
    "decided_on": "2019-11-25",
    "decision_until": "2021-12-31",
    "reference": "PE-62-0457",
}


@pytest.fixture
def contract(client, db):
    """A CDDI from February 2019 to February 2020, in the house of a CIP."""
    member = MembershipFactory(role=Role.CIP)
    client.force_login(member.user)
    return ContractFactory(structure=member.structure, is_rqth=False, job="A1203")


def send(client, contract, **changes):
    url = f"/parcours/{contract.parcours_id}/contrat/"
    response = client.post(url, RENEWAL | changes)
    return "" if response.status_code == 302 else response.content.decode()


def last():
    return Contract.objects.latest("pk")


def test_the_page_is_for_the_staff_who_signs(client, contract):
    page = f"/parcours/{contract.parcours_id}/contrat/"
    assert page in client.get(f"/parcours/{contract.parcours_id}/").content.decode()
    structure = contract.structure
    for member in (
        MembershipFactory(structure=structure, role=Role.ENCADRANT),
        MembershipFactory(agent=True),
    ):
        client.force_login(member.user)
        assert client.get(page).status_code == 404


def test_the_page_says_what_is_known(client, contract, django_assert_num_queries):
    with django_assert_num_queries(QUERIES):
        page = client.get(f"/parcours/{contract.parcours_id}/contrat/")
    assert 'value="2020-02-04"' in page.content.decode()
    assert 'value="A1203"' in page.content.decode()


def test_a_contract_is_renewed(client, contract):
    send(client, contract)
    found = last()
    assert (found.renews, found.hired_on) == (contract, contract.hired_on)
    assert PersonEvent.objects.get().act == PersonAct.RENEWED


def test_a_renewal_starts_after_what_it_renews(client, contract):
    told = send(client, contract, starts_on="2020-02-03")
    assert "faites commencer la suite après ce jour" in told


def test_a_contract_that_ended_is_not_renewed(client, contract):
    ExitFactory(contract=contract)
    assert "a terminé ce contrat" in send(client, contract)


def test_more_than_the_total_is_refused(client, contract):
    told = send(client, contract, ends_on="2021-02-04")
    assert "durée totale le 03/02/2021" in told
    assert Contract.objects.count() == 1


def test_a_decision_goes_beyond_the_total(client, contract):
    beyond = {"ends_on": "2021-02-28", "decision_until": "2021-02-03"}
    told = send(client, contract, **(DECISION | beyond))
    assert "durée totale le 03/02/2021" in told
    beyond = {"starts_on": "2020-02-04", "ends_on": "2021-02-03"}
    decided = DECISION | {"decision_until": "2021-02-03"}
    told = send(client, contract, **(decided | beyond))
    assert "Le droit finit le 31/12/2020" in told
    send(client, contract, **(decided | beyond), confirmed="on")
    decision = ContractDecision.objects.get()
    assert (decision.contract, decision.until) == (last(), date(2021, 2, 3))


def test_a_decision_is_not_longer_than_the_law(client, contract):
    told = send(client, contract, **DECISION, confirmed="on")
    assert "Une décision vaut 12 mois au plus" in told
    assert not last().renews


def test_short_hours_need_their_decision(client, contract):
    assert "au moins 20,00 heures" in send(client, contract, weekly_hours="16")
    decided = DECISION | {"decision": "INDIVIDUAL", "decision_until": "2020-07-31"}
    send(client, contract, weekly_hours="16", **decided)
    assert last().weekly_hours == Decimal(16)


def test_a_decision_needs_its_reference(client, contract):
    told = send(client, contract, **(DECISION | {"reference": ""}))
    assert "Saisissez-la : la décision est gardée." in told


def test_another_contract_is_signed_on_the_same_right(client, contract):
    ExitFactory(contract=contract)
    new = {"act": "nouveau", "kind": "CDDI", "starts_on": "2019-12-09"}
    assert "déjà un contrat ici" in send(client, contract, **new)
    Contract.objects.update(ends_on=date(2019, 9, 30))
    send(client, contract, **new)
    assert (last().renews, last().hired_on) == (None, date(2019, 12, 9))
    assert last().parcours == contract.parcours
