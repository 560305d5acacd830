"""Transfers on their way to the ledger, whose triggers number, check and chain them."""

from collections.abc import Iterator
from datetime import date
from uuid import NAMESPACE_URL, uuid5

from psycopg import Cursor

from funding.enums import Bucket
from seeds.copying import chunks
from seeds.flows import OUTSIDE, Key, Move
from seeds.geography import NULL

ACCOUNTS = "envelope_id, annexe_id, bucket"
TRANSFERS = (
    "source_id, target_id, amount, kind, reference, effective_on, idempotency_key"
)
KEYS = uuid5(NAMESPACE_URL, "https://simulated.invalid/transfers")


class Ledger:
    """Opens accounts and sends moves, in the order of days."""

    def __init__(self, cursor: Cursor, *, seed: int) -> None:
        self.cursor, self.seed = cursor, seed
        self.sent = 0
        self.accounts: dict[Key, int] = {OUTSIDE: self.outside()}

    def outside(self) -> int:
        self.cursor.execute(
            "SELECT id FROM funding_account WHERE bucket = %s", [Bucket.OUTSIDE.value]
        )
        return self.cursor.fetchone()[0]

    def post(self, moves: list[Move], *, as_of: date) -> int:
        """Send the moves of the days that have come; how many went."""
        due = sorted((m for m in moves if m.on <= as_of), key=lambda m: (m.on, m.rank))
        self.open({key for move in due for key in (move.source, move.target)})
        lines = list(self.lines(due))
        if lines:
            with self.cursor.copy(
                f"COPY funding_transfer ({TRANSFERS}) FROM STDIN"
            ) as copy:
                for chunk in chunks(lines):
                    copy.write(chunk)
        return len(lines)

    def open(self, wanted: set[Key]) -> None:
        """Open the accounts that are not, and learn their numbers."""
        new = sorted(
            wanted - self.accounts.keys(), key=lambda k: (k[0], k[1] or 0, ORDER[k[2]])
        )
        with self.cursor.copy(f"COPY funding_account ({ACCOUNTS}) FROM STDIN") as copy:
            for envelope, annexe, bucket in new:
                copy.write(
                    f"{envelope}\t{NULL if annexe is None else annexe}\t{bucket}\n"
                )
        self.cursor.execute(f"SELECT {ACCOUNTS}, id FROM funding_account")
        self.accounts = {tuple(row[:3]): row[3] for row in self.cursor}

    def lines(self, moves: list[Move]) -> Iterator[str]:
        for move in moves:
            self.sent += 1
            key = uuid5(KEYS, f"{self.seed}/{self.sent}")
            yield (
                f"{self.accounts[move.source]}\t{self.accounts[move.target]}\t"
                f"{move.amount}\t{move.kind.value}\t{move.reference}\t{move.on}\t{key}\n"
            )


ORDER = {bucket.value: place for place, bucket in enumerate(Bucket)}
