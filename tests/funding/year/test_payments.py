"""The schedule of an annexe, the payments really made, their shares and their refusals."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from funding.actions.payments import cancel_payment, record_payment
from funding.actions.refusals import ActRefused
from funding.enums import Act, Actor, Line, VersionState
from funding.figures.payments import schedule_of
from funding.models import Payment, Transfer
from tests.funding.factories import ConsumptionFactory, PartFactory
from tests.funding.factories.year import department_line, funded
from tests.funding.lifecycle.world import TOTAL, make_world
from tests.structures.factories import (
    MembershipFactory,
    StructureFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]
DECEMBER = date(2019, 12, 2)
MONTHLY = Decimal("16832.50")
QUERIES = 13


@pytest.fixture
def world():
    """201,990 € signed on 20 March 2019."""
    world = make_world()
    sign(world)
    return world


def sign(world, version=None):
    for act, actor in (
        (Act.SUBMIT, Actor.AGENT),
        (Act.VALIDATE, Actor.AGENT),
        (Act.SIGN, Actor.SIGNATORY),
    ):
        world.move(act, actor, version)


def pay(world, amount=MONTHLY, *, reference="ASP-1", **options):
    options = {
        "period": date(2019, 4, 1),
        "paid_on": date(2019, 4, 25),
        "on": DECEMBER,
        "key": uuid4(),
        "by": None,
    } | options
    return record_payment(
        annexe=world.version.annexe, amount=amount, reference=reference, **options
    )


def schedule(world, on=DECEMBER):
    return schedule_of(world.version.annexe, on=on)


def test_a_full_year_is_twelve_equal_payments(world):
    found = schedule(world)

    assert [it.due for it in found.months] == [MONTHLY] * 12
    assert (found.due, found.paid, found.earned) == (TOTAL, 0, None)


def test_a_payment_moves_from_committed_to_paid_and_stands_in_its_month(world):
    pay(world, period=date(2019, 2, 14))

    assert world.balances()[2:] == (TOTAL - MONTHLY, MONTHLY)
    february = schedule(world).months[1]
    assert (february.paid, february.gap) == (MONTHLY, -MONTHLY)


def test_the_last_months_pay_what_the_hours_earned(world):
    """9.50 ETP realised ten months out of ten: 15,990.88 € a month, not 16,832.50."""
    for month in range(1, 11):
        ConsumptionFactory(
            version=world.version, month=date(2019, month, 1), due=Decimal("15990.88")
        )
    found = schedule(world)

    earned = Decimal("159908.80") + 2 * MONTHLY
    assert found.earned == earned
    assert [it.due for it in found.months[:10]] == [MONTHLY] * 10
    assert [it.is_regularised for it in found.months[9:]] == [False, True, True]
    assert found.due == earned


def test_a_carried_over_annexe_stops_in_may_once_the_law_says_so(world):
    world.version.annexe.versions.update(state=VersionState.PROVISOIRE)

    assert schedule(world).due == TOTAL
    late = schedule(world, on=date(2024, 3, 1))
    assert [it.due for it in late.months] == [MONTHLY] * 5 + [0] * 7


def test_the_same_reference_pays_once(world):
    first, again = pay(world), pay(world)

    assert first == again
    assert world.balances()[3] == MONTHLY


def test_the_same_reference_with_another_content_is_refused(world):
    pay(world)
    with pytest.raises(ActRefused, match="déjà celle d’un paiement"):
        pay(world, MONTHLY + 1)


def test_more_than_what_is_committed_is_refused_with_what_is_left(world):
    pay(world, TOTAL - 100)
    with pytest.raises(ActRefused, match="Il reste 100,00\xa0€ engagés") as refused:
        pay(world, Decimal(101), reference="ASP-2")

    assert "trop-perçu à réclamer" in refused.value.user_message
    assert Transfer.objects.filter(kind="PAYMENT").count() == 1


@pytest.mark.parametrize(
    "day, field",
    [
        ({"period": date(2018, 12, 1)}, "period"),
        ({"period": date(2020, 1, 1)}, "period"),
        ({"paid_on": date(2019, 12, 3)}, "paid_on"),
        ({"paid_on": date(2018, 12, 31)}, "paid_on"),
    ],
)
def test_days_outside_the_annexe_are_refused(world, day, field):
    with pytest.raises(ActRefused) as refused:
        pay(world, **day)

    assert refused.value.field == field


def test_a_payment_is_shared_as_the_envelopes_are_engaged():
    """10,000 € on the earmark, the rest on the line: one euro in twenty or so."""
    world = make_world()
    earmark = funded(department_line(Line.PAUVRETE), 50_000)
    world.version.parts.update(amount=TOTAL - 10_000)
    PartFactory(version=world.version, envelope=earmark, amount=10_000)
    sign(world)

    payment = pay(world)

    amounts = payment.transfers.order_by("pk").values_list("amount", flat=True)
    assert sorted(amounts) == [Decimal("833.33"), Decimal("15999.17")]


def test_a_payment_entered_by_mistake_is_taken_back(world):
    payment = pay(world)

    cancel_payment(payment=payment, on=DECEMBER, by=UserFactory())

    assert world.balances()[2:] == (TOTAL, 0)
    assert schedule(world).paid == 0
    with pytest.raises(ActRefused, match="déjà annulé"):
        cancel_payment(payment=payment, on=DECEMBER, by=UserFactory())
    assert pay(world) != payment


def test_what_a_payment_said_is_kept(world):
    payment = pay(world)
    for attempt in (
        lambda: Payment.objects.filter(pk=payment.pk).update(amount=1),
        lambda: Payment.objects.filter(pk=payment.pk)._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match="denied"), transaction.atomic():
            attempt()


def send(client, world, actor=Actor.AGENT, **data):
    client.force_login(world.people[actor])
    data = {
        "period": "04/2019",
        "paid_on": "2019-04-25",
        "reference": "ASP-1",
        "key": uuid4(),
    } | data
    url = f"/annexes/{world.version.pk}/paiement/"
    return client.post(url, data, follow=True)


def test_a_page_shows_the_shares_then_pays(client, world):
    shown = send(client, world, amount="16832,50").content.decode()
    assert "Rien n’est encore enregistré" in shown
    assert "185\u202f157,50" in shown
    done = send(client, world, amount="16832.50", confirmed="True").content.decode()

    assert "Paiement de 16\u202f832,50\xa0€ : enregistré" in done
    assert "ASP-1" in done
    assert world.balances()[3] == MONTHLY


def test_a_double_click_pays_once(client, world):
    for _ in range(2):
        send(client, world, amount="1000", confirmed="True", key=uuid4())

    assert world.balances()[3] == 1000


@pytest.mark.parametrize(
    "data, told",
    [
        ({"amount": "300000", "confirmed": "True"}, "Il reste 201\u202f990,00"),
        ({"amount": "-5"}, "Le montant est supérieur à zéro"),
        ({"amount": "5", "period": "01/2020", "confirmed": "on"}, "hors de l’annexe"),
        ({"amount": "5", "reference": ""}, "Ce champ est obligatoire"),
    ],
)
def test_what_cannot_be_is_a_sentence_and_keeps_what_was_typed(
    client, world, data, told
):
    text = send(client, world, **data).content.decode()

    assert told in text
    assert f'value="{data["amount"]}"' in text
    assert "25" in text
    assert not Payment.objects.exists()


def test_the_schedule_is_read_by_the_structure_which_pays_nothing(client, world):
    client.force_login(world.people[Actor.DIRECTION])
    url = f"/annexes/{world.version.pk}/paiements/"
    text = client.get(url).content.decode()

    assert "201\u202f990,00" in text
    assert "Enregistrer un paiement" not in text
    assert send(client, world, Actor.DIRECTION, amount="5").status_code == 404
    payment = pay(world)
    cancel = f"/annexes/paiements/{payment.pk}/annuler/"
    assert client.post(cancel).status_code == 404


def test_a_stranger_sees_nothing(client, world):
    client.force_login(MembershipFactory(structure=StructureFactory()).user)
    for end in ("paiements/", "paiement/", "paiements.svg", "reversement/"):
        assert client.get(f"/annexes/{world.version.pk}/{end}").status_code == 404


def test_the_page_asks_a_fixed_number_of_queries(
    client, world, django_assert_num_queries
):
    for n in range(1, 4):
        pay(world, Decimal(n), reference=f"ASP-{n}", period=date(2019, n, 1))
    client.force_login(world.people[Actor.AGENT])
    with django_assert_num_queries(QUERIES):
        client.get(f"/annexes/{world.version.pk}/paiements/")


def test_the_chart_is_an_image_without_script(client, world):
    pay(world)
    client.force_login(world.people[Actor.AGENT])
    response = client.get(f"/annexes/{world.version.pk}/paiements.svg")

    assert response["Content-Type"] == "image/svg+xml"
    assert b"<script" not in response.content


def test_an_agent_cancels_from_the_page(client, world):
    payment = pay(world)
    client.force_login(world.people[Actor.AGENT])

    text = client.post(
        f"/annexes/paiements/{payment.pk}/annuler/", follow=True
    ).content.decode()

    assert "est annulé : il ne compte plus" in text
    assert world.balances()[3] == 0
