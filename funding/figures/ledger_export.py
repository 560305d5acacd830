"""The ledger for the outside: its anchor, in one line, and the whole of it, in many."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

FORMAT = "iae-ledger-1"
PAGE = 5_000
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Anchor:
    """The state of the whole ledger in one line, to be kept outside the base."""

    last_id: int
    transfers: int
    digest: str
    accounts: list[Row] = field(repr=False, compare=False)

    def __str__(self) -> str:
        return f"{self.last_id}:{self.digest}"


# One line per account that ever moved; the stand-alone verifier hashes the same text.
# Who holds it: an annexe by its number, a FDI request by a word and its own.
HOLDER = "coalesce(annexe_id::text, 'fdi ' || fdi_id)"
DIGEST = f"""
encode(sha256(convert_to(coalesce(string_agg(concat_ws(',', id, bucket,
    coalesce(envelope_id::text, '-'), coalesce({HOLDER}, '-'),
    balance::text, head) || E'\\n', '' ORDER BY id), ''), 'UTF8')), 'hex')
"""


def anchor() -> Anchor:
    """The anchor of this instant. Transfers wait while it is taken, some milliseconds.

    In a transaction of the caller's they wait until its end.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        # An id drawn and not yet committed would be below the last one, and missing.
        cursor.execute("SELECT funding_ledger_hold()")
        cursor.execute("SELECT coalesce(max(id), 0), count(*) FROM funding_transfer")
        last_id, transfers = cursor.fetchone()
        cursor.execute(f"SELECT {DIGEST} FROM funding_account WHERE head <> ''")
        (digest,) = cursor.fetchone()
        cursor.execute(
            "SELECT id, bucket, envelope_id, annexe_id, fdi_id, balance::text, head"
            " FROM funding_account WHERE head <> '' ORDER BY id"
        )
        return Anchor(last_id, transfers, digest, list(map(named, cursor.fetchall())))


def named(row: Row) -> Row:
    """An account as the export writes it, its holder in one column (HOLDER)."""
    key, bucket, envelope, annexe, fdi, balance, head = row
    holder = annexe if fdi is None else f"fdi {fdi}"
    return key, bucket, envelope, holder, balance, head


AS_OF = f"""
WITH leg AS (
    SELECT source_id AS account_id, id, -amount AS change FROM funding_transfer
    UNION ALL SELECT target_id, id, amount FROM funding_transfer
), held AS (
    SELECT account_id, sum(change) AS balance, max(id) AS last
    FROM leg WHERE id <= %s GROUP BY account_id
), state AS (
    SELECT a.id, bucket, envelope_id, annexe_id, fdi_id, held.balance, l.hash AS head
    FROM held JOIN funding_account a ON a.id = account_id
    LEFT JOIN funding_link l ON l.transfer_id = last
)
SELECT {DIGEST} FROM state
"""


def digest_as_of(last_id: int) -> str:
    """The digest an anchor taken at this transfer had, from the transfers themselves."""
    with connection.cursor() as cursor:
        cursor.execute(AS_OF, [last_id])
        return str(cursor.fetchone()[0])


LINES = """
SELECT t.id, kind, source_id, target_id, amount::text,
    to_char(effective_on::timestamp, 'YYYY-MM-DD'), reference, idempotency_key::text,
    corrects_id, by_id, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    source_previous, target_previous, hash
FROM funding_transfer t LEFT JOIN funding_link l ON l.transfer_id = t.id
WHERE t.id > %s AND t.id <= %s ORDER BY t.id LIMIT %s
"""
ACCOUNT = ("account", "bucket", "envelope", "annexe", "balance", "head")
TRANSFER = (
    *("id", "kind", "source", "target", "amount", "on", "reference", "key"),
    *("corrects", "by", "at", "source_previous", "target_previous", "hash"),
)


def export_lines() -> Iterator[str]:
    """The ledger as JSON lines: a header with the anchor, the accounts, the transfers.

    Transfers up to the anchor no longer change, so they are read page by page.
    """
    state = anchor()
    yield _line({"format": FORMAT, "anchor": str(state), "transfers": state.transfers})
    for row in state.accounts:
        yield _line(dict(zip(ACCOUNT, row, strict=True)))
    last = 0
    while last < state.last_id:
        with connection.cursor() as cursor:
            cursor.execute(LINES, [last, state.last_id, PAGE])
            rows = cursor.fetchall()
        for row in rows:
            yield _line(dict(zip(TRANSFER, row, strict=True)))
        last = rows[-1][0] if rows else state.last_id


def _line(fields: dict[str, Any]) -> str:
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
