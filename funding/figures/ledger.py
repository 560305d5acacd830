"""What the ledger holds, by envelope and by annexe, and the transfers behind it."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum

from django.db import connection
from django.db.models import QuerySet

from funding.enums import Bucket
from funding.figures.envelopes import subtree, transfers_behind
from funding.models import Account, AnnexeFinanciere, Envelope, Transfer


class Figure(StrEnum):
    """Sums of an envelope that open on the transfers that made them."""

    NOTIFIED = "notified"
    DELEGATED = "delegated"
    AVAILABLE = "available"
    FROZEN = "frozen"
    RESERVED = "reserved"
    COMMITTED = "committed"
    PAID = "paid"
    ENGAGED = "engaged"


@dataclass(frozen=True, kw_only=True)
class EnvelopeBalance:
    """Euros of one envelope, without what its children hold but for two sums.

    `notified` is what it received, net; `delegated` what it passed on, net. Together:
    notified = delegated + available + frozen + reserved + engaged.
    """

    notified: Decimal
    delegated: Decimal
    available: Decimal
    frozen: Decimal
    reserved: Decimal
    committed: Decimal
    paid: Decimal

    @property
    def engaged(self) -> Decimal:
        """Committed and paid (R80)."""
        return self.committed + self.paid


BALANCES = """
WITH RECURSIVE below (top, id) AS (
    SELECT id, id FROM unnest(%s::bigint[]) wanted (id)
    UNION ALL
    SELECT top, e.id FROM below JOIN funding_envelope e ON e.parent_id = below.id
), held AS (
    SELECT top, below.id = top AS own, bucket, sum(balance) AS euros
    FROM below LEFT JOIN funding_account a ON a.envelope_id = below.id
    GROUP BY 1, 2, 3
)
SELECT top, coalesce(sum(euros), 0), coalesce(sum(euros) FILTER (WHERE NOT own), 0),
    coalesce(sum(euros) FILTER (WHERE own AND bucket = 'AVAILABLE'), 0),
    coalesce(sum(euros) FILTER (WHERE own AND bucket = 'FROZEN'), 0),
    coalesce(sum(euros) FILTER (WHERE own AND bucket = 'RESERVED'), 0),
    coalesce(sum(euros) FILTER (WHERE own AND bucket = 'COMMITTED'), 0),
    coalesce(sum(euros) FILTER (WHERE own AND bucket = 'PAID'), 0)
FROM held GROUP BY top
"""


def balances_by_envelope(envelopes: Iterable[Envelope]) -> dict[int, EnvelopeBalance]:
    """Balances by envelope key, zero for one without account; one query for all.

    What an envelope received is what it and all below it hold: the ledger only moves.
    """
    with connection.cursor() as cursor:
        cursor.execute(BALANCES, [[envelope.pk for envelope in envelopes]])
        rows = cursor.fetchall()
    names = [field.name for field in fields(EnvelopeBalance)]
    return {
        top: EnvelopeBalance(**dict(zip(names, sums, strict=True)))
        for top, *sums in rows
    }


@dataclass(frozen=True, kw_only=True)
class AnnexeBalance:
    """Euros of one annexe over the envelopes that bear it."""

    reserved: Decimal
    committed: Decimal
    paid: Decimal

    @property
    def engaged(self) -> Decimal:
        return self.committed + self.paid


def balances_by_annexe(
    annexes: Iterable[AnnexeFinanciere],
) -> dict[int, AnnexeBalance]:
    """Balances by annexe key, zero for one the ledger does not know; one query."""
    keys = [annexe.pk for annexe in annexes]
    held = {(key, bucket): Decimal(0) for key in keys for bucket in Bucket}
    rows = Account.objects.filter(annexe__in=keys)
    for key, bucket, balance in rows.values_list("annexe", "bucket", "balance"):
        held[key, Bucket(bucket)] += balance
    return {
        key: AnnexeBalance(
            reserved=held[key, Bucket.RESERVED],
            committed=held[key, Bucket.COMMITTED],
            paid=held[key, Bucket.PAID],
        )
        for key in keys
    }


def transfers_of(envelope: Envelope, figure: Figure) -> QuerySet[Transfer]:
    """The transfers whose `signed` amounts add up to a figure of the envelope."""
    if figure in (Figure.NOTIFIED, Figure.DELEGATED):
        below = set(subtree(envelope, Envelope.objects.all()))
        if figure == Figure.DELEGATED:
            below.discard(envelope.pk)
        return transfers_behind(Account.objects.filter(envelope__in=below))
    buckets = (
        [Bucket.COMMITTED, Bucket.PAID]
        if figure == Figure.ENGAGED
        else [Bucket[figure.name]]
    )
    accounts = Account.objects.filter(envelope=envelope, bucket__in=buckets)
    return transfers_behind(accounts)
