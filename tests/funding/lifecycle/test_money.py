"""What each act does to the money of an annexe, to the cent."""

from datetime import date
from decimal import Decimal

import pytest

from funding.actions.files import MoveRefused
from funding.actions.ledger import claw_back, commit_annexe, pay, reserve
from funding.actions.ledger_refusals import InsufficientFunds
from funding.enums import Act, Actor, Line, VersionState
from funding.models import Account, StatusChange
from structures.enums import Status
from tests.funding.factories import (
    EnvelopeFactory,
    PartFactory,
    SigningDelegationFactory,
    VersionFactory,
)
from tests.funding.lifecycle.world import DAY, TOTAL, fund, make_world

pytestmark = pytest.mark.django_db
AGENT, HEAD, DIRECTION = Actor.AGENT, Actor.SIGNATORY, Actor.DIRECTION
HALF_MILLION = Decimal(500_000)


@pytest.fixture
def world():
    return make_world()


def sign(world, version=None):
    for act in (Act.SUBMIT, Act.VALIDATE):
        world.move(act, AGENT, version)
    return world.move(Act.SIGN, HEAD, version)


def test_instruction_reserves_and_signature_commits(world):
    world.move(Act.SUBMIT, AGENT)
    assert world.balances() == (HALF_MILLION - TOTAL, TOTAL, 0, 0)

    world.move(Act.VALIDATE, AGENT)
    world.move(Act.SIGN, HEAD)

    assert world.balances() == (HALF_MILLION - TOTAL, 0, TOTAL, 0)
    assert (world.version.state, world.version.signed_on) == (VersionState.VALIDE, DAY)


def test_a_refused_annexe_gives_back_what_it_held(world):
    world.move(Act.SUBMIT, AGENT)
    world.move(Act.REJECT, AGENT)

    assert world.balances() == (HALF_MILLION, 0, 0, 0)
    assert world.version.state == VersionState.REJETE


def test_an_envelope_too_small_refuses_the_instruction_and_nothing_moves():
    world = make_world(funded=Decimal(150_000))

    with pytest.raises(InsufficientFunds) as refused:
        world.move(Act.SUBMIT, AGENT)

    assert (refused.value.remaining, refused.value.asked) == (150_000, TOTAL)
    world.version.refresh_from_db()
    assert world.version.status == Status.DRAFT
    assert world.balances() == (150_000, 0, 0, 0)


def modified(world, etp):
    """M1 on the same envelope; its fixture of 20,199 € an ETP."""
    version = VersionFactory(
        annexe=world.version.annexe, modification=1, etp=etp, draft=True
    )
    PartFactory(version=version, envelope=world.envelope)
    return version


def test_an_avenant_that_takes_back_releases_only_the_difference(world):
    """R19: 15.60 → 14.55 ETP is 1.05 × 20,199 = 21,208.95 €."""
    world.version.etp, world.version.total = Decimal("15.60"), Decimal("315104.40")
    world.version.save()
    world.version.parts.update(amount=Decimal("315104.40"))
    sign(world)

    sign(world, modified(world, Decimal("14.55")))

    left = HALF_MILLION - Decimal("293895.45")
    assert world.balances() == (left, 0, Decimal("293895.45"), 0)
    assert world.version.status == Status.AMENDED


def test_an_avenant_that_adds_reserves_only_the_difference(world):
    sign(world)
    more = modified(world, Decimal("12.00"))

    world.move(Act.SUBMIT, AGENT, more)

    assert world.balances() == (500_000 - 242_388, Decimal("40398.00"), TOTAL, 0)


def test_what_was_paid_stays_until_it_is_claimed_back(world):
    sign(world)
    common = {"envelope": world.envelope, "annexe": world.version.annexe, "on": DAY}
    common |= {"reference": "ASP", "by": None}
    pay(amount=Decimal("190000.00"), **common)
    sign(world, modified(world, Decimal("9.00")))  # 181,791 €

    assert world.balances() == (500_000 - 190_000, 0, 0, Decimal("190000.00"))
    claw_back(amount=Decimal("8209.00"), **common)
    assert world.balances()[3] == Decimal("181791.00")


def test_the_modulated_share_stays_engaged_through_an_avenant(world):
    """It ends with the annexe only: its versions do not ask for it (R21)."""
    sign(world)
    share = EnvelopeFactory(departmental=True, year=2019, line=Line.IAE_MODULE)
    fund(share, Decimal(15_000))
    common = {"envelope": share, "annexe": world.version.annexe, "on": DAY}
    common |= {"reference": "Modulation", "by": None, "amount": Decimal(10_000)}
    reserve(**common)
    commit_annexe(**common)
    engaged = Account.objects.filter(envelope=share, bucket="COMMITTED")

    draft = modified(world, Decimal("9.00"))
    sign(world, draft)
    assert engaged.get().balance == 10_000

    world.move(Act.SUSPEND, HEAD, draft)
    world.move(Act.CLOSE, AGENT, draft, on=date(2020, 1, 2))
    assert engaged.get().balance == 0


def test_a_termination_waits_a_month_then_frees_what_was_not_paid(world):
    """R88: a letter of 1 March, not before 1 April."""
    sign(world)
    world.move(Act.NOTIFY_BREACH, HEAD, on=date(2019, 3, 1))
    with pytest.raises(MoveRefused, match="jusqu’au 01/04/2019"):
        world.move(Act.TERMINATE, HEAD, on=date(2019, 3, 31))

    world.move(Act.TERMINATE, HEAD, on=date(2019, 4, 1))

    assert world.balances() == (HALF_MILLION, 0, 0, 0)
    assert world.version.status == Status.TERMINATED


def test_a_delegation_has_a_ceiling(world):
    SigningDelegationFactory._meta.model.objects.update(up_to=Decimal(200_000))
    world.move(Act.SUBMIT, AGENT)
    world.move(Act.VALIDATE, AGENT)

    with pytest.raises(MoveRefused, match="s’arrête à 200\u202f000,00"):
        world.move(Act.SIGN, HEAD)


def test_a_stale_page_is_told_what_happened(world):
    world.move(Act.SUBMIT, AGENT, expected=Status.DRAFT)

    with pytest.raises(MoveRefused, match="il est maintenant « En instruction »"):
        world.move(Act.SUBMIT, AGENT, expected=Status.DRAFT)
    assert StatusChange.objects.count() == 1


def test_parts_that_do_not_bear_the_whole_are_refused(world):
    world.version.parts.update(amount=TOTAL - 1)

    with pytest.raises(MoveRefused, match="répartissez le reste"):
        world.move(Act.SUBMIT, AGENT)


def test_the_convention_is_told_until_when_it_is_active(world):
    sign(world)

    convention = world.version.annexe.convention
    convention.refresh_from_db()
    assert convention.active_until == date(2019, 12, 31)
