"""The page of an act says what moves, before and after, as the ledger then says it."""

from decimal import Decimal

import pytest

from funding.actions.ledger import pay
from funding.enums import Act, Actor, Bucket
from funding.figures.moved import held_by, moved_by
from funding.models import Account
from structures.enums import Status
from structures.models import Convention
from tests.funding.factories import EnvelopeFactory, PartFactory, VersionFactory
from tests.funding.lifecycle.world import DAY, fund, make_world
from tests.funding.opened import check_transfers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]
AGENT, HEAD = Actor.AGENT, Actor.SIGNATORY
QUERIES = 18
PATH = [
    *((Act.SUBMIT, AGENT), (Act.VALIDATE, AGENT)),
    *((Act.SIGN, HEAD), (Act.TERMINATE, HEAD)),
]


@pytest.fixture
def world():
    return make_world()


def go(world, until, version=None):
    for act, actor in PATH:
        if act == until:
            return
        world.move(act, actor, version)


def pay_half(world):
    common = {"on": DAY, "reference": "Acompte", "by": None}
    pay(
        **{"annexe": world.version.annexe, "envelope": world.envelope},
        **{"amount": Decimal(100_000), **common},
    )


def page(client, world, act, actor):
    client.force_login(world.people[actor])
    response = client.get(f"/annexes/{world.version.pk}/{act.lower()}/")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("act, actor", [*PATH, (Act.REJECT, HEAD)])
@pytest.mark.parametrize("paid", [False, True])
def test_what_is_told_is_what_the_ledger_then_holds(world, act, actor, paid):
    go(world, Act.SIGN if act == Act.REJECT else act)
    if paid and act == Act.TERMINATE:
        pay_half(world)
    convention = world.version.annexe.convention
    if act == Act.TERMINATE:
        Convention.objects.filter(pk=convention.pk).update(state=Status.TERMINATED)
    [told] = moved_by(world.version, act)

    world.move(act, actor)

    held = held_by(world.version.annexe_id, with_modulated=True)
    assert told.after == held[world.envelope.pk]
    assert told.left == world.balances()[0]


def test_an_envelope_an_avenant_leaves_out_gives_back_what_it_held(world):
    go(world, Act.TERMINATE)
    other = EnvelopeFactory(departmental=True, line="PEC", year=2019)
    fund(other, Decimal(300_000))
    avenant = VersionFactory(annexe=world.version.annexe, modification=1, draft=True)
    PartFactory(version=avenant, envelope=other)
    go(world, Act.SIGN, avenant)

    told = {it.envelope: it for it in moved_by(avenant, Act.SIGN)}
    world.move(Act.SIGN, HEAD, avenant)

    assert told[world.envelope.pk].asked == 0
    for key, it in told.items():
        free = Account.objects.get(envelope=key, bucket=Bucket.AVAILABLE)
        assert it.left == free.balance
        assert it.after == held_by(avenant.annexe_id, with_modulated=True)[key]


def test_signing_shows_what_goes_from_reserved_to_committed(client, world):
    go(world, Act.SIGN)

    text = page(client, world, Act.SIGN, HEAD)

    shown = "201\u202f990,00\xa0€"
    for label, amount in (("Réservé après", "0,00\xa0€"), ("Engagé après", shown)):
        assert f'data-label="{label}" class="iae-num">{amount}</td>' in text
    assert f"?compartiment=reserve&amp;enveloppe={world.envelope.pk}" in text
    assert len(check_transfers(client, text)) == 2
    assert "réservé et engagé avant − réservé et engagé après" in text


def test_ending_gives_back_what_is_not_paid_and_no_more(client, world):
    go(world, Act.TERMINATE)
    pay_half(world)

    text = page(client, world, Act.TERMINATE, HEAD)

    assert 'data-label="Engagé après" class="iae-num">100\u202f000,00\xa0€' in text
    assert 'data-label="Reste après" class="iae-num">400\u202f000,00' in text


def test_the_page_takes_the_same_queries_whatever_the_envelopes(
    client, world, django_assert_num_queries
):
    go(world, Act.SIGN)
    client.force_login(world.people[HEAD])
    url = f"/annexes/{world.version.pk}/sign/"
    for line in (None, "PEC", "ERBM"):
        if line:
            other = EnvelopeFactory(departmental=True, line=line, year=2019)
            PartFactory(version=world.version, envelope=other, amount=0, etp=0)
        with django_assert_num_queries(QUERIES):
            client.get(url)
