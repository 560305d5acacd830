"""What an envelope was given provisionally, then really, and what stands on it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection
from django.db.models import QuerySet

from funding.enums import Level, TransferKind
from funding.figures.envelopes import subtree, transfers_behind
from funding.models import Account, Envelope, Notification, Transfer
from funding.rules.closing import difference, key_of

# An envelope's real amount is known from its own notification, else from its mother's once
# something came after it; a root without one of ours, from the first notification in the
# ledger. What came before that day was provisional.
STAGES = """
WITH RECURSIVE told (envelope_id, day) AS (
    SELECT envelope_id, min("on") FROM funding_notification GROUP BY 1
), heard (id, day, is_own) AS (
    SELECT e.id, coalesce(told.day, (
        SELECT min(t.effective_on) FROM funding_account k
        JOIN funding_transfer t ON t.target_id = k.id AND t.kind = 'NOTIFICATION'
        WHERE k.envelope_id = e.id AND k.bucket = 'AVAILABLE'
    )), true
    FROM funding_envelope e LEFT JOIN told ON told.envelope_id = e.id
    WHERE e.parent_id IS NULL AND e.year = %(year)s
    UNION ALL
    SELECT e.id, coalesce(told.day, heard.day), told.day IS NOT NULL
    FROM heard JOIN funding_envelope e ON e.parent_id = heard.id
    LEFT JOIN told ON told.envelope_id = e.id
), moved (id, day, amount) AS (
    SELECT w.id, t.effective_on, t.amount
    FROM funding_envelope w JOIN funding_account k
        ON k.envelope_id = w.id AND k.bucket = 'AVAILABLE'
    JOIN funding_transfer t ON t.target_id = k.id AND t.kind = ANY (%(kinds)s)
    JOIN funding_account s ON s.id = t.source_id
    WHERE w.id = ANY (%(wanted)s) AND s.envelope_id IS NOT DISTINCT FROM w.parent_id
    UNION ALL
    SELECT w.id, t.effective_on, -t.amount
    FROM funding_envelope w JOIN funding_account k
        ON k.envelope_id = w.id AND k.bucket = 'AVAILABLE'
    JOIN funding_transfer t ON t.source_id = k.id AND t.kind = ANY (%(kinds)s)
    JOIN funding_account g ON g.id = t.target_id
    WHERE w.id = ANY (%(wanted)s) AND g.envelope_id IS NOT DISTINCT FROM w.parent_id
), known (id, day) AS (
    SELECT h.id, CASE WHEN h.is_own OR EXISTS (
        SELECT FROM moved m WHERE m.id = h.id AND m.day >= h.day
    ) THEN h.day END
    FROM heard h WHERE h.id = ANY (%(wanted)s)
)
SELECT known.id, known.day, coalesce(sum(moved.amount) FILTER (
        WHERE known.day IS NULL OR moved.day < known.day), 0),
    coalesce(sum(moved.amount), 0), coalesce(c.returned, 0)
FROM known LEFT JOIN moved USING (id)
LEFT JOIN funding_closing c ON c.envelope_id = known.id
GROUP BY known.id, known.day, c.returned
"""
# What passes between an envelope and its mother, or the outside.
BETWEEN = [
    *("PROVISIONAL", "NOTIFICATION", "REDUCTION"),
    *("DELEGATION", "RETURN", "CORRECTION"),
]


PROVISIONAL, REAL, GAP = "provisoire", "definitive", "ecart"


@dataclass(frozen=True)
class Stages:
    """Euros received, net, before the real amount was known, and in all.

    `returned` is what the closing of the exercise gave back: it was notified.
    """

    known_on: date | None
    provisional: Decimal
    received: Decimal
    returned: Decimal = Decimal(0)

    @property
    def real(self) -> Decimal | None:
        """None while only a provisional amount was notified."""
        return self.received + self.returned if self.known_on else None

    @property
    def difference(self) -> Decimal | None:
        if self.real is None:
            return None
        return difference(notified=self.real, received=self.provisional)


def stages_of(envelopes: list[Envelope], *, year: int) -> dict[int, Stages]:
    """By envelope key; one query, whatever the number of envelopes of the year."""
    keys = [envelope.pk for envelope in envelopes]
    with connection.cursor() as cursor:
        cursor.execute(STAGES, {"year": year, "wanted": keys, "kinds": BETWEEN})
        return {key: Stages(*row) for key, *row in cursor.fetchall()}


def transfers_of_stage(envelope: Envelope, stage: str) -> QuerySet[Transfer] | None:
    """The transfers whose `signed` amounts make a stage of an envelope; two queries.

    What a closing gave back had been notified: it is not taken off the real amount. None
    while there is no real amount.
    """
    known_on = stages_of([envelope], year=envelope.year)[envelope.pk].known_on
    below = subtree(envelope, Envelope.objects.all())
    rows = transfers_behind(Account.objects.filter(envelope__in=below))
    if stage == PROVISIONAL:
        return rows.filter(on__lt=known_on) if known_on else rows
    if known_on is None:
        return None
    back = (TransferKind.RETURN, TransferKind.REDUCTION)
    closing = [key_of(kind, envelope.pk) for kind in back]
    real = rows.exclude(idempotency_key__in=closing)
    return real.filter(on__gte=known_on) if stage == GAP else real


def kind_told(transfer: Transfer, known_on: date | None) -> TransferKind:
    """What a movement is called where it is read.

    What goes down from the nation is notified to a région: provisionally before
    `known_on`, the day its real amount is known.
    """
    kind, place = TransferKind(transfer.kind), transfer.target.envelope
    if kind != TransferKind.DELEGATION or place is None:
        return kind
    if place.level != Level.REGIONAL:
        return kind
    is_real = known_on is not None and transfer.on >= known_on
    return TransferKind.NOTIFICATION if is_real else TransferKind.PROVISIONAL


def kind_read(transfer: Transfer) -> TransferKind:
    """The same of one movement; one query for what comes to a région."""
    place = transfer.target.envelope
    known = known_days([place]) if place else {}
    return kind_told(transfer, known.get(place.pk) if place else None)


def known_days(envelopes: list[Envelope]) -> dict[int, date | None]:
    """The day the real amount of each région is known; envelopes of one year, one query."""
    regional = [it for it in envelopes if it.level == Level.REGIONAL]
    if not regional:
        return {}
    found = stages_of(regional, year=regional[0].year)
    return {key: stages.known_on for key, stages in found.items()}


def notifications_of(envelope: Envelope) -> list[Notification]:
    """Real amounts recorded on an envelope, last first; one query."""
    rows = (
        Notification.objects.filter(envelope=envelope)
        .select_related("by")
        .order_by("-pk")
    )
    return list(rows)
