"""What the acts of an envelope's year show opens on the transfers that make it."""

import re
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from funding.actions.closing import close_year
from funding.actions.ledger import delegate, freeze, notify_provisionally, pay, reserve
from funding.actions.notifications import notify_definitively
from funding.enums import Act, Actor
from funding.figures.closing import preflight
from tests.funding.factories import (
    EnvelopeFactory,
    PartFactory,
    VersionFactory,
)
from tests.funding.lifecycle.world import make_world
from tests.funding.opened import check_transfers
from tests.funding.year.fdi import agree
from tests.funding.year.test_payments import sign
from tests.structures.factories import AgencyFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
JANUARY = date(2020, 1, 15)
QUERIES_OF_CLOSING = 14


def agent_of(envelope):
    agency = AgencyFactory(regional=True, region=envelope.region)
    return MembershipFactory(agent=True, agency=agency).user


def page(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def january(settings):
    settings.BUSINESS_DATE = JANUARY


@pytest.fixture
def ending(client, january):
    """An annexe signed and half paid, another only reserved, 1,000 € frozen."""
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
    client.force_login(agent_of(world.envelope))
    return world.envelope


def test_each_amount_of_a_closing_opens_the_transfers_that_make_it(client, ending):
    text = page(client, f"/enveloppes/{ending.parent.pk}/cloture/")

    opened = check_transfers(client, text)

    for word in ("reserve", "non-paye", "a-rendre", "disponible", "gele"):
        assert any(f"compartiment={word}" in url for url in opened), word
    assert any("dessous=oui" in url for url in opened)
    assert "disponible + gelé + réservations rendues + reçu d’en dessous" in text


def test_what_a_closed_daughter_still_holds_is_not_given_back_again(client, ending):
    mother = ending.parent
    close_year(
        **{"envelope": ending, "on": JANUARY, "today": JANUARY, "by": UserFactory()},
        expected=preflight(ending, on=JANUARY).returned,
    )

    assert check_transfers(client, page(client, f"/enveloppes/{mother.pk}/cloture/"))


def test_what_a_request_of_the_fdi_holds_opens_too(client, january, line, fdi, head):
    agree(fdi, head)
    client.force_login(agent_of(line))

    opened = check_transfers(client, page(client, f"/enveloppes/{line.pk}/cloture/"))

    assert any("/fdi/" in url for url in opened)


def test_the_sums_open_before_it_is_confirmed_too(client, ending):
    data = {"on": "2020-01-15", "key": uuid4()}
    data["expected"] = preflight(ending, on=JANUARY).returned

    text = client.post(f"/enveloppes/{ending.pk}/cloture/", data).content.decode()

    assert "clos pour de bon" in text
    told = text[: text.index("clos pour de bon")]
    assert len(check_transfers(client, told)) == 3


def test_a_closing_is_shown_in_the_same_queries_whatever_is_held(
    client, ending, django_assert_num_queries
):
    common = {"on": date(2019, 12, 20), "reference": "Essai", "by": None}
    common |= {"envelope": ending, "amount": Decimal(100)}
    for rows in (1, 4):
        for _ in range(rows):
            reserve(annexe=PartFactory(envelope=ending).version.annexe, **common)
        with django_assert_num_queries(QUERIES_OF_CLOSING):
            client.get(f"/enveloppes/{ending.pk}/cloture/")


@pytest.fixture
def region(client, settings):
    """900,000 € provisionally come to the région, then 1,000,000 € for good."""
    settings.BUSINESS_DATE = date(2019, 12, 2)
    region = EnvelopeFactory(departmental=True).parent
    common = {"on": date(2019, 1, 1), "reference": "Provisoire", "by": None}
    common["amount"] = Decimal(900_000)
    notify_provisionally(envelope=region.parent, **common)
    delegate(envelope=region, **common)
    notify_definitively(
        **{"envelope": region, "amount": Decimal(1_000_000), "on": date(2019, 2, 4)},
        **{"reference": "Circulaire FIE", "by": UserFactory(), "key": uuid4()},
    )
    client.force_login(agent_of(region))
    return region


def test_each_amount_of_a_notification_opens_the_transfers_that_make_it(client, region):
    url = f"/enveloppes/{region.pk}/notification/"

    opened = check_transfers(client, page(client, url))

    assert sum("compartiment=tout" in url for url in opened) == 1
    assert any("seule=oui" in url for url in opened)


def test_what_a_notification_would_move_says_how_it_is_made(client, region):
    data = {"on": "2019-03-04", "reference": "Circulaire", "key": uuid4()}
    data["amount"] = "1100000"
    url = f"/enveloppes/{region.pk}/notification/"

    text = client.post(url, data).content.decode()

    assert "montant définitif − reçu à ce jour" in text
    assert ">100\u202f000,00\xa0€</td>" in text
    assert check_transfers(client, text)


@pytest.mark.parametrize("closed", [False, True])
def test_the_provisional_and_the_real_amount_open_what_makes_each(
    client, region, closed
):
    if closed:
        options = {"on": JANUARY, "today": JANUARY, "by": UserFactory()}
        close_year(envelope=region, expected=Decimal(1_000_000), **options)

    opened = check_transfers(client, page(client, f"/enveloppes/{region.pk}/"))

    stages = [re.search("etape=(.*)", url) for url in opened if "etape=" in url]
    assert [it[1] for it in stages] == ["provisoire", "definitive", "ecart"]


def test_before_the_real_amount_there_is_none_to_open(client, region):
    url = f"/enveloppes/{region.parent.pk}/mouvements/?etape="
    client.force_login(UserFactory(is_superuser=True))
    assert client.get(f"{url}provisoire").status_code == 200
    assert client.get(f"{url}autre").status_code == 404

    url = f"/enveloppes/{region.children.get().pk}/mouvements/?etape=definitive"
    assert client.get(url).status_code == 404
