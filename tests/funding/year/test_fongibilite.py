"""Credits between the PEC and the IAE of one département, and of no other (R83)."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from funding.actions.fongibilite import move_credits
from funding.actions.ledger import open_accounts
from funding.actions.ledger_refusals import InsufficientFunds
from funding.actions.refusals import ActRefused
from funding.enums import Bucket, Line
from funding.figures.worth import worth_of
from funding.models import Account, Fongibilite, Transfer
from tests.funding.factories import EnvelopeFactory
from tests.funding.factories.year import DAY, department_line, funded
from tests.structures.factories import (
    DepartementFactory,
    MembershipFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]


@pytest.fixture
def pec():
    return funded(department_line(Line.PEC), 10_000)


@pytest.fixture
def iae():
    return department_line(Line.IAE_SOCLE)


def move(source, target, amount=4000, **options):
    options = {"on": DAY, "reason": "Printemps", "key": uuid4()} | options
    return move_credits(
        source=source,
        target=target,
        amount=Decimal(amount),
        by=UserFactory(),
        **options,
    )


def available(envelope):
    found = Account.objects.filter(envelope=envelope, bucket=Bucket.AVAILABLE)
    return found.values_list("balance", flat=True).first()


def test_credits_pass_through_the_mother(pec, iae):
    made = move(pec, iae)

    assert (available(pec), available(iae)) == (6000, 4000)
    assert available(pec.parent) == 0
    assert (made.given.kind, made.taken.kind) == ("RETURN", "DELEGATION")


def test_and_back(pec, iae):
    move(pec, iae)
    move(iae, pec, 1000)

    assert (available(pec), available(iae)) == (7000, 3000)


def test_a_double_click_moves_once(pec, iae):
    key = uuid4()
    assert move(pec, iae, key=key) == move(pec, iae, key=key)
    assert available(iae) == 4000


def test_more_than_the_line_holds_is_refused_and_nothing_moves(pec, iae):
    before = Transfer.objects.count()
    with pytest.raises(InsufficientFunds), transaction.atomic():
        move(pec, iae, 10_001)

    assert Transfer.objects.count() == before
    assert not Fongibilite.objects.exists()


def test_an_earmark_a_cousin_and_another_line_are_refused(pec, iae):
    earmark = EnvelopeFactory(
        **{"line": Line.ERBM, "level": "EARMARK", "parent": iae},
        **{"departement": iae.departement, "region": iae.region},
    )
    nord = DepartementFactory(code="59", name="Nord")
    mother = EnvelopeFactory(departmental=True, line=Line.FIE, departement=nord)
    cousin = EnvelopeFactory(
        **{"line": Line.IAE_SOCLE, "level": "LINE", "parent": mother},
        **{"departement": nord, "region": nord.region},
    )
    for target in (earmark, cousin, department_line(Line.FDI)):
        with pytest.raises(ActRefused, match="fonds d’inclusion"):
            move(pec, target)
    assert available(pec) == 10_000


def test_the_database_refuses_a_cousin_whatever_the_application_says(pec, iae):
    """Credits between sisters in one movement: no kind permits it."""
    nord = DepartementFactory(code="59", name="Nord")
    cousin = EnvelopeFactory(departmental=True, line=Line.FIE, departement=nord)

    source = open_accounts(envelope=pec)[Bucket.AVAILABLE]
    for target in (iae, cousin):
        for kind in ("DELEGATION", "RETURN"):
            with (
                pytest.raises(IntegrityError, match="n’est pas permis"),
                transaction.atomic(),
            ):
                Transfer.objects.create(
                    **{"kind": kind, "source": source, "amount": 1},
                    target=open_accounts(envelope=target)[Bucket.AVAILABLE],
                    **{"on": DAY, "reference": "x", "idempotency_key": uuid4()},
                )


def test_a_decision_is_only_added(pec, iae):
    made = move(pec, iae)
    for attempt in (
        lambda: Fongibilite.objects.update(amount=1),
        lambda: Fongibilite.objects.filter(pk=made.pk)._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match="denied"), transaction.atomic():
            attempt()


def test_a_million_is_194_pec_or_50_etp():
    """R83, at the values of 2018."""
    worth = worth_of(Decimal(1_000_000), year=2018, on=DAY)

    assert worth.pec == 194
    assert dict(worth.etp)["ACI"] == Decimal("50.25")


@pytest.fixture
def local(pec):
    return MembershipFactory(agent=True).user


def send(client, envelope, **data):
    data = {"on": "2019-06-14", "reason": "Printemps", "key": uuid4()} | data
    url = f"/enveloppes/{envelope.pk}/fongibilite/"
    return client.post(url, data, follow=True).content.decode()


def test_the_page_says_what_the_amount_is_worth_then_does_it(client, pec, iae, local):
    client.force_login(local)

    shown = send(client, pec, target=iae.pk, amount="5215.60")
    assert "Soit 1\xa0PEC, ou 0,25 ETP d’ACI" in shown
    assert "4\u202f784,40" in shown
    done = send(client, pec, target=iae.pk, amount="5215.60", confirmed="True")

    assert "la décision est enregistrée" in done
    assert "Fongibilité vers IAE, montant socle" in done
    assert available(iae) == Decimal("5215.60")


@pytest.mark.parametrize(
    "data, told",
    [
        ({"amount": "20000", "confirmed": "True"}, "Il reste 10\u202f000,00"),
        ({"amount": "10", "reason": ""}, "Ce champ est obligatoire"),
        ({"amount": "0"}, "Le montant est supérieur à zéro"),
    ],
)
def test_what_cannot_be_is_a_sentence(client, pec, iae, local, data, told):
    client.force_login(local)

    assert told in send(client, pec, target=iae.pk, **data)
    assert available(pec) == 10_000


def test_only_a_fungible_line_has_the_page(client, pec, iae, local):
    client.force_login(local)

    assert client.get(f"/enveloppes/{iae.pk}/fongibilite/").status_code == 200
    fdi = department_line(Line.FDI)
    assert client.get(f"/enveloppes/{fdi.pk}/fongibilite/").status_code == 404
