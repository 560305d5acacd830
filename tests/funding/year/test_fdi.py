"""A FDI request from its reception to its balance: the CDIAE, the cap, the advance (R85)."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from funding.actions.closing import close_year
from funding.actions.fdi import Answers, move_fdi
from funding.actions.ledger import open_accounts
from funding.actions.ledger_refusals import InsufficientFunds, LedgerRefusal
from funding.actions.refusals import ActRefused
from funding.enums import Bucket, FdiAct, FdiKind, FdiStatus, Line
from funding.figures.closing import preflight
from funding.figures.fdi import held_by
from funding.models import FdiEvent, FdiRequest, Transfer
from funding.rules.fdi import ROWS, row_of
from tests.funding.factories import FdiRequestFactory, SigningDelegationFactory
from tests.funding.factories.year import department_line, funded
from tests.funding.year.fdi import DAY, agree, balances, move
from tests.structures.factories import (
    AgencyFactory,
    MembershipFactory,
    StructureFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]
HALF = {"amount": Decimal(15_000), "share": Decimal("0.5")}


def test_an_advance_then_the_balance(fdi, head):
    """15,000 €: 6,000 in advance, 9,000 on the report."""
    agree(fdi, head)
    assert balances(fdi) == (25_000, 15_000, 0)

    assert move(fdi, FdiAct.PAY_ADVANCE, head).amount == 6_000
    assert balances(fdi) == (25_000, 9_000, 6_000)
    move(fdi, FdiAct.SETTLE, head, amount=Decimal(15_000))

    assert balances(fdi) == (25_000, 0, 15_000)
    assert fdi.status == FdiStatus.SETTLED


def test_a_report_that_justifies_less_frees_the_rest(fdi, head):
    agree(fdi, head)
    move(fdi, FdiAct.PAY_ADVANCE, head)

    assert move(fdi, FdiAct.SETTLE, head, amount=Decimal(10_000)).amount == 4_000

    assert balances(fdi) == (30_000, 0, 10_000)


def test_an_advance_above_the_report_is_paid_back(fdi, head):
    agree(fdi, head)
    move(fdi, FdiAct.PAY_ADVANCE, head)
    move(fdi, FdiAct.SETTLE, head, amount=Decimal(5_000))
    assert fdi.status == FdiStatus.OVERPAID

    assert move(fdi, FdiAct.RECOVER, head).amount == 1_000

    assert balances(fdi) == (35_000, 0, 5_000)
    assert fdi.status == FdiStatus.SETTLED


def test_two_requests_of_a_structure_do_not_share_their_money(fdi, head):
    other = FdiRequestFactory(envelope=fdi.envelope, structure=fdi.structure)
    for one in (fdi, other):
        agree(one, head, 10_000)
    move(fdi, FdiAct.PAY_ADVANCE, head)

    assert (held_by(fdi)[Bucket.PAID], held_by(other)[Bucket.PAID]) == (4_000, 0)
    source, target = (
        open_accounts(envelope=fdi.envelope, fdi=one)[bucket]
        for one, bucket in ((fdi, Bucket.COMMITTED), (other, Bucket.PAID))
    )
    with pytest.raises(IntegrityError, match="n’est pas permis"), transaction.atomic():
        Transfer.objects.create(
            **{"kind": "PAYMENT", "source": source, "target": target, "amount": 1},
            **{"on": DAY, "reference": "x", "idempotency_key": uuid4()},
        )


def test_no_decision_before_the_opinion_of_the_cdiae(fdi, head):
    with pytest.raises(ActRefused, match="ne se fait pas sur une demande « Reçue »"):
        move(fdi, FdiAct.AGREE, head, amount=Decimal(1), share=Decimal("0.4"))
    move(fdi, FdiAct.RECORD_OPINION, head)
    with pytest.raises(ActRefused, match="suit l’avis du CDIAE"):
        move(
            fdi,
            FdiAct.AGREE,
            head,
            on=date(2019, 9, 15),
            amount=Decimal(1),
            share=Decimal("0.4"),
        )


def test_the_consolidation_is_capped_by_the_law_and_the_others_are_not(line, head):
    """R85: 25,000 € refused."""
    fdi = FdiRequestFactory(envelope=line, requested=25_000)
    with pytest.raises(ActRefused, match="plafonnée à 22\u202f500,00"):
        agree(fdi, head, 25_000)
    other = FdiRequestFactory(envelope=line, requested=25_000, kind=FdiKind.DEVELOPMENT)
    agree(other, head, 25_000)

    assert other.agreed == 25_000


def test_the_database_holds_to_the_cap_the_opinion_and_the_line(fdi, head):
    move(fdi, FdiAct.RECORD_OPINION, head)
    above = {"agreed": 22_501, "decided_on": DAY, "requested": 25_000}
    elsewhere = department_line(Line.PEC)
    for change, message in (
        (above, "plafonnée"),
        ({"status": "AGREED"}, "fdi_decided_after_opinion"),
        ({"envelope": elsewhere}, "ligne FDI"),
        ({"structure": StructureFactory()}, "garde sa structure"),
    ):
        with pytest.raises(IntegrityError, match=message), transaction.atomic():
            FdiRequest.objects.filter(pk=fdi.pk).update(**change)
    with pytest.raises(IntegrityError, match="ligne FDI"), transaction.atomic():
        FdiRequestFactory(envelope=elsewhere)
    with pytest.raises((IntegrityError, LedgerRefusal)), transaction.atomic():
        open_accounts(envelope=elsewhere, fdi=fdi)


def test_more_than_the_line_holds_is_refused_and_nothing_moves(line, head):
    fdi = FdiRequestFactory(
        envelope=line, kind=FdiKind.START, requested=50_000, cost=60_000
    )
    move(fdi, FdiAct.RECORD_OPINION, head)
    with pytest.raises(InsufficientFunds), transaction.atomic():
        move(fdi, FdiAct.AGREE, head, amount=Decimal(50_000), share=Decimal("0.4"))

    fdi.refresh_from_db()
    assert fdi.status == FdiStatus.ADVISED


def test_who_has_no_delegation_decides_nothing(fdi):
    agent = MembershipFactory(agent=True, agency=AgencyFactory()).user
    move(fdi, FdiAct.RECORD_OPINION, agent)
    with pytest.raises(ActRefused, match="revient à : délégataire de signature"):
        move(fdi, FdiAct.AGREE, agent, amount=Decimal(1), share=Decimal("0.4"))


def test_a_delegation_stops_at_its_amount(fdi):
    user = MembershipFactory(agent=True, agency=AgencyFactory()).user
    SigningDelegationFactory(user=user, agency=AgencyFactory(), up_to=Decimal(10_000))
    move(fdi, FdiAct.RECORD_OPINION, user)
    with pytest.raises(ActRefused, match="le montant"):
        move(fdi, FdiAct.AGREE, user, amount=Decimal(10_001), share=Decimal("0.4"))


def test_giving_up_after_the_agreement_frees_the_money(fdi, head):
    agree(fdi, head)
    with pytest.raises(ActRefused, match="demande un motif"):
        move(fdi, FdiAct.CANCEL, head, reason="")
    move(fdi, FdiAct.CANCEL, head)

    assert balances(fdi) == (40_000, 0, 0)


def test_a_stale_page_is_told(fdi, head):
    move(fdi, FdiAct.RECORD_OPINION, head)
    with pytest.raises(ActRefused, match="elle est maintenant « Avis rendu »"):
        move_fdi(
            request=fdi,
            act=FdiAct.RECORD_OPINION,
            by=head,
            answers=Answers(on=DAY, opinion="FAVOURABLE"),
            today=DAY,
            expected=FdiStatus.RECEIVED,
        )


def test_a_history_is_only_added_to(fdi, head):
    move(fdi, FdiAct.RECORD_OPINION, head)
    with pytest.raises(DatabaseError, match="denied"), transaction.atomic():
        FdiEvent.objects.update(reason="autre")


@pytest.mark.parametrize("status", FdiStatus)
def test_the_table_knows_every_status(status):
    over = {FdiStatus.SETTLED, FdiStatus.REFUSED, FdiStatus.CANCELLED}
    acts = [row.act for row in ROWS if row.source == status]
    assert bool(acts) == (status not in over)
    assert all(row_of(status, act) for act in acts)


def test_a_request_decided_the_year_after_is_borne_by_that_year(fdi, head):
    next_line = funded(department_line(Line.FDI, year=2020), 20_000)
    january = date(2020, 1, 20)
    expected = preflight(fdi.envelope, on=january).returned
    close_year(
        envelope=fdi.envelope, on=january, today=january, by=head, expected=expected
    )
    move(fdi, FdiAct.RECORD_OPINION, head, on=january)

    move(fdi, FdiAct.AGREE, head, on=january, **HALF)

    assert fdi.envelope == next_line
    assert balances(fdi) == (5_000, 15_000, 0)


def test_no_line_in_the_year_of_the_decision_is_a_sentence(fdi, head):
    move(fdi, FdiAct.RECORD_OPINION, head)
    with pytest.raises(ActRefused, match="Aucune enveloppe FDI en 2020"):
        move(fdi, FdiAct.AGREE, head, on=date(2020, 1, 20), **HALF)


def test_once_agreed_a_request_keeps_its_envelope(fdi, head):
    agree(fdi, head)
    other = department_line(Line.FDI, year=2020)
    with pytest.raises(IntegrityError, match="garde sa structure"):
        FdiRequest.objects.filter(pk=fdi.pk).update(envelope=other)


def test_a_delegation_that_ended_signs_nothing_by_an_earlier_date(fdi):
    user = MembershipFactory(agent=True, agency=AgencyFactory()).user
    until = date(2019, 6, 30)
    SigningDelegationFactory(user=user, agency=AgencyFactory(), until=until)
    june, december = date(2019, 6, 20), date(2019, 12, 2)
    move(fdi, FdiAct.RECORD_OPINION, user, on=june)
    with pytest.raises(ActRefused, match="revient à : délégataire de signature"):
        move(fdi, FdiAct.AGREE, user, on=june, today=december, **HALF)


def test_an_act_is_neither_to_come_nor_before_the_decision(fdi, head):
    agree(fdi, head)
    for on, why in (
        (date(2031, 6, 20), "Le 20/06/2031 est à venir"),
        (date(2019, 9, 15), "La demande est décidée le 16/09/2019"),
    ):
        with pytest.raises(ActRefused, match=why) as refused:
            move(fdi, FdiAct.PAY_ADVANCE, head, on=on, today=date(2019, 12, 2))
        assert refused.value.field == "on"
