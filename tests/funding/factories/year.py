"""Envelopes through the year, payments, FDI, for tests."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import factory

from funding.actions.fongibilite import move_credits
from funding.actions.ledger import delegate, notify
from funding.enums import (
    ClaimReason,
    FdiAct,
    FdiKind,
    FdiStatus,
    Level,
    Line,
    PaymentOrigin,
)
from funding.models import (
    Claim,
    Closing,
    FdiEvent,
    FdiRequest,
    Fongibilite,
    Notification,
    Payment,
)
from tests.funding.factories.annexes import AnnexeFactory, EnvelopeFactory
from tests.structures.factories import StructureFactory, UserFactory

DAY = date(2019, 6, 14)


def department_line(line, *, year=2019):
    """A line of the Pas-de-Calais under its FIE, under the région’s and the nation’s."""
    mother = EnvelopeFactory(departmental=True, line=Line.FIE, year=year)
    return EnvelopeFactory(
        level=Level.LINE,
        line=line,
        year=year,
        departement=mother.departement,
        region=mother.region,
        parent=mother,
    )


def funded(envelope, amount, *, on=DAY):
    """Money from outside down to an envelope; the envelope."""
    path = [envelope]
    while path[-1].parent:
        path.append(path[-1].parent)
    common = {"amount": Decimal(amount), "on": on, "reference": "Circulaire"}
    notify(envelope=path.pop(), by=None, **common)
    for child in reversed(path):
        delegate(envelope=child, by=None, **common)
    return envelope


class NotificationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Notification

    envelope = factory.SubFactory(EnvelopeFactory, regional=True)
    amount = Decimal("146813905.00")
    difference = Decimal("4400000.00")
    on = date(2019, 1, 31)
    reference = "Circulaire FIE du 31 janvier 2019"
    key = factory.LazyFunction(uuid4)
    by = factory.SubFactory(UserFactory)


class FongibiliteFactory(factory.django.DjangoModelFactory):
    """1,000 € from the PEC to the IAE of the Pas-de-Calais."""

    class Meta:
        model = Fongibilite

    amount = Decimal(1000)
    on = DAY
    reason = "Fongibilité du printemps"
    key = factory.LazyFunction(uuid4)
    by = factory.SubFactory(UserFactory)

    @classmethod
    def _create(cls, model_class, **fields):
        source = funded(department_line(Line.PEC), fields["amount"])
        target = department_line(Line.IAE_SOCLE)
        return move_credits(source=source, target=target, **fields)


class ClosingFactory(factory.django.DjangoModelFactory):
    """A line that held nothing, closed on 31 December 2019."""

    class Meta:
        model = Closing

    envelope = factory.LazyFunction(lambda: department_line(Line.PEC))
    on = date(2019, 12, 31)
    released = returned = unpaid = Decimal(0)
    last_transfer = 0
    by = factory.SubFactory(UserFactory)


class PaymentFactory(factory.django.DjangoModelFactory):
    """March 2019, without its transfers: record_payment makes whole ones."""

    class Meta:
        model = Payment

    annexe = factory.SubFactory(AnnexeFactory)
    period = date(2019, 3, 1)
    paid_on = date(2019, 3, 25)
    amount = Decimal("16832.50")
    reference = factory.Sequence(lambda n: f"ASP-{n:06d}")
    origin = PaymentOrigin.ENTERED
    key = factory.LazyFunction(uuid4)


class ClaimFactory(factory.django.DjangoModelFactory):
    """R86: 201,990 € paid, 191,890.50 due."""

    class Meta:
        model = Claim

    annexe = factory.SubFactory(AnnexeFactory)
    paid = Decimal("201990.00")
    due = Decimal("191890.50")
    amount = Decimal("10099.50")
    reason = ClaimReason.UNDERUSE
    issued_on = date(2020, 2, 3)
    letter = "Madame, Monsieur,"
    key = factory.LazyFunction(uuid4)
    by = factory.SubFactory(UserFactory)


class FdiRequestFactory(factory.django.DjangoModelFactory):
    """15,000 € asked in June 2019 to consolidate an ACI of Lens."""

    class Meta:
        model = FdiRequest

    structure = factory.SubFactory(StructureFactory)
    envelope = factory.LazyFunction(lambda: department_line(Line.FDI))
    kind = FdiKind.CONSOLIDATION
    purpose = "Passer un creux de trésorerie après l’incendie de l’atelier."
    cost = Decimal(30_000)
    requested = Decimal(15_000)
    received_on = date(2019, 6, 3)
    key = factory.LazyFunction(uuid4)


class FdiEventFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FdiEvent

    request = factory.SubFactory(FdiRequestFactory)
    act = FdiAct.RECORD_OPINION
    target = FdiStatus.ADVISED
    on = DAY
