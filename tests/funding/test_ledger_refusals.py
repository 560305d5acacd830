"""What the database refuses, sent as raw SQL by the application’s role and the owner."""

from decimal import Decimal

import psycopg
import pytest
from django.db import Error, IntegrityError, ProgrammingError, connection, transaction

from funding.enums import Bucket, TransferKind
from funding.models import Transfer, TransferRule
from funding.rules.transfers import ROUTES
from tests.funding.ledger_world import balances, copy, make_world, outside, row, send

ACCOUNT_WITH_MONEY = """
    INSERT INTO funding_account (envelope_id, bucket, balance)
    SELECT id, 'FROZEN', 5 FROM funding_envelope LIMIT 1"""
NEW_RULE = """
    INSERT INTO funding_transferrule (kind, source_bucket, target_bucket, tie)
    VALUES ('NOTIFICATION', 'OUTSIDE', 'PAID', 'ROOT')"""
DELEGATION, NOTIFICATION = TransferKind.DELEGATION, TransferKind.NOTIFICATION


@pytest.fixture
def world(db):
    world = make_world()
    for envelope in (world.pas_de_calais, world.paris):
        world.give(envelope, 1000)
    for annexe in (world.annexe, world.other_annexe):
        world.move(TransferKind.RESERVE, world.pas_de_calais, 300, annexe)
        world.move(TransferKind.COMMIT, world.pas_de_calais, 200, annexe)
    return world


def refused(send_it, constraint):
    """The statement is refused under this name, and nothing moved."""
    before = balances()
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        send_it()
    assert error.value.__cause__.diag.constraint_name == constraint
    assert balances() == before


def test_the_table_of_rules_is_the_one_the_code_knows(db):
    rules = TransferRule.objects.values_list(
        "kind", "source_bucket", "target_bucket", "tie"
    )

    assert set(rules) == {(k, r.source, r.target, r.tie) for k, r in ROUTES.items()}
    assert set(ROUTES) == set(TransferKind) - {TransferKind.CORRECTION}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE funding_transfer SET amount = amount + 1",
        "DELETE FROM funding_transfer",
        "TRUNCATE funding_transfer CASCADE",
        "UPDATE funding_link SET hash = ''",
        "DELETE FROM funding_link",
        "TRUNCATE funding_link",
        "INSERT INTO funding_link VALUES (0, '', '', '')",
        "UPDATE funding_account SET balance = balance + 1",
        "UPDATE funding_account SET head = ''",
        "UPDATE funding_account SET bucket = 'OUTSIDE'",
        "DELETE FROM funding_account",
        "TRUNCATE funding_account CASCADE",
        ACCOUNT_WITH_MONEY,
        NEW_RULE,
        "UPDATE funding_transferrule SET tie = 'ROOT'",
        "ALTER TABLE funding_transfer DISABLE TRIGGER ALL",
        "DROP TRIGGER ledger_transfer_before ON funding_transfer",
        "SET session_replication_role = replica",
        "SELECT setval('funding_transfer_chain', 1)",
    ],
)
def test_the_application_may_not(world, statement):
    before = balances()
    with (
        pytest.raises(ProgrammingError, match="permission|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert balances() == before


def test_money_is_not_minted_below_the_root(world):
    target = world.available(world.pas_de_calais)
    one = row(outside(), target, 5, NOTIFICATION)
    refused(lambda: send(one), "ledger_rule")


def test_money_is_not_minted_in_another_bucket_or_under_another_name(world):
    frozen = world.account(world.france, Bucket.FROZEN)
    available = world.available(world.france)
    refused(lambda: send(row(outside(), frozen, 5, NOTIFICATION)), "ledger_rule")
    refused(lambda: send(row(outside(), available, 5, DELEGATION)), "ledger_rule")
    refused(lambda: send(row(outside(), available, 5, "CADEAU")), "ledger_rule")


def test_money_does_not_go_between_cousins_nor_skip_a_step(world):
    france, here, there = (
        world.available(envelope)
        for envelope in (world.france, world.pas_de_calais, world.paris)
    )
    refused(lambda: send(row(here, there, 5, DELEGATION)), "ledger_rule")
    refused(lambda: send(row(here, there, 5, TransferKind.RETURN)), "ledger_rule")
    world.give(world.france, 5)
    refused(lambda: send(row(france, here, 5, DELEGATION)), "ledger_rule")


def test_a_child_of_another_year_receives_nothing(world):
    later = make_world(year=2020).region
    later.parent = world.france
    later.save()
    world.give(world.france, 5)
    one = row(world.available(world.france), world.available(later), 5, DELEGATION)
    refused(lambda: send(one), "ledger_rule")


def test_an_annexe_is_not_paid_from_the_commitment_of_another(world):
    mine = world.account(world.pas_de_calais, Bucket.PAID, world.annexe)
    theirs = world.account(world.pas_de_calais, Bucket.COMMITTED, world.other_annexe)
    refused(lambda: send(row(theirs, mine, 5, TransferKind.PAYMENT)), "ledger_rule")


def test_earmarked_money_returns_to_its_own_envelope(world):
    mine = world.account(world.pas_de_calais, Bucket.COMMITTED, world.annexe)
    region = world.available(world.region)
    refused(lambda: send(row(mine, region, 5, TransferKind.RELEASE)), "ledger_rule")


def test_paid_skips_no_step(world):
    available = world.available(world.pas_de_calais)
    reserved, paid = (
        world.account(world.pas_de_calais, bucket, world.annexe)
        for bucket in (Bucket.RESERVED, Bucket.PAID)
    )
    for source in (available, reserved):
        one = row(source, paid, 5, TransferKind.PAYMENT)
        refused(lambda one=one: send(one), "ledger_rule")


def test_an_account_does_not_pay_itself_and_must_exist(world):
    here = world.available(world.france)
    for one in (row(here, here, 5, DELEGATION), row(here, 10**9, 5, DELEGATION)):
        refused(lambda one=one: send(one), "ledger_two_accounts")


@pytest.mark.parametrize("amount", ["0", "-5", "NaN"])
def test_an_amount_is_a_number_above_zero(world, amount):
    one = row(outside(), world.available(world.france), Decimal(amount), NOTIFICATION)
    refused(lambda: send(one), "transfer_amount_positive")


def test_infinity_does_not_fit(world):
    one = row(outside(), world.available(world.france), "Infinity", NOTIFICATION)
    with pytest.raises(Error), transaction.atomic():
        send(one)


def test_a_correction_is_the_opposite_of_one_transfer(world):
    here, frozen = (
        world.account(world.france, it) for it in (Bucket.AVAILABLE, Bucket.FROZEN)
    )
    given = world.give(world.france, 50)
    for one in (
        row(here, frozen, 5, "CORRECTION", corrects=given.pk),
        row(outside(), here, 5, "CORRECTION", corrects=given.pk),
        row(here, outside(), 5, "CORRECTION"),
        row(here, outside(), 5, "CORRECTION", corrects=10**9),
    ):
        refused(lambda one=one: send(one), "ledger_correction")
    one = row(here, frozen, 5, TransferKind.FREEZE, corrects=given.pk)
    refused(lambda: send(one), "ledger_rule")


@pytest.mark.parametrize("sender", [send, copy])
def test_two_corrections_in_one_statement_take_back_no_more_than_was_moved(
    world, sender
):
    given = world.give(world.france, 50)
    world.give(world.france, 50)
    half = [
        row(given.target, given.source, 26, "CORRECTION", corrects=given.pk)
        for _ in range(2)
    ]
    refused(lambda: sender(*half), "ledger_correction_rest")


@pytest.mark.parametrize("sender", [send, copy])
def test_no_account_passes_below_zero_between_two_rows(world, sender):
    here, frozen = (
        world.account(world.france, it) for it in (Bucket.AVAILABLE, Bucket.FROZEN)
    )
    frozen_first = [
        row(here, frozen, 10, TransferKind.FREEZE),
        row(outside(), here, 10, NOTIFICATION),
    ]
    refused(lambda: sender(*frozen_first), "ledger_insufficient")

    sender(*reversed(frozen_first))

    assert world.account(world.france, Bucket.FROZEN).balance == 10


def test_the_number_and_the_instant_are_not_the_senders(world):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO funding_transfer (id, at, source_id, target_id, amount, kind,"
            " reference, effective_on, idempotency_key)"
            " VALUES (999999, '2001-01-01', %s, %s, 1, 'NOTIFICATION', '', '2019-01-01',"
            " gen_random_uuid())",
            [outside().pk, world.available(world.france).pk],
        )
    last = Transfer.objects.last()
    assert last.pk < 999_999
    assert last.at.year > 2001


def test_an_envelope_with_accounts_keeps_its_mother_and_an_annexe_its_convention(world):
    world.pas_de_calais.parent = world.paris.parent
    world.annexe.convention = world.other_annexe.convention
    refused(world.pas_de_calais.save, "ledger_envelope_kept")
    refused(world.annexe.save, "ledger_annexe_kept")


def test_an_envelope_without_account_may_change_mothers(db):
    world = make_world()
    world.pas_de_calais.parent = world.france

    world.pas_de_calais.save()


@pytest.mark.parametrize(
    "envelope, annexe, bucket",
    [
        (True, False, "PAID"),
        (True, True, "AVAILABLE"),
        (False, False, "FROZEN"),
        (False, True, "RESERVED"),
        (True, False, "POCHE"),
        (True, False, "OUTSIDE"),
    ],
)
def test_an_account_has_the_bucket_of_what_owns_it(world, envelope, annexe, bucket):
    def open_it():
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO funding_account (envelope_id, annexe_id, bucket)"
                " VALUES (%s, %s, %s)",
                [
                    world.france.pk if envelope else None,
                    world.annexe.pk if annexe else None,
                    bucket,
                ],
            )

    refused(open_it, "ledger_account_owner")


def test_there_is_one_outside(world):
    def open_it():
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO funding_account (bucket) VALUES ('OUTSIDE')")

    refused(open_it, "account_once")


@pytest.mark.slow
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE funding_transfer SET amount = amount + 1",
        "DELETE FROM funding_transfer",
        "TRUNCATE funding_transfer CASCADE",
        "UPDATE funding_link SET hash = ''",
        "DELETE FROM funding_link",
        "TRUNCATE funding_link",
        "INSERT INTO funding_link VALUES (0, '', '', '')",
        "UPDATE funding_account SET balance = balance + 1",
        "UPDATE funding_account SET bucket = 'PAID'",
        "DELETE FROM funding_account",
        "TRUNCATE funding_account CASCADE",
        ACCOUNT_WITH_MONEY,
    ],
)
def test_the_owner_may_not_either_while_triggers_stand(owner_of_a_ledger, statement):
    with pytest.raises(psycopg.IntegrityError) as error:
        owner_of_a_ledger.execute(statement)

    assert error.value.diag.constraint_name.startswith("ledger_")


@pytest.fixture
def owner_of_a_ledger(committed_db):
    make_world().give(make_world(year=2020).france, 10)
    with committed_db("owner", autocommit=True) as connection:
        yield connection
