"""Inserts per second: our ledger beside a bare two-table one, in alternate runs.

`python -m bench.ledger` prints the table; `run()` gives its lines to `make bench`.
"""

import argparse
import os
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from uuid import uuid4

import django
import psycopg
from django.core.management import call_command
from django.db import connections
from psycopg import sql

DATABASE = "bench_ledger"
CONNECTIONS = (1, 8, 20)
TARGET = 0.6
INSERT = {
    "bare": (
        "INSERT INTO bare.transfer (source, target, amount, idempotency_key)"
        " VALUES (%(source)s, %(target)s, 1, %(key)s)"
    ),
    "ours": (
        "INSERT INTO funding_transfer (source_id, target_id, amount, kind, reference,"
        " effective_on, idempotency_key) VALUES (%(source)s, %(target)s, 1, %(kind)s,"
        " 'Notification du 27 février', '2019-02-27', %(key)s)"
    ),
}
PAIRS = {"one hot account": "DELEGATION", "100 accounts": "FREEZE"}
ACCOUNTS = {
    "DELEGATION": """
        SELECT m.id, a.id FROM funding_account a
        JOIN funding_envelope e ON e.id = a.envelope_id
        JOIN funding_account m ON m.envelope_id = e.parent_id
        WHERE a.bucket = 'AVAILABLE' AND m.bucket = 'AVAILABLE'""",
    "FREEZE": """
        SELECT a.id, f.id FROM funding_account a
        JOIN funding_account f USING (envelope_id)
        JOIN funding_envelope e ON e.id = envelope_id
        WHERE a.bucket = 'AVAILABLE' AND f.bucket = 'FROZEN'
        AND e.parent_id IS NOT NULL""",
}


@dataclass(frozen=True, kw_only=True)
class Row:
    """Medians of inserts per second, and our share of the bare ledger's, run by run."""

    accounts: str
    connections: int
    bare: float
    ours: float
    ratios: tuple[float, ...]

    @property
    def ratio(self) -> float:
        return statistics.median(self.ratios)

    def __str__(self) -> str:
        return (
            f"{self.accounts:<16} {self.connections:>11} {self.bare:>8.0f}/s"
            f" {self.ours:>8.0f}/s {self.ratio:>6.2f}"
            f"  {min(self.ratios):.2f}-{max(self.ratios):.2f}"
        )


HEADER = f"{'accounts':<16} connections       bare       ours  ratio  spread"


def measure(*, transfers: int = 2000, rounds: int = 5) -> Iterator[Row]:
    """A row per topology and number of connections, as each is measured."""
    with scratch_database() as connect:
        with connect("owner") as connection:
            connection.execute(Path(__file__).with_suffix(".sql").read_text())
            role = connections["default"].settings_dict["USER"]
            connection.execute(
                sql.SQL(
                    "GRANT USAGE ON SCHEMA bare TO {0};"
                    " GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA bare TO {0}"
                ).format(sql.Identifier(role))
            )
        for accounts, kind in PAIRS.items():
            with connect("default") as connection:
                pairs = connection.execute(ACCOUNTS[kind]).fetchall()
            for count in CONNECTIONS:
                yield compare(connect, accounts, kind, pairs, count, transfers, rounds)


def compare(connect, accounts, kind, pairs, count, transfers, rounds) -> Row:
    speeds: dict[str, list[float]] = {"bare": [], "ours": []}
    for turn in range(rounds + 1):
        # Which one goes first alternates; the first turn warms both and is not kept.
        for side in sorted(speeds, reverse=turn % 2 == 0):
            speed = inserts_per_second(connect, side, kind, pairs, count, transfers)
            if turn:
                speeds[side].append(speed)
    return Row(
        accounts=accounts,
        connections=count,
        bare=statistics.median(speeds["bare"]),
        ours=statistics.median(speeds["ours"]),
        ratios=tuple(
            ours / bare
            for ours, bare in zip(speeds["ours"], speeds["bare"], strict=True)
        ),
    )


def inserts_per_second(connect, side, kind, pairs, count, transfers) -> float:
    """Each connection has its thread; all start together."""
    ready = threading.Barrier(count + 1)
    failures: list[BaseException] = []
    threads = [
        threading.Thread(
            target=_insert,
            args=(connect, side, kind, mine, ready, failures),
        )
        for mine in _shares(pairs, count, transfers)
    ]
    for thread in threads:
        thread.start()
    ready.wait()
    started = time.perf_counter()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - started
    if failures:
        raise failures[0]
    return transfers // count * count / elapsed


def _shares(pairs, count, transfers):
    for index in range(count):
        mine = cycle(pairs[index * len(pairs) // count :] + pairs)
        yield list(islice(mine, transfers // count))


def _insert(connect, side, kind, pairs, ready, failures):
    try:
        with connect("default", autocommit=True, prepare_threshold=0) as connection:
            statement = INSERT[side]
            rows = [
                {"source": source, "target": target, "kind": kind, "key": uuid4()}
                for source, target in pairs
            ]
            cursor = connection.cursor()
            cursor.execute("SELECT 1")
            ready.wait()
            for row in rows:
                cursor.execute(statement, row)
    except BaseException as error:
        failures.append(error)
        ready.abort()


@contextmanager
def scratch_database():
    """A migrated database of its own, dropped at the end; gives `connect(alias)`."""
    names = {alias: connections[alias].settings_dict["NAME"] for alias in connections}

    def connect(alias, name=DATABASE, **options):
        parts = connections[alias].get_connection_params()
        parts = {
            k: parts[k] for k in ("user", "password", "host", "port") if parts.get(k)
        }
        return psycopg.connect(dbname=name, **parts, **options)

    def rename(to):
        for alias in connections:
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = to(alias)

    drop = f"DROP DATABASE IF EXISTS {DATABASE}"
    with connect("owner", "postgres", autocommit=True) as postgres:
        postgres.execute(drop)
        postgres.execute(f"CREATE DATABASE {DATABASE}")
        rename(lambda alias: DATABASE)
        try:
            call_command("migrate", database="owner", verbosity=0)
            yield connect
        finally:
            rename(names.get)
            postgres.execute(drop)


def run(*, transfers: int = 2000, rounds: int = 5) -> Iterator[str]:
    """The table, line by line, as it is measured."""
    yield HEADER
    for row in measure(transfers=transfers, rounds=rounds):
        yield f"{row}{'' if row.ratio >= TARGET else f'  below {TARGET}'}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--transfers", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    for line in run(transfers=options.transfers, rounds=options.rounds):
        print(line, flush=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iae_manager.settings")
    django.setup()
    main()
