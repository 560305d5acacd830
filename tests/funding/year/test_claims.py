"""Paid above what the hours earned: claimed back by a titre, recovered into the envelope."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from funding.actions.claims import Wanted, cancel_claim, issue_claim, recover_claim
from funding.actions.payments import record_payment
from funding.actions.refusals import ActRefused
from funding.enums import Actor, ClaimReason
from funding.figures.overpaid import overpaid_annexes, overpaid_of
from funding.models import Claim, Transfer
from tests.funding.factories import ConsumptionFactory, ModulationFactory
from tests.funding.lifecycle.world import TOTAL, make_world
from tests.funding.year.test_payments import sign
from tests.structures.factories import (
    MembershipFactory,
    StructureFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
FEBRUARY = date(2020, 2, 3)
EARNED, EXCESS = Decimal("191890.50"), Decimal("10099.50")
QUERIES = 10


@pytest.fixture
def february(settings):
    settings.BUSINESS_DATE = FEBRUARY


@pytest.fixture
def world(february):
    """R86: 201,990 € paid in 2019, 9.50 ETP realised on 10."""
    world = make_world()
    sign(world)
    record_payment(
        **{"annexe": world.version.annexe, "amount": TOTAL, "reference": "ASP-1"},
        **{"period": date(2019, 12, 1), "paid_on": date(2019, 12, 20)},
        **{"on": FEBRUARY, "by": None, "key": uuid4()},
    )
    earned(world, months=12)
    return world


def earned(world, *, months):
    for month in range(1, months + 1):
        due = EARNED / 12 if month < 12 else EARNED - round(EARNED / 12, 2) * 11
        ConsumptionFactory(
            version=world.version, month=date(2019, month, 1), due=round(due, 2)
        )


def issue(world, amount=EXCESS, key=None, **options):
    wanted = {"amount": Decimal(amount), "reason": ClaimReason.UNDERUSE} | options
    return issue_claim(
        annexe=world.version.annexe,
        wanted=Wanted(**wanted),
        on=FEBRUARY,
        by=UserFactory(),
        key=key or uuid4(),
    )


def end(act, claim, **options):
    return act(claim=claim, on=FEBRUARY, by=UserFactory(), **options)


def test_what_was_paid_above_the_hours_is_known(world):
    found = overpaid_of(world.version.annexe)

    assert (found.paid, found.due, found.excess) == (TOTAL, EARNED, EXCESS)
    assert found.missing == []


def test_a_claim_moves_nothing_until_the_money_is_back(world):
    claim = issue(world)
    assert world.balances()[3] == TOTAL

    end(recover_claim, claim)

    assert world.balances() == (500_000 - EARNED, 0, 0, EARNED)
    assert Transfer.objects.filter(kind="CLAWBACK").count() == 1
    with pytest.raises(ActRefused, match="déjà reversé"):
        end(recover_claim, claim)


def test_the_letter_says_how_much_why_and_by_which_text(world):
    letter = issue(world, detail="Deux postes vacants.").letter

    for words in ("10\u202f099,50", "191\u202f890,50", "Deux postes vacants"):
        assert words in letter
    assert "R. 5132-32" in letter


def test_what_the_asp_paid_beyond_never_was_in_the_envelope(world):
    """500 € above the annexe: claimed with the rest, and moves nothing."""
    claim = issue(world, EXCESS + 500, beyond=Decimal(500), reason=ClaimReason.EXCESS)

    end(recover_claim, claim)

    assert claim.paid == TOTAL + 500
    assert world.balances()[3] == EARNED


@pytest.mark.parametrize(
    "amount, options, told",
    [
        (TOTAL + 1, {}, "ce titre en réclame"),
        (100, {"beyond": Decimal(200)}, "augmentez le montant"),
    ],
)
def test_more_than_was_paid_is_refused(world, amount, options, told):
    with pytest.raises(ActRefused, match=told):
        issue(world, amount, **options)


def test_one_claim_at_a_time_and_the_same_one_once(world):
    key = uuid4()
    claim = issue(world, key=key)
    assert issue(world, key=key) == claim
    with pytest.raises(ActRefused, match="déjà en cours"):
        issue(world)

    end(cancel_claim, claim, reason="Erreur de saisie")
    issue(world)

    assert Claim.objects.count() == 2


def test_a_claim_keeps_what_it_said(world):
    claim = issue(world)
    with pytest.raises(DatabaseError, match="denied"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(amount=1)
    with pytest.raises(ActRefused, match="demande un motif"):
        end(cancel_claim, claim, reason=" ")


def test_a_year_that_is_not_over_is_not_overpaid(world):
    agent = world.people[Actor.AGENT]

    def listed(on):
        return list(overpaid_annexes(agent, year=2019, on=on))

    [annexe] = listed(FEBRUARY)
    assert (annexe.excess, annexe.claim) == (EXCESS, None)
    assert listed(date(2019, 12, 2)) == []
    issue(world)
    assert listed(FEBRUARY)[0].claim


def test_the_modulated_share_is_not_an_over_payment(world):
    ModulationFactory(annexe=world.version.annexe)
    assert overpaid_of(world.version.annexe).paid == TOTAL


def test_missing_months_are_named(february):
    world = make_world()
    sign(world)
    earned(world, months=10)

    found = overpaid_of(world.version.annexe)

    assert [month.month for month in found.missing] == [11, 12]


def send(client, url, **data):
    data = {"on": "2020-02-03", "key": uuid4()} | data
    return client.post(url, data, follow=True).content.decode()


def test_from_the_list_to_the_recovery(client, world):
    client.force_login(world.people[Actor.AGENT])
    listed = client.get("/enveloppes/trop-percus/?annee=2019").content.decode()
    assert "10\u202f099,50" in listed
    assert "À réclamer" in listed
    url = f"/annexes/{world.version.pk}/reversement/"
    assert f'href="{url}"' in listed

    data = {"amount": "10099,50", "reason": "UNDERUSE"}
    shown = send(client, url, **data)
    assert "Rien n’est encore enregistré" in shown
    assert "Madame, Monsieur" in shown
    issued = send(client, url, **data, confirmed="True")
    assert "Madame, Monsieur" in issued
    claim = Claim.objects.get()
    done = send(
        client, f"/enveloppes/trop-percus/{claim.pk}/reversement/", confirmed="True"
    )

    assert "c’est fait" in done
    assert world.balances()[3] == EARNED
    listed = client.get("/enveloppes/trop-percus/?annee=2019").content.decode()
    assert "Reversé" in listed


def test_the_structure_is_not_led_to_what_it_may_not_do(client, world):
    client.force_login(world.people[Actor.DIRECTION])
    listed = client.get("/enveloppes/trop-percus/?annee=2019").content.decode()

    assert f"/annexes/{world.version.pk}/reversement/" not in listed
    url = f"/annexes/{world.version.pk}/paiements/"
    assert f'href="{url}"' in listed
    assert client.get(url).status_code == 200


def test_a_titre_is_cancelled_with_a_reason(client, world):
    claim = issue(world)
    client.force_login(world.people[Actor.AGENT])
    url = f"/enveloppes/trop-percus/{claim.pk}/annulation/"

    assert "Ce champ est obligatoire" in send(client, url, reason="", confirmed="True")
    assert "Trop tôt" in send(client, url, reason="Trop tôt", confirmed="True")


def test_the_structure_reads_its_titre_and_ends_nothing(client, world):
    claim = issue(world)
    url = f"/enveloppes/trop-percus/{claim.pk}/"
    client.force_login(world.people[Actor.DIRECTION])
    assert "Madame, Monsieur" in client.get(url).content.decode()
    assert client.post(f"{url}reversement/", {}).status_code == 404
    client.force_login(MembershipFactory(structure=StructureFactory()).user)
    assert client.get(url).status_code == 404


def test_the_list_asks_a_fixed_number_of_queries(
    client, world, django_assert_num_queries
):
    client.force_login(world.people[Actor.AGENT])
    with django_assert_num_queries(QUERIES):
        client.get("/enveloppes/trop-percus/?annee=2019")
    assert (
        "10099,50"
        in b"".join(
            client.get("/enveloppes/trop-percus/?annee=2019&format=csv")
        ).decode()
    )


def test_a_reversement_before_its_titre_is_a_sentence(client, world):
    claim = issue(world)
    client.force_login(world.people[Actor.AGENT])
    url = f"/enveloppes/trop-percus/{claim.pk}/reversement/"
    data = {"on": "2020-01-03", "key": uuid4(), "confirmed": "True"}

    text = client.post(url, data).content.decode()

    assert "Le titre est du 03/02/2020 : le reversement ne le précède pas" in text
    assert world.balances()[3] == TOTAL


def test_hours_not_computed_are_never_worth_nothing(world):
    world.version.annexe.consumption.all().delete()
    with pytest.raises(ActRefused, match="ne sont pas calculées"):
        issue(world)

    claim = issue(world, reason=ClaimReason.TERMINATED)

    assert claim.due is None
    assert "201\u202f990,00\xa0€ vous ont été versés" in claim.letter
    assert "ouvrent droit" not in claim.letter
