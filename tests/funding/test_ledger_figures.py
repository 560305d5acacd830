"""Balances of envelopes and annexes: one query, and the transfers behind each sum."""

from decimal import Decimal

import pytest
from django.db.models import Sum

from funding.enums import TransferKind
from funding.figures.ledger import (
    Figure,
    balances_by_annexe,
    balances_by_envelope,
    transfers_of,
)
from tests.funding.factories import AnnexeFactory, EnvelopeFactory
from tests.funding.ledger_world import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """The 62 has 1,000: 400 engaged of which 150 paid, 100 reserved, 50 frozen."""
    world = make_world()
    here = world.pas_de_calais
    world.give(here, 1000)
    world.give(world.france, 500)
    world.move(TransferKind.RETURN, here, 10)
    world.move(TransferKind.FREEZE, here, 50)
    world.move(TransferKind.RESERVE, here, 500, world.annexe)
    world.move(TransferKind.COMMIT, here, 400, world.annexe)
    world.move(TransferKind.PAYMENT, here, 150, world.annexe)
    return world


def test_each_step_of_the_tree_shows_what_it_has_and_passed_on(
    world, django_assert_num_queries
):
    tree = [world.france, world.region, world.pas_de_calais, world.paris]
    with django_assert_num_queries(1):
        held = balances_by_envelope(tree)

    rows = [held[envelope.pk] for envelope in tree]
    assert [row.notified for row in rows] == [1500, 1000, 990, 0]
    assert [row.delegated for row in rows] == [1000, 990, 0, 0]
    assert [row.available for row in rows] == [500, 10, 440, 0]
    here = rows[2]
    assert (here.frozen, here.reserved, here.committed, here.paid) == (
        50,
        100,
        250,
        150,
    )
    assert here.engaged == 400


def test_what_came_in_is_somewhere(world):
    for row in balances_by_envelope([world.france, world.pas_de_calais]).values():
        rest = row.delegated + row.available + row.frozen + row.reserved + row.engaged
        assert row.notified == rest


@pytest.mark.parametrize("figure", Figure)
def test_a_figure_is_the_sum_of_the_transfers_behind_it(world, figure):
    for envelope in (world.france, world.region, world.pas_de_calais):
        row = balances_by_envelope([envelope])[envelope.pk]
        behind = transfers_of(envelope, figure).order_by()

        total = behind.aggregate(total=Sum("signed"))["total"] or Decimal(0)
        assert total == getattr(row, figure)


def test_what_an_envelope_received_is_what_its_mother_sent(world):
    kinds = transfers_of(world.pas_de_calais, Figure.NOTIFIED).values_list("kind")

    assert [kind for (kind,) in kinds] == [TransferKind.DELEGATION, TransferKind.RETURN]


def test_an_envelope_without_account_holds_nothing():
    envelope = EnvelopeFactory()

    assert balances_by_envelope([envelope])[envelope.pk].notified == 0


def test_an_annexe_adds_up_over_its_envelopes(world, django_assert_num_queries):
    earmark = EnvelopeFactory(earmark=True)
    world.give(earmark, 30)
    world.move(TransferKind.RESERVE, earmark, 30, world.annexe)
    annexes = [world.annexe, AnnexeFactory()]
    with django_assert_num_queries(1):
        held = balances_by_annexe(annexes)

    known, unknown = (held[annexe.pk] for annexe in annexes)
    assert (known.reserved, known.committed, known.paid) == (130, 250, 150)
    assert (unknown.reserved, unknown.engaged) == (0, 0)
