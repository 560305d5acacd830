"""The audit finds what is off, says which, and fails; nothing off, it passes."""

import json
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from funding.enums import Line, TransferKind, VersionState
from funding.figures.audit_annexes import EXPECTED
from funding.models import AnnexeVersion
from funding.rules.aide_au_poste import annexe_total
from tests.funding.factories import (
    EnvelopeFactory,
    ModulationFactory,
    PartFactory,
    VersionFactory,
)
from tests.funding.ledger_world import make_world


def audit(*options):
    """Exit code and report of the command."""
    out = StringIO()
    try:
        call_command("audit", "--json", *options, stdout=out)
    except SystemExit as stop:
        return stop.code, json.loads(out.getvalue())
    return 0, json.loads(out.getvalue())


def off(report):
    return {check["code"] for check in report["checks"] if not check["holds"]}


def a_year():
    """An annexe of 201,990 € signed, a month paid, and 98,010 € left to the 62."""
    world = make_world()
    version = VersionFactory(annexe=world.annexe)
    PartFactory(version=version, envelope=world.pas_de_calais)
    world.give(world.pas_de_calais, 300_000)
    for kind, amount in [
        (TransferKind.RESERVE, "201990"),
        (TransferKind.COMMIT, "201990"),
        (TransferKind.PAYMENT, "16832.50"),
    ]:
        world.move(kind, world.pas_de_calais, amount, world.annexe)
    return world


@pytest.fixture
def year(db):
    return a_year()


TABLES = ("transfer", "link", "account", "transferrule")


@pytest.fixture
def owner(committed_db):
    """The owner of a base where a year was played."""
    a_year()
    with committed_db("owner", autocommit=True) as owner:
        yield owner


def tamper(owner, *statements):
    """Runs SQL while the ledger’s triggers are switched off, as an owner can."""
    switched = [f"ALTER TABLE funding_{it} {{}} TRIGGER USER" for it in TABLES]
    with owner.transaction():
        for statement in (
            *(it.format("DISABLE") for it in switched),
            *statements,
            "SET CONSTRAINTS ALL IMMEDIATE",
            *(it.format("ENABLE") for it in switched),
        ):
            owner.execute(statement)


def test_an_untouched_base_passes(year):
    code, report = audit()

    assert (code, off(report)) == (0, set())
    assert report["transfers"] == 6


def test_the_text_ends_with_the_anchor(year):
    out = StringIO()

    call_command("audit", stdout=out)

    lines = out.getvalue().splitlines()
    assert "FAUX" not in out.getvalue()
    assert lines[-1] == audit()[1]["anchor"]


LAST = "(SELECT max(id) FROM funding_transfer)"
PAID = "(SELECT id FROM funding_account WHERE bucket = 'PAID' AND balance > 0)"
RULES_BACK = """
    INSERT INTO funding_transferrule OVERRIDING SYSTEM VALUE
    SELECT * FROM kept_transferrule"""
COUSINS = """
    INSERT INTO funding_transfer (id, source_id, target_id, amount, kind, reference,
        effective_on, idempotency_key, at)
    SELECT 1000, s.id, t.id, 1, 'DELEGATION', '', '2019-01-01', gen_random_uuid(), now()
    FROM funding_account s, funding_account t
    WHERE s.bucket = 'AVAILABLE' AND t.bucket = 'RESERVED' LIMIT 1"""


TAMPERED = [
    (
        f"UPDATE funding_account SET balance = balance + 1 WHERE id = {PAID}",
        {"soldes", "notifications", "enveloppes", "trop-engage", "ancre"},
    ),
    (
        f"UPDATE funding_transfer SET amount = amount - 1 WHERE id = {LAST}",
        {"soldes", "empreintes", "ancre"},
    ),
    ("UPDATE funding_transfer SET reference = 'Autre'", {"empreintes"}),
    ("UPDATE funding_transfer SET at = at + interval '1 day'", {"empreintes"}),
    (
        f"DELETE FROM funding_transfer WHERE id = {LAST}",
        {"soldes", "empreintes", "chaine", "ancre"},
    ),
    (
        f"UPDATE funding_link SET hash = 'a' WHERE transfer_id = {LAST}",
        {"empreintes", "chaine", "ancre"},
    ),
    ("UPDATE funding_link SET source_previous = 'a'", {"empreintes", "chaine"}),
    ("UPDATE funding_account SET head = ''", {"chaine", "ancre"}),
    (COUSINS, {"soldes", "regles", "empreintes", "ancre"}),
    ("UPDATE funding_transferrule SET tie = 'ROOT'", {"regles", "mouvements-permis"}),
]


@pytest.mark.slow
def test_what_the_owner_changes_is_found(owner):
    for it in TABLES:
        owner.execute(f"CREATE TABLE kept_{it} AS TABLE funding_{it}")
    back = [f"INSERT INTO funding_{it} SELECT * FROM kept_{it}" for it in TABLES[:3]]
    empty = [f"DELETE FROM funding_{it}" for it in TABLES]
    for statement, codes in TAMPERED:
        tamper(owner, statement)

        code, report = audit()

        assert (code, codes - off(report)) == (1, set()), statement
        tamper(owner, *empty, *reversed(back), RULES_BACK)
    assert audit()[0] == 0


@pytest.mark.slow
def test_guards_let_down_are_found(owner):
    for statement, put_back in [
        (
            "ALTER TABLE funding_transfer DISABLE TRIGGER ledger_transfer_after",
            "ALTER TABLE funding_transfer ENABLE TRIGGER ledger_transfer_after",
        ),
        (
            "GRANT UPDATE ON funding_transfer TO PUBLIC",
            "REVOKE UPDATE ON funding_transfer FROM PUBLIC",
        ),
        ("ALTER TABLE funding_account DROP CONSTRAINT account_never_below_zero", ""),
    ]:
        owner.execute(statement)

        code, report = audit()

        assert (code, off(report)) == (1, {"gardes"}), statement
        if put_back:
            owner.execute(put_back)


@pytest.mark.slow
def test_a_tail_cut_with_care_is_found_by_the_anchor_only(owner):
    before = audit()[1]["anchor"]
    tamper(
        owner,
        f"""
        UPDATE funding_account a SET balance = balance + CASE
            WHEN a.id = source_id THEN amount ELSE -amount END,
            head = CASE WHEN a.id = source_id THEN source_previous
                ELSE target_previous END
        FROM funding_transfer t JOIN funding_link ON transfer_id = t.id
        WHERE t.id = {LAST} AND a.id IN (source_id, target_id)""",
        f"DELETE FROM funding_link WHERE transfer_id = {LAST}",
        f"DELETE FROM funding_transfer WHERE id = {LAST}",
    )

    assert audit()[0] == 0
    code, report = audit("--anchor", before)
    assert (code, off(report)) == (1, {"ancre"})


def test_an_old_anchor_still_holds_when_the_ledger_has_grown(year):
    before = audit()[1]["anchor"]
    year.give(year.france, 5)

    code, report = audit("--anchor", before)

    assert code == 0
    assert report["anchor"] != before


def test_what_is_no_anchor_is_refused(year):
    with pytest.raises(CommandError, match="n’est pas une ancre"):
        call_command("audit", "--anchor", "hier")


@pytest.mark.parametrize(
    "change, codes",
    [
        ({"total": Decimal("201990.01")}, {"totaux", "parts", "pas-engage"}),
        ({"etp": Decimal("9.99")}, {"totaux"}),
        ({"state": VersionState.ANNULE}, {"trop-engage"}),
    ],
)
def test_a_version_that_no_longer_adds_up_is_found(year, change, codes):
    # Only what the ASP sends may change once signed.
    AnnexeVersion.objects.update(asp_id=1, **change)

    code, report = audit()

    assert code == 1
    assert codes - {"pas-engage"} <= off(report)


def test_a_part_must_be_engaged_unless_money_was_given_back(year):
    AnnexeVersion.objects.update(asp_id=1)
    version = AnnexeVersion.objects.get()
    version.parts.update(amount=Decimal(100_000))
    PartFactory(
        version=version,
        envelope=EnvelopeFactory(earmark=True),
        amount=Decimal(101_990),
    )
    assert off(audit()[1]) == {"trop-engage", "pas-engage"}


def test_a_release_leaves_less_than_promised(year):
    year.move(TransferKind.RELEASE, year.pas_de_calais, 1_000, year.annexe)

    assert audit()[0] == 0


def test_the_modulated_share_stands_apart(year):
    module = EnvelopeFactory(departmental=True, line=Line.IAE_MODULE)
    ModulationFactory(annexe=year.annexe, amount=Decimal(100))
    year.give(module, 500)
    for kind in (TransferKind.RESERVE, TransferKind.COMMIT):
        year.move(kind, module, 100, year.annexe)
    assert audit()[0] == 0

    for kind in (TransferKind.RESERVE, TransferKind.COMMIT):
        year.move(kind, module, 1, year.annexe)

    assert off(audit()[1]) == {"trop-engage"}


def test_a_reservation_answers_a_version(year):
    year.move(TransferKind.RESERVE, year.pas_de_calais, 1, year.annexe)

    assert off(audit()[1]) == {"reserve"}


@settings(max_examples=200, deadline=None, database=None)
@given(
    etp=st.decimals(0, 400, places=2),
    unit=st.decimals(1, 25_000, places=2),
    months=st.integers(1, 12),
)
def test_the_total_in_sql_is_the_rule(
    django_db_setup, django_db_blocker, etp, unit, months
):
    """The twin: R16 and R17 said twice, in Python and in SQL."""
    query = f"SELECT {EXPECTED} FROM (VALUES (%s::numeric, %s::numeric, %s)) v"
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(f"{query} (etp, unit_amount, months)", [etp, unit, months])
        [total] = cursor.fetchone()

    assert total == annexe_total(etp=etp, unit_amount=unit, months=months)
