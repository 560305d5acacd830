"""An annexe that is over: paid before it is closed, and nothing left behind after."""

from datetime import date
from decimal import Decimal

import pytest

from funding.actions.files import MoveRefused
from funding.actions.payments import cancel_payment
from funding.actions.refusals import ActRefused
from funding.enums import Act, Actor, VersionState
from funding.figures.unpaid import unpaid_of
from structures.enums import Status
from tests.funding.factories import ConsumptionFactory
from tests.funding.lifecycle.world import TOTAL, make_world
from tests.funding.year.test_payments import MONTHLY, pay, sign

pytestmark = [pytest.mark.django_db]
JANUARY = date(2020, 1, 9)


@pytest.fixture
def world(settings):
    """201,990 € signed in March 2019, seen from January."""
    settings.BUSINESS_DATE = JANUARY
    world = make_world()
    sign(world)
    return world


def pay_in_january(world, amount, reference="ASP-1"):
    return pay(world, amount, reference=reference, paid_on=JANUARY, on=JANUARY)


def close(world):
    return world.move(Act.CLOSE, Actor.AGENT, on=JANUARY)


def test_an_annexe_waits_for_december_to_be_paid(world):
    pay_in_january(world, TOTAL - MONTHLY)
    with pytest.raises(MoveRefused, match="Il reste 16\u202f832,50\xa0€ dus"):
        close(world)

    pay_in_january(world, MONTHLY, "ASP-2")
    close(world)

    assert world.version.status == Status.CLOSED


def test_what_the_hours_did_not_earn_stops_no_closing(world):
    for month in range(1, 13):
        ConsumptionFactory(
            version=world.version, month=date(2019, month, 1), due=Decimal(15_000)
        )
    pay_in_january(world, Decimal(180_000))

    close(world)

    assert world.balances()[2:] == (0, Decimal(180_000))


def test_suspended_months_are_not_waited_for(world):
    world.move(Act.SUSPEND, Actor.SIGNATORY)

    close(world)

    assert world.balances()[2:] == (0, 0)


def test_a_carried_over_annexe_is_due_five_months_once_the_law_says_so(world):
    versions = world.version.annexe.versions
    versions.update(state=VersionState.PROVISOIRE)
    later = date(2024, 3, 1)

    [due] = unpaid_of([versions.get()], on=later).values()

    assert due == 5 * MONTHLY


def test_the_button_says_what_is_waited_for(client, world):
    client.force_login(world.people[Actor.AGENT])

    text = client.get(f"/annexes/{world.version.pk}/").content.decode()

    assert "201\u202f990,00\xa0€ dus et non payés" in text


def test_a_payment_after_the_end_is_not_sent_to_be_recorded_at_zero(world):
    pay_in_january(world, TOTAL)
    close(world)

    with pytest.raises(ActRefused, match="revenu à l’enveloppe") as refused:
        pay_in_january(world, MONTHLY, "ASP-2")

    assert "0,00" not in refused.value.user_message


def test_an_annexe_never_signed_is_sent_to_be_signed():
    with pytest.raises(ActRefused, match="n’est pas signée") as refused:
        pay(make_world())

    assert "trop-perçu" not in refused.value.user_message


def test_a_payment_cancelled_after_the_end_is_given_back_or_recorded_anew(
    client, world
):
    payment = pay_in_january(world, TOTAL)
    close(world)
    agent = world.people[Actor.AGENT]
    cancel_payment(payment=payment, on=JANUARY, by=agent)
    client.force_login(agent)

    pay_in_january(world, TOTAL - 1000, "ASP-2")
    page = f"/annexes/{world.version.pk}/paiements/"
    assert "1\u202f000,00\xa0€ y restent engagés" in client.get(page).content.decode()
    done = client.post(f"/annexes/{world.version.pk}/paiement/rendre/", follow=True)

    assert "sont revenus à l’enveloppe" in done.content.decode()
    assert world.balances()[2:] == (0, TOTAL - 1000)


def test_an_annexe_in_force_gives_nothing_back_by_hand(client, world):
    client.force_login(world.people[Actor.AGENT])
    url = f"/annexes/{world.version.pk}/paiement/rendre/"

    assert "Rien n’est à rendre" in client.post(url, follow=True).content.decode()
    assert world.balances()[2] == TOTAL
    client.force_login(world.people[Actor.DIRECTION])
    assert client.post(url).status_code == 404
