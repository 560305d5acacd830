"""Random transfers, one by one, several a statement and by COPY, beside a model.

The model is the rule read aloud: rows one after the other, a statement all or nothing.
"""

from collections import Counter
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from funding.enums import Bucket, Tie, TransferKind
from funding.figures.ledger_export import export_lines
from funding.management.verify_ledger import verify
from funding.models import Account, Transfer
from funding.rules.transfers import OF_ANNEXE, ROUTES
from tests.funding.ledger_world import balances, copy, make_world, outside, row, send

CORRECTION = TransferKind.CORRECTION
SEEN = Counter()


class Model:
    """Balances by account, and the transfers that made them."""

    def __init__(self, accounts, held, done=()):
        self.accounts = {account.pk: account for account in accounts}
        self.held = dict(held)
        self.done = list(done)

    def allowed(self, kind, source, target, corrects):
        if kind == CORRECTION:
            return (
                corrects is not None
                and corrects["kind"] != CORRECTION
                and (corrects["target"], corrects["source"]) == (source.pk, target.pk)
            )
        route = ROUTES[kind]
        return (
            source.pk != target.pk
            and (source.bucket, target.bucket) == (route.source, route.target)
            and tied(route.tie, source, target)
        )

    def apply(self, rows):
        """Whether the statement passes; if not, nothing changed."""
        held, done = dict(self.held), [dict(one) for one in self.done]
        for kind, source, target, amount, index in rows:
            corrects = done[index] if index is not None and index < len(done) else None
            if not self.allowed(kind, source, target, corrects):
                return False
            held[source.pk] -= amount
            held[target.pk] += amount
            if held[source.pk] < 0 and source.bucket != Bucket.OUTSIDE:
                return False
            if kind == CORRECTION:
                corrects["rest"] -= amount
                if corrects["rest"] < 0:
                    return False
            one = {"kind": kind, "source": source.pk, "target": target.pk}
            done.append(one | {"rest": amount})
        self.held, self.done = held, done
        return True


def tied(tie, source, target):
    mother, child = source.envelope, target.envelope
    match tie:
        case Tie.ROOT:
            return (mother or child).parent_id is None
        case Tie.CHILD:
            return child.parent_id == mother.pk
        case Tie.PARENT:
            return mother.parent_id == child.pk
        case Tie.SAME_ENVELOPE:
            return mother == child
        case Tie.SAME_ANNEXE:
            return (mother, source.annexe) == (child, target.annexe)


def accounts_of(world):
    for envelope in (world.france, world.region, world.pas_de_calais, world.paris):
        for bucket in (Bucket.AVAILABLE, Bucket.FROZEN):
            yield world.account(envelope, bucket)
    for annexe in (world.annexe, world.other_annexe):
        for bucket in sorted(OF_ANNEXE):
            yield world.account(world.pas_de_calais, bucket, annexe)
    yield outside()


@pytest.fixture
def accounts(db):
    return list(accounts_of(make_world()))


def permitted(accounts):
    model = Model(accounts, {})
    return [
        (kind, source, target)
        for kind in ROUTES
        for source in accounts
        for target in accounts
        if model.allowed(kind, source, target, None)
    ]


@st.composite
def statements(draw, accounts, ways):
    """How it is sent, and its rows: mostly permitted ones, often corrections."""
    anything = st.tuples(
        st.sampled_from(TransferKind),
        st.sampled_from(accounts),
        st.sampled_from(accounts),
    )
    sorts = draw(
        st.sampled_from(
            [
                st.just("permitted"),
                st.sampled_from(["permitted", "permitted", "correction"]),
                st.sampled_from(["permitted"] * 9 + ["anything"]),
            ]
        )
    )
    amount = st.integers(1, 800).map(lambda cents: Decimal(cents) / 100)
    rows = []
    for _ in range(draw(st.integers(1, 8))):
        sort = draw(sorts)
        if sort == "correction":
            index = draw(st.integers(0, 30))
            rows.append((CORRECTION, None, None, draw(amount), index))
        else:
            way = draw(anything if sort == "anything" else st.sampled_from(ways))
            rows.append((*way, draw(amount), None))
    return draw(st.sampled_from(["one by one", "together", "copy"])), rows


def named(rows, model, recorded):
    """Corrections get the accounts of the transfer they name, when there is one."""
    for kind, source, target, amount, index in rows:
        if kind == CORRECTION and source is None:
            index = index % len(recorded) if recorded else None
            if index is None:
                continue
            source = model.accounts[model.done[index]["target"]]
            target = model.accounts[model.done[index]["source"]]
        yield kind, source, target, amount, index


def run(how, rows, model, recorded):
    rows = list(named(rows, model, recorded))
    batches = [[one] for one in rows] if how == "one by one" else [rows]
    for batch in filter(None, batches):
        sent = [
            row(source, target, amount, kind, corrects=recorded[index])
            if index is not None
            else row(source, target, amount, kind)
            for kind, source, target, amount, index in batch
        ]
        try:
            with transaction.atomic():
                (copy if how == "copy" else send)(*sent)
            passed = True
        except IntegrityError:
            passed = False
        assert model.apply(batch) is passed
        SEEN[how, len(batch) > 1, passed] += 1
        if passed:
            new = Transfer.objects.order_by("pk").values_list("pk", flat=True)
            recorded[:] = new


def test_whatever_is_sent_the_ledger_is_the_model(accounts):
    ways = permitted(accounts)
    start, first = Model(accounts, balances()), []
    for one in funded(accounts):
        run("one by one", [one], start, first)
    SEEN.clear()

    @settings(
        max_examples=250,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(st.lists(statements(accounts, ways), min_size=3, max_size=8))
    def drive(script):
        with transaction.atomic():
            model, recorded = Model(accounts, start.held, start.done), list(first)
            for how, rows in script:
                run(how, rows, model, recorded)
                assert balances() == model.held
            assert_chain_holds(len(recorded))
            transaction.set_rollback(True)

    drive()
    for how in ("together", "copy"):
        for passed in (True, False):
            assert SEEN[how, True, passed] > 5, "too rare: the test would prove little"


def funded(accounts):
    """Some money everywhere, so that most transfers find some."""
    steps = [
        (TransferKind.NOTIFICATION, 1000),
        (TransferKind.DELEGATION, 300),
        (TransferKind.DELEGATION, 100),  # a second time: then the children have some
        (TransferKind.FREEZE, 20),
        (TransferKind.RESERVE, 15),
        (TransferKind.COMMIT, 10),
        (TransferKind.PAYMENT, 5),
    ]
    ways = permitted(accounts)
    held = dict.fromkeys(accounts, 0)
    for kind, amount in steps:
        for way, source, target in ways:
            if way == kind and (held[source] >= amount or source == outside()):
                held[source] -= amount
                held[target] += amount
                yield kind, source, target, Decimal(amount), None


def assert_chain_holds(count):
    lines = [f"{line}\n".encode() for line in export_lines()]
    assert verify(lines) == count
    assert (
        Account.objects.exclude(bucket=Bucket.OUTSIDE).filter(balance__lt=0).count()
        == 0
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(balance) FROM funding_account")
        assert cursor.fetchone() == (0,)
