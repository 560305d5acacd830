"""A small tree of envelopes, and transfers sent as raw SQL: what an attacker would do.

France has 1,000 €, the région 32 and the Pas-de-Calais (62) under it; the Île-de-France
and Paris are their cousins. Two annexes are on the Pas-de-Calais.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import uuid4

from django.db import connection

from funding.actions import ledger
from funding.enums import Bucket, TransferKind
from funding.models import Account, AnnexeFinanciere, Envelope
from tests.funding.factories import AnnexeFactory, EnvelopeFactory
from tests.structures.factories import DepartementFactory, RegionFactory

DAY = date(2019, 2, 27)
COLUMNS = (
    "source_id, target_id, amount, kind, reference, effective_on, idempotency_key,"
    " corrects_id"
)
VALUES = "(%s, %s, %s, %s, 'Notification', '2019-02-27', %s, %s)"
INSERT = f"INSERT INTO funding_transfer ({COLUMNS}) VALUES {VALUES}"


def row(source, target, amount, kind, *, key=None, corrects=None):
    """The values of one transfer, accounts by key or as objects."""
    source, target = (getattr(it, "pk", it) for it in (source, target))
    return (source, target, amount, kind, key or uuid4(), corrects)


def send(*rows, cursor=None, suffix=""):
    """One INSERT with these rows; on Django's connection unless a cursor is given."""
    statement = f"INSERT INTO funding_transfer ({COLUMNS}) VALUES "
    statement += ", ".join([VALUES] * len(rows)) + suffix
    values = [value for one in rows for value in one]
    if cursor:
        return cursor.execute(statement, values)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def copy(*rows):
    """The same by COPY."""
    columns = COLUMNS.replace("reference, effective_on, ", "")
    with connection.wrap_database_errors, connection.cursor() as cursor:
        statement = (
            f"COPY funding_transfer ({columns}, reference, effective_on) FROM STDIN"
        )
        with cursor.copy(statement) as lines:
            for one in rows:
                lines.write_row((*one, "Notification", DAY))


@dataclass
class World:
    france: Envelope
    region: Envelope
    pas_de_calais: Envelope
    paris: Envelope
    annexe: AnnexeFinanciere
    other_annexe: AnnexeFinanciere

    def account(self, envelope, bucket, annexe=None):
        return ledger.open_accounts(envelope=envelope, annexe=annexe)[bucket]

    def available(self, envelope):
        return self.account(envelope, Bucket.AVAILABLE)

    def give(self, envelope, amount, **options):
        """Money down the tree, from outside to this envelope."""
        if envelope.parent is None:
            return self.move(TransferKind.NOTIFICATION, envelope, amount, **options)
        self.give(envelope.parent, amount, **options)
        return self.move(TransferKind.DELEGATION, envelope, amount, **options)

    def move(self, kind, envelope, amount, annexe=None, by=None, **options):
        return ledger.move(
            kind=kind,
            envelope=envelope,
            annexe=annexe,
            amount=Decimal(amount),
            on=DAY,
            reference="Circulaire du 27 février 2019",
            by=by,
            **options,
        )


def make_world(*, year=2019):
    far = RegionFactory(code="11", name="Île-de-France")
    paris = DepartementFactory(code="75", name="Paris", region=far)
    pas_de_calais = EnvelopeFactory(departmental=True, year=year)
    return World(
        france=pas_de_calais.parent.parent,
        region=pas_de_calais.parent,
        pas_de_calais=pas_de_calais,
        paris=EnvelopeFactory(departmental=True, year=year, departement=paris),
        annexe=AnnexeFactory(year=year),
        other_annexe=AnnexeFactory(year=year),
    )


def balances():
    """What every account holds, by key."""
    return dict(Account.objects.values_list("pk", "balance"))


def outside():
    return Account.objects.get(bucket=Bucket.OUTSIDE)
