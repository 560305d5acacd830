"""Money moves through the actions; a refusal says what remains and what to do."""

from decimal import Decimal
from uuid import uuid4

import pytest

from funding.actions import ledger, ledger_refusals
from funding.enums import Bucket, TransferKind
from funding.figures.ledger import balances_by_annexe, balances_by_envelope
from funding.models import Transfer
from tests.funding.factories import AnnexeFactory
from tests.funding.ledger_world import DAY, make_world
from tests.structures.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def plain(text):
    """With ordinary spaces, to be compared by eye."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def test_an_annexe_is_reserved_committed_paid_and_partly_claimed_back(world):
    world.give(world.pas_de_calais, 1000)
    for kind, amount in [
        (TransferKind.RESERVE, 500),
        (TransferKind.COMMIT, 400),
        (TransferKind.UNRESERVE, 100),
        (TransferKind.PAYMENT, 300),
        (TransferKind.RELEASE, 40),
        (TransferKind.CLAWBACK, 25),
    ]:
        world.move(kind, world.pas_de_calais, amount, world.annexe)

    held = balances_by_annexe([world.annexe])[world.annexe.pk]
    assert (held.reserved, held.committed, held.paid) == (0, 60, 275)
    assert held.engaged == 335
    own = balances_by_envelope([world.pas_de_calais])[world.pas_de_calais.pk]
    assert (own.notified, own.available, own.engaged) == (1000, 665, 335)


def test_money_comes_back_up_the_tree_and_out(world):
    world.give(world.pas_de_calais, 100)

    world.move(TransferKind.RETURN, world.pas_de_calais, 60)
    world.move(TransferKind.RETURN, world.region, 50)
    world.move(TransferKind.REDUCTION, world.france, 40)

    tree = [world.france, world.region, world.pas_de_calais]
    held = balances_by_envelope(tree)
    assert [held[e.pk].available for e in tree] == [10, 10, 40]
    assert held[world.france.pk].notified == 60


def test_too_little_says_what_remains_what_was_asked_and_what_to_do(world):
    world.give(world.pas_de_calais, 37_500)

    with pytest.raises(ledger_refusals.InsufficientFunds) as refused:
        world.move(TransferKind.FREEZE, world.pas_de_calais, 50_000)

    assert plain(refused.value.user_message) == (
        "Il reste 37 500,00 € dans le compartiment « Disponible », enveloppe IAE, "
        "montant socle 2019 – 62 ; ce mouvement en demande 50 000,00 €. Diminuez le "
        "montant, ou faites d’abord abonder l’enveloppe."
    )
    assert world.available(world.pas_de_calais).balance == 37_500


def test_too_little_in_an_annexe_names_the_annexe(world):
    world.give(world.pas_de_calais, 100)
    world.move(TransferKind.RESERVE, world.pas_de_calais, 30, world.annexe)

    with pytest.raises(ledger_refusals.InsufficientFunds) as refused:
        world.move(TransferKind.COMMIT, world.pas_de_calais, 31, world.annexe)

    assert str(world.annexe) in refused.value.user_message


def test_post_is_all_or_nothing(world):
    world.give(world.pas_de_calais, 100)
    steps = [
        ledger.movement(
            kind=kind,
            envelope=world.pas_de_calais,
            annexe=annexe,
            amount=Decimal(amount),
            on=DAY,
            reference="",
        )
        for kind, amount, annexe in [
            (TransferKind.RESERVE, 80, world.annexe),
            (TransferKind.COMMIT, 90, world.annexe),
        ]
    ]

    with pytest.raises(ledger_refusals.InsufficientFunds):
        ledger.post(transfers=steps, by=None)

    assert world.available(world.pas_de_calais).balance == 100


def test_the_same_key_gives_back_the_same_transfer(world):
    key, user = uuid4(), UserFactory()

    first, again, third = (
        world.give(world.france, 100, key=key, by=user) for _ in "123"
    )

    assert first.pk == again.pk == third.pk
    assert Transfer.objects.get(pk=first.pk).by == user
    assert world.available(world.france).balance == 100


def test_the_same_key_for_something_else_is_refused(world):
    key = uuid4()
    world.give(world.france, 100, key=key)

    with pytest.raises(ledger_refusals.KeyReused):
        world.give(world.france, 101, key=key)


def test_what_comes_back_has_the_number_and_instant_the_database_drew(world):
    transfer = world.give(world.france, 100)

    kept = Transfer.objects.get(pk=transfer.pk)
    assert transfer.pk == kept.pk > 0
    assert transfer.at == kept.at


@pytest.mark.parametrize("amount", [0, -5])
def test_nothing_or_less_is_refused(world, amount):
    with pytest.raises(ledger_refusals.AmountRefused):
        world.give(world.france, amount)


def test_a_region_cannot_be_notified_from_outside(world):
    with pytest.raises(ledger_refusals.LedgerRefusal) as refused:
        world.move(TransferKind.NOTIFICATION, world.region, 100)

    assert "pas permis" in refused.value.user_message


def test_an_annexe_of_another_year_is_refused(world):
    with pytest.raises(ledger_refusals.YearRefused):
        ledger.open_accounts(
            envelope=world.pas_de_calais, annexe=AnnexeFactory(year=2018)
        )


@pytest.mark.parametrize(
    "kind, annexe", [(TransferKind.FREEZE, True), (TransferKind.RESERVE, False)]
)
def test_an_annexe_is_named_when_the_kind_wants_one_and_only_then(world, kind, annexe):
    with pytest.raises(ValueError, match="an annexe"):
        world.move(kind, world.pas_de_calais, 1, world.annexe if annexe else None)


def test_every_kind_has_its_action():
    kinds = {
        action.keywords["kind"]
        for action in vars(ledger).values()
        if getattr(action, "func", None) is ledger.move
    }

    assert kinds == set(TransferKind) - {TransferKind.CORRECTION}


def test_a_correction_takes_back_what_is_left(world):
    transfer = world.give(world.france, 100)
    correct = {"transfer": transfer, "on": DAY, "reference": "", "by": None}
    ledger.correct(**correct, amount=Decimal(30))

    rest = ledger.correct(**correct)

    assert rest.amount == 70
    assert rest.corrects == transfer
    assert world.available(world.france).balance == 0


def test_corrections_of_one_transfer_take_back_no_more_than_it_moved(world):
    transfer = world.give(world.france, 100)
    world.give(world.france, 100)
    correct = {"transfer": transfer, "on": DAY, "reference": "", "by": None}
    ledger.correct(**correct, amount=Decimal(60))

    with pytest.raises(ledger_refusals.CorrectionTooLarge) as refused:
        ledger.correct(**correct, amount=Decimal(41))

    assert "100,00" in refused.value.user_message
    assert "101,00" in refused.value.user_message


def test_a_correction_is_not_corrected(world):
    transfer = world.give(world.france, 100)
    correction = ledger.correct(transfer=transfer, on=DAY, reference="", by=None)

    with pytest.raises(ledger_refusals.CorrectionRefused):
        ledger.correct(transfer=correction, on=DAY, reference="", by=None)


def test_accounts_are_opened_once(world):
    first = ledger.open_accounts(envelope=world.france)

    assert ledger.open_accounts(envelope=world.france) == first
    assert set(first) == {Bucket.AVAILABLE, Bucket.FROZEN}
