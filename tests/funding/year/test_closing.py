"""The end of an exercise: what is left goes back up, then the database refuses the rest."""

import re
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, transaction

from funding.actions.closing import close_year
from funding.actions.files import MoveRefused
from funding.actions.ledger import (
    claw_back,
    commit_annexe,
    correct,
    delegate,
    freeze,
    give_back,
    notify,
    pay,
    reserve,
)
from funding.actions.ledger_refusals import LedgerRefusal, YearClosed
from funding.actions.refusals import ActRefused
from funding.enums import Act, Actor, Bucket, TransferKind
from funding.figures.closing import preflight
from funding.figures.notified import stages_of
from funding.models import Account, Closing, Transfer
from funding.rules.closing import SETTLING
from tests.funding.factories import EnvelopeFactory, PartFactory, VersionFactory
from tests.funding.lifecycle.world import TOTAL, make_world
from tests.funding.year.test_payments import sign
from tests.structures.factories import AgencyFactory, MembershipFactory

pytestmark = pytest.mark.django_db
JANUARY = date(2020, 1, 15)


@pytest.fixture
def january(settings):
    settings.BUSINESS_DATE = JANUARY


@pytest.fixture
def world(january):
    """500,000 €: an annexe signed and half paid, another only reserved, 1,000 frozen."""
    world = make_world()
    sign(world)
    common = {"envelope": world.envelope, "on": date(2019, 12, 20), "by": None}
    common["reference"] = "Essai"
    pay(annexe=world.version.annexe, amount=Decimal(100_000), **common)
    part = PartFactory(
        version=VersionFactory(draft=True, etp=1), envelope=world.envelope
    )
    world.move(Act.SUBMIT, Actor.AGENT, part.version)
    freeze(amount=Decimal(1000), **common)
    world.waiting = part.version
    world.common = common
    return world


def close(world, envelope=None, **options):
    envelope = envelope or world.envelope
    options = {
        "on": JANUARY,
        "today": JANUARY,
        "expected": preflight(envelope, on=JANUARY).returned,
    } | (options)
    return close_year(envelope=envelope, by=world.people[Actor.AGENT], **options)


def held(envelope, bucket=Bucket.AVAILABLE):
    found = Account.objects.filter(envelope=envelope, bucket=bucket)
    return sum(found.values_list("balance", flat=True), Decimal(0))


def test_what_would_be_done_is_said_first(world):
    found = preflight(world.envelope, on=JANUARY)

    assert found.released == Decimal("20199.00")
    assert found.owed == TOTAL - 100_000
    assert found.returned == 500_000 - TOTAL
    assert found.refusal == ""


def test_what_was_never_signed_goes_back_up_and_what_is_signed_stays(world):
    done = close(world)

    assert done.returned == 500_000 - TOTAL
    assert world.balances() == (0, 0, TOTAL - 100_000, 100_000)
    assert held(world.envelope, Bucket.FROZEN) == 0
    assert held(world.envelope.parent) == 500_000 - TOTAL
    stages = stages_of([world.envelope], year=2019)[world.envelope.pk]
    assert (stages.received, stages.real) == (TOTAL, 500_000)
    closing = Closing.objects.get()
    assert (closing.released, closing.unpaid) == (20_199, TOTAL - 100_000)


def test_a_closed_exercise_engages_nothing_more(world):
    close(world)
    more = {"amount": Decimal(1)} | world.common
    for act in (reserve, commit_annexe):
        with pytest.raises(LedgerRefusal), transaction.atomic():
            act(annexe=world.version.annexe, **more)
    for act in (delegate, freeze):
        with pytest.raises(YearClosed), transaction.atomic():
            act(**more)


def test_a_closed_exercise_still_pays_takes_back_and_gives_back(world):
    close(world)
    annexe = world.version.annexe

    paid = pay(annexe=annexe, amount=Decimal(500), **world.common)
    correct(transfer=paid, on=JANUARY, reference="Erreur", by=None)
    claw_back(annexe=annexe, amount=Decimal(300), **world.common)
    give_back(amount=Decimal(300), **world.common)

    assert world.balances() == (0, 0, TOTAL - 100_000, 100_000 - 300)


@pytest.mark.parametrize("kind", sorted(set(TransferKind) - {TransferKind.CORRECTION}))
def test_the_database_and_the_rule_know_the_same_kinds(kind):
    source = Path("funding/migrations/sql/ledger_holders.sql").read_text()
    [listed] = re.findall(r"NEW.kind NOT IN \(([^)]*)\)", source)
    assert (f"'{kind}'" in listed) == (kind in SETTLING)


def test_signing_what_waited_is_refused_with_a_sentence(world):
    world.move(Act.VALIDATE, Actor.AGENT, world.waiting)
    close(world)

    with pytest.raises(MoveRefused, match="exercice 2019 est clos") as refused:
        world.move(Act.SIGN, Actor.SIGNATORY, world.waiting)

    assert "Refusez-la" in refused.value.user_message
    world.move(Act.REJECT, Actor.SIGNATORY, world.waiting)


def test_too_early_twice_and_stale_are_sentences(world):
    with pytest.raises(ActRefused, match="à partir du 31/12/2019"):
        close(world, on=date(2019, 12, 30))
    with pytest.raises(ActRefused, match="les montants ont changé"):
        close(world, expected=Decimal(1))
    close(world)
    with pytest.raises(ActRefused, match="déjà clos"):
        close(world)


def test_the_database_refuses_a_closing_that_is_not_whole(world):
    user = world.people[Actor.AGENT]
    common = {"released": 0, "returned": 0, "unpaid": 0, "last_transfer": 0, "by": user}
    for envelope, day, name in (
        (world.envelope, JANUARY, "tout rendu"),
        (world.envelope.parent, JANUARY, "tout rendu"),
        (world.envelope, date(2019, 12, 30), "à partir du 31 décembre"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Closing.objects.create(envelope=envelope, on=day, **common)


def test_a_closing_is_never_undone(world):
    close(world)
    for attempt in (
        lambda: Closing.objects.update(on=date(2020, 2, 1)),
        lambda: Closing.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match="denied"), transaction.atomic():
            attempt()


def test_a_region_closes_all_that_is_below_it(world):
    region = world.envelope.parent
    before = held(region.parent)

    done = close(world, region)

    assert [it.envelope for it in done.rests] == [world.envelope, region]
    assert held(region.parent) - before == 500_000 - TOTAL
    assert Closing.objects.count() == 2


def test_a_root_gives_back_to_the_outside(world):
    root_ = EnvelopeFactory(line="CD", year=2018)
    notify(envelope=root_, amount=Decimal(50), on=JANUARY, reference="CD", by=None)

    close(world, root_)

    assert held(root_) == 0
    assert Transfer.objects.filter(kind="REDUCTION", source__envelope=root_).exists()


def test_the_audit_stays_exact(world):
    pay(annexe=world.version.annexe, amount=Decimal(1), **world.common)
    close(world)
    pay(annexe=world.version.annexe, amount=Decimal(1), **world.common)
    out = StringIO()

    call_command("audit", stdout=out)

    assert "FAUX" not in out.getvalue()


def send(client, world, **data):
    found = preflight(world.envelope, on=JANUARY)
    data = {"on": "2020-01-15", "expected": found.returned, "key": uuid4()} | data
    url = f"/enveloppes/{world.envelope.pk}/cloture/"
    return client.post(url, data, follow=True).content.decode()


@pytest.fixture
def regional(world):
    agency = AgencyFactory(regional=True, region=world.envelope.region)
    return MembershipFactory(agent=True, agency=agency).user


def test_a_page_shows_row_by_row_then_closes(client, world, regional):
    client.force_login(regional)
    text = client.get(f"/enveloppes/{world.envelope.pk}/cloture/").content.decode()
    for words in ("20\u202f199,00", "101\u202f990,00", "En instruction"):
        assert words in text
    assert "clos pour de bon" in send(client, world)
    assert not Closing.objects.exists()

    done = send(client, world, confirmed="True")

    assert "1\xa0réservation rendue, 1\xa0enveloppe close" in done
    assert "Exercice clos" in done
    assert "Clore l’exercice" not in done


def test_a_stale_page_closes_nothing(client, world, regional):
    client.force_login(regional)

    assert "les montants ont changé" in send(
        client, world, expected="1", confirmed="True"
    )
    assert not Closing.objects.exists()


def test_before_the_end_of_the_year_the_page_says_when(
    client, world, regional, settings
):
    settings.BUSINESS_DATE = date(2019, 12, 2)
    client.force_login(regional)
    text = client.get(f"/enveloppes/{world.envelope.pk}/cloture/").content.decode()

    assert "se clôt à partir du 31/12/2019" in text
    assert "Voir ce qui sera rendu" not in text


def test_an_exercise_never_closes_on_a_day_to_come(client, world, regional, settings):
    settings.BUSINESS_DATE = date(2019, 4, 2)
    client.force_login(regional)

    text = send(client, world, on="2019-12-31", confirmed="True")

    assert "se clôt à partir du 31/12/2019" in text
    assert not Closing.objects.exists()
    with pytest.raises(ActRefused, match="datez la clôture du 02/04/2019 au plus tard"):
        close(world, on=date(2019, 12, 31), today=date(2019, 4, 2))
