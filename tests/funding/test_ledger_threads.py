"""Twenty at once, on a real database: nothing overspent, nothing stuck, nothing twice.

The last tests take a lock or a check away from a copy of the ledger, and see the same
runs go wrong: these tests can fail.
"""

import random
import re
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.db import connection, connections

from funding.actions import ledger
from funding.actions.ledger_refusals import CorrectionTooLarge, InsufficientFunds
from funding.enums import Bucket, TransferKind
from funding.figures.ledger_export import export_lines
from funding.management.verify_ledger import Broken, verify
from funding.models import Transfer
from tests.funding.ledger_world import (
    DAY,
    INSERT,
    balances,
    make_world,
    outside,
    row,
)

THREADS, TRIES, PRICE = 20, 60, 50_000
SQL = Path(ledger.__file__).parents[1] / "migrations" / "sql" / "ledger_transfers.sql"
pytestmark = pytest.mark.slow


@pytest.fixture
def world(committed_db):
    return make_world()


def at_once(work, items, *, threads=THREADS):
    """What each call returned; all threads start together and close what they opened."""
    ready = threading.Barrier(threads)

    def share(mine):
        try:
            ready.wait()
            return [work(item) for item in mine]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        shares = pool.map(share, [items[start::threads] for start in range(threads)])
        return [result for one in shares for result in one]


def by_action(pair):
    source, target = pair
    try:
        ledger.post(transfers=[freeze(source, target)], by=None)
    except InsufficientFunds:
        return "refused"
    return "done"


def freeze(source, target):
    return ledger.Movement(
        kind=TransferKind.FREEZE,
        source=source,
        target=target,
        amount=Decimal(PRICE),
        on=DAY,
        reference="",
    )


@contextmanager
def by_sql(connect):
    """The same, as raw SQL on a connection a thread."""
    opened = {}

    def insert(pair):
        thread = threading.get_ident()
        if thread not in opened:
            opened[thread] = connect("default", autocommit=True)
        try:
            opened[thread].execute(INSERT, row(*pair, PRICE, TransferKind.FREEZE))
        except psycopg.errors.CheckViolation:
            return "refused"
        except psycopg.errors.DeadlockDetected:  # what the locks are for
            return "deadlock"
        return "done"

    try:
        yield insert
    finally:
        for one in opened.values():
            one.close()


def sixty_tries(world, work):
    """Sixty times 50,000 asked of an envelope of 1,000,000."""
    world.give(world.france, 1_000_000)
    pair = [world.account(world.france, it) for it in (Bucket.AVAILABLE, Bucket.FROZEN)]
    results = Counter(at_once(work, [pair] * TRIES))
    for account in pair:
        account.refresh_from_db()
    return results, pair[0].balance, pair[1].balance


@pytest.mark.parametrize("way", ["action", "sql"])
def test_twenty_of_sixty_pass_five_times_in_a_row(committed_db, way):
    for year in range(2015, 2020):
        sender = nullcontext(by_action) if way == "action" else by_sql(committed_db)
        with sender as work:
            results, left, frozen = sixty_tries(make_world(year=year), work)

        assert results == {"done": 20, "refused": 40}
        assert (left, frozen) == (0, 1_000_000)
    assert sum(balances().values()) == 0
    assert verify(exported()) == Transfer.objects.count() == 5 * 21


def exported():
    return [f"{line}\n".encode() for line in export_lines()]


def test_transactions_of_three_transfers_in_any_order_never_deadlock(world):
    envelopes = [world.france, world.region, world.pas_de_calais, world.paris]
    for envelope in envelopes:
        world.give(envelope, 10_000)
    accounts = {
        it.pk: [world.account(it, b) for b in (Bucket.AVAILABLE, Bucket.FROZEN)]
        for it in envelopes
    }
    free = {pk: pair[0] for pk, pair in accounts.items()}
    ways = [
        (kind, *(pair if kind == TransferKind.FREEZE else reversed(pair)))
        for pair in accounts.values()
        for kind in (TransferKind.FREEZE, TransferKind.UNFREEZE)
    ]
    for child in (it for it in envelopes if it.parent_id in free):
        up, down = free[child.parent_id], free[child.pk]
        ways.append((TransferKind.DELEGATION, up, down))
        ways.append((TransferKind.RETURN, down, up))
    draws = random.Random(62)

    def three():
        return [
            ledger.Movement(
                kind=kind,
                source=source,
                target=target,
                amount=Decimal(1),
                on=DAY,
                reference="",
            )
            for kind, source, target in draws.choices(ways, k=3)
        ]

    def send(moves):
        try:
            return len(ledger.post(transfers=moves, by=None))
        except InsufficientFunds:
            return 0

    done = sum(at_once(send, [three() for _ in range(400)]))

    assert done > 600, "most of them find money"
    assert sum(balances().values()) == 0
    assert verify(exported()) == Transfer.objects.count()


def test_twenty_with_the_same_key_move_money_once(world):
    source, target = outside(), world.available(world.france)
    move = ledger.Movement(
        kind=TransferKind.NOTIFICATION,
        source=source,
        target=target,
        amount=Decimal(100),
        on=DAY,
        reference="",
    )

    keys = at_once(lambda it: ledger.post(transfers=[it], by=None)[0].pk, [move] * 20)

    assert len(set(keys)) == 1
    target.refresh_from_db()
    assert target.balance == 100


@pytest.mark.parametrize("suffix", ["", " ON CONFLICT DO NOTHING"])
def test_the_same_key_three_times_in_raw_sql_moves_money_once(
    committed_db, world, suffix
):
    target, key = world.available(world.france), uuid4()
    one = row(outside(), target, 100, TransferKind.NOTIFICATION, key=key)
    with committed_db("default", autocommit=True) as application:
        for _ in range(3):
            try:
                application.execute(INSERT + suffix, one)
            except psycopg.errors.UniqueViolation:
                assert not suffix

    target.refresh_from_db()
    assert target.balance == 100
    assert verify(exported()) == 1


def test_a_key_repeated_inside_one_statement_moves_money_once(committed_db, world):
    target, key = world.available(world.france), uuid4()
    one = row(outside(), target, 100, TransferKind.NOTIFICATION, key=key)
    twice = INSERT + INSERT[INSERT.rindex("VALUES (") :].replace("VALUES", ",")
    with committed_db("default", autocommit=True) as application:
        application.execute(f"{twice} ON CONFLICT DO NOTHING", one * 2)

    target.refresh_from_db()
    assert target.balance == 100


def test_a_transfer_is_corrected_once_by_twenty_at_once(world):
    given = world.give(world.france, 100)
    world.give(world.france, 1_000_000)

    def correct(_):
        try:
            ledger.correct(
                transfer=given, amount=Decimal(100), on=DAY, reference="", by=None
            )
        except CorrectionTooLarge:
            return "refused"
        return "done"

    assert Counter(at_once(correct, range(20))) == {"done": 1, "refused": 19}


def without_locks(connect):
    """The ledger’s own function, its locks taken out, in this test’s own database."""
    text = SQL.read_text()
    [function] = re.findall(
        r"CREATE FUNCTION funding_transfer_before.*?\$\$;", text, flags=re.S
    )
    unlocked = function.replace(" FOR NO KEY UPDATE", "")
    assert (
        unlocked.count("FOR NO KEY UPDATE") == 0 < function.count("FOR NO KEY UPDATE")
    )
    with connect("owner", autocommit=True) as owner:
        owner.execute(unlocked.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"))


def test_without_locks_the_chain_forks(committed_db, world):
    without_locks(committed_db)

    with by_sql(committed_db) as work:
        sixty_tries(world, work)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM funding_link GROUP BY source_previous"
            " HAVING count(*) > 1"
        )
        assert cursor.fetchall(), "two links follow the same one"
    with pytest.raises(Broken, match="mouvement"):
        verify(exported())


def test_read_then_write_without_the_check_overspends(committed_db, world):
    without_locks(committed_db)
    with committed_db("owner", autocommit=True) as owner:
        owner.execute(
            "ALTER TABLE funding_account DROP CONSTRAINT account_never_below_zero"
        )

    with by_sql(committed_db) as work:
        results, left, _ = sixty_tries(world, work)

    assert results["done"] > 20
    assert left < 0
