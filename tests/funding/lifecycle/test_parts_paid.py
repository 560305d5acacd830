"""What an envelope has paid of an annexe binds its part: nothing is promised twice."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from funding.actions.allocation import Share, allocate
from funding.actions.endings import close_structure
from funding.actions.files import MoveRefused
from funding.actions.ledger import delegate, move
from funding.actions.payments import record_payment
from funding.actions.terms import open_avenant, revise_terms
from funding.enums import Act, Actor, Level, Line, TransferKind, VersionState
from funding.models import Account, AnnexeVersion
from structures.actions.life import Said
from tests.funding.factories import EnvelopeFactory
from tests.funding.lifecycle.world import DAY, TOTAL, fund, make_world
from tests.funding.test_audit import audit, off
from tests.structures.factories import PerimeterCommuneFactory

pytestmark = pytest.mark.django_db
AGENT, HEAD = Actor.AGENT, Actor.SIGNATORY
MONTH = Decimal("16832.50")
FIVE = Share(Decimal(5), Decimal(5))


@pytest.fixture
def world():
    """201,990 €, half of it on the ERBM."""
    world = make_world()
    place, commune = world.envelope, world.version.annexe.convention.structure.commune
    world.erbm = EnvelopeFactory(
        line=Line.ERBM,
        level=Level.EARMARK,
        parent=place,
        region=place.region,
        departement=place.departement,
        perimeter=PerimeterCommuneFactory(commune=commune).perimeter,
    )
    given = {"on": "2019-02-01", "reference": "Fléchage", "by": None}
    delegate(envelope=world.erbm, amount=Decimal(150_000), **given)
    share(world, world.version, FIVE)
    sign(world, world.version)
    return world


def share(world, version, on_erbm):
    agent = {"by": world.people[AGENT], "on": DAY}
    allocate(
        version=version, shares={world.erbm: on_erbm}, cofinanced=Decimal(0), **agent
    )


def sign(world, version):
    for act, actor in ((Act.SUBMIT, AGENT), (Act.VALIDATE, AGENT), (Act.SIGN, HEAD)):
        world.move(act, actor, version)


def pay(world, months, amount=MONTH):
    for month in range(1, months + 1):
        record_payment(
            annexe=world.version.annexe,
            amount=amount,
            period=date(2019, month, 1),
            paid_on=date(2019, 10, 2),
            on=date(2019, 12, 2),
            reference=f"ASP {month}",
            by=None,
            key=uuid4(),
        )


def avenant(world, *, etp=10, cofinanced=0):
    draft = open_avenant(annexe=world.version.annexe)
    terms = {"etp": Decimal(etp), "cofinanced": Decimal(cofinanced)}
    return revise_terms(version=draft, **terms, by=world.people[AGENT], on=DAY)


def held(world):
    found = Account.objects.filter(annexe=world.version.annexe, balance__gt=0)
    return {(it.envelope.line, it.bucket): it.balance for it in found}


def test_a_part_is_not_lowered_below_what_its_envelope_paid(world):
    pay(world, 9)
    draft = avenant(world)
    share(world, draft, Share(Decimal(2), Decimal(2)))

    with pytest.raises(MoveRefused, match="minier » a déjà payé 75.746,25"):
        world.move(Act.SUBMIT, AGENT, draft)

    share(world, draft, Share(Decimal("3.75"), Decimal(2)))
    sign(world, draft)
    assert sum(held(world).values()) == TOTAL


def test_an_earmark_taken_away_still_paid_what_it_paid(world):
    pay(world, 1)
    draft = avenant(world)
    share(world, draft, Share(Decimal(0), Decimal(0)))

    with pytest.raises(MoveRefused, match="n’en porterait plus que 0,00"):
        world.move(Act.SUBMIT, AGENT, draft)


def test_cofinancing_is_not_lowered_below_what_the_departement_paid(world):
    place = {"parent": None, "departement": world.envelope.departement}
    fund(EnvelopeFactory(line=Line.CD, level=Level.LINE, **place), Decimal(60_000))
    sign(world, avenant(world, cofinanced=50_000))
    pay(world, 9)

    lower = avenant(world, cofinanced=20_000)

    with pytest.raises(MoveRefused, match="n’en porterait plus que 20.000,00"):
        world.move(Act.SUBMIT, AGENT, lower)


def test_an_aid_below_what_was_paid_leaves_nothing_to_pay(world):
    """R86: 5 ETP promise 100,995 € when 151,492.50 € are paid."""
    pay(world, 9)
    draft = avenant(world, etp=5)

    with pytest.raises(MoveRefused, match="minier » porterait 100.995,00"):
        world.move(Act.SUBMIT, AGENT, draft)

    share(world, draft, Share(Decimal("2.5"), Decimal("2.5")))
    sign(world, draft)
    paid = Decimal("75746.25")
    assert held(world) == {("ERBM", "PAID"): paid, ("IAE_SOCLE", "PAID"): paid}


def test_payments_made_meanwhile_are_seen_at_the_signature(world):
    draft = avenant(world)
    share(world, draft, Share(Decimal(2), Decimal(2)))
    for act in (Act.SUBMIT, Act.VALIDATE):
        world.move(act, AGENT, draft)
    pay(world, 9)

    with pytest.raises(MoveRefused, match="minier » a déjà payé"):
        world.move(Act.SIGN, HEAD, draft)


def test_a_part_written_near_what_was_paid_is_what_was_paid(world):
    """No hundredth of ETP makes 12,345.68 €: 0.61 makes 12,321.39 €."""
    pay(world, 1, amount=Decimal("24691.36"))
    draft = avenant(world)

    share(world, draft, Share(Decimal("0.61"), Decimal("0.61")))

    part = draft.parts.get(envelope=world.erbm)
    assert part.amount == held(world)["ERBM", "PAID"] == Decimal("12345.68")
    sign(world, draft)


def test_the_audit_finds_what_is_engaged_beyond_the_total(world):
    """As an avenant left it before: the ERBM lowered, the line engaged for the rest."""
    pay(world, 9)
    AnnexeVersion.objects.update(asp_id=1)
    for envelope, amount in ((world.erbm, 40_398), (world.envelope, 161_592)):
        world.version.parts.filter(envelope=envelope).update(amount=amount)
    assert "hors-total" not in off(audit()[1])

    for kind, envelope, amount in (
        (TransferKind.RELEASE, world.erbm, "25248.75"),
        (TransferKind.RESERVE, world.envelope, "60597.00"),
        (TransferKind.COMMIT, world.envelope, "60597.00"),
    ):
        given = {"on": DAY, "reference": "Avenant", "by": None}
        given |= {"annexe": world.version.annexe, "amount": Decimal(amount)}
        move(kind=kind, envelope=envelope, **given)

    assert off(audit()[1]) == {"hors-total"}


def test_a_closing_leaves_each_envelope_the_cents_it_paid(world):
    """Nine months paid of 3.33 ETP, then cut at nine twelfths: the roundings differ."""
    draft = avenant(world)
    share(world, draft, Share(Decimal("3.33"), Decimal("3.33")))
    sign(world, draft)
    pay(world, 9)

    close_structure(
        structure=draft.annexe.convention.structure,
        said=Said(on=date(2019, 9, 30), reason="Cessation d’activité"),
        by=world.people[AGENT],
        today=date(2019, 10, 2),
    )

    last = AnnexeVersion.objects.get(state=VersionState.BROUILLON)
    paid = held(world)["ERBM", "PAID"]
    assert paid != Decimal("50447.00")  # 67,262.67 × 9 ÷ 12
    assert last.parts.get(envelope=world.erbm).amount == paid
    sign(world, last)
