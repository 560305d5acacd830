"""The provisional amount, then the real one: the difference moves, or it is a sentence."""

from decimal import Decimal
from uuid import uuid4

import pytest

from funding.actions.ledger import (
    commit_annexe,
    notify_provisionally,
    open_accounts,
    reserve,
)
from funding.actions.notifications import notify_definitively
from funding.actions.refusals import ActRefused
from funding.enums import Bucket
from funding.figures.notified import stages_of
from funding.models import Account, Notification, Transfer
from structures.models import Document
from tests.funding.factories import AnnexeFactory, EnvelopeFactory, PartFactory
from tests.funding.factories.year import DAY
from tests.structures.factories import (
    AgencyFactory,
    MembershipFactory,
    StructureFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]
QUERIES = 16


@pytest.fixture
def place():
    """The Pas-de-Calais, 900,000 € provisionally come to its région and to it."""
    place = EnvelopeFactory(departmental=True)
    common = {"on": "2019-01-01", "reference": "Provisoire", "by": None}
    notify_provisionally(
        envelope=place.parent.parent, amount=Decimal(900_000), **common
    )
    for envelope in (place.parent, place):
        delegate_all(envelope, **common)
    return place


def delegate_all(envelope, **common):
    Transfer.objects.create(
        kind="DELEGATION",
        source=available(envelope.parent),
        target=available(envelope),
        amount=900_000,
        on=common["on"],
        reference=common["reference"],
        idempotency_key=uuid4(),
    )


def available(envelope):

    return open_accounts(envelope=envelope)[Bucket.AVAILABLE]


def balance(envelope):
    return Account.objects.get(envelope=envelope, bucket=Bucket.AVAILABLE).balance


def settle(envelope, amount, **options):
    options = {"on": DAY, "reference": "Circulaire FIE", "key": uuid4()} | options
    return notify_definitively(
        envelope=envelope, amount=Decimal(amount), by=UserFactory(), **options
    )


def stages(envelope):
    return stages_of([envelope], year=2019)[envelope.pk]


def test_before_the_real_amount_all_is_provisional(place):
    found = stages(place)

    assert (found.provisional, found.real, found.difference) == (900_000, None, None)


def test_what_comes_to_a_region_is_named_as_it_is_notified(client, place):
    region = place.parent
    settle(region, 1_000_000)
    early, late = Transfer.objects.filter(
        target__envelope=region, source__envelope=region.parent
    ).order_by("pk")
    agency = AgencyFactory(regional=True)
    client.force_login(MembershipFactory(agent=True, agency=agency).user)

    listed = client.get(f"/enveloppes/{region.pk}/mouvements/").content.decode()
    for transfer, name in ((early, "Notification provisoire"), (late, "Notification")):
        letter = f"/enveloppes/mouvements/{transfer.pk}/lettre/"
        assert f'href="{letter}">{name}<' in listed
        client.post(letter)
        told = client.get(letter).content.decode()
        assert f"{name} n° {transfer.pk}" in told
        assert Document.objects.first().title.startswith(f"{name}, ")


def test_more_is_notified_through_the_nation(place):
    made = settle(place.parent, 1_000_000)

    assert made.difference == 100_000
    assert (balance(place.parent), balance(place.parent.parent)) == (100_000, 0)
    found = stages(place.parent)
    assert (found.provisional, found.real) == (900_000, 1_000_000)


def test_a_departement_is_given_its_difference_by_its_region(place):
    settle(place.parent, 1_000_000)

    settle(place, 950_000)

    assert (balance(place), balance(place.parent)) == (950_000, 50_000)
    found = stages(place)
    assert (found.provisional, found.real) == (900_000, 950_000)
    assert found.difference == 50_000


def test_a_departement_is_provisional_until_its_own_share_comes(place):
    settle(place.parent, 1_000_000)

    assert stages(place).real is None
    assert stages(place.parent.parent).real == 1_000_000


def test_less_is_taken_back(place):
    assert settle(place, 700_000).difference == -200_000
    assert settle(place.parent, 700_000).difference == -200_000

    assert (balance(place), balance(place.parent)) == (700_000, 0)


def test_the_same_amount_moves_nothing_and_is_recorded(place):
    before = Transfer.objects.count()

    assert settle(place, 900_000).difference == 0

    assert Transfer.objects.count() == before
    assert stages(place).real == 900_000


def test_sent_twice_it_is_done_once(place):
    key = uuid4()
    first, again = (settle(place.parent, 950_000, key=key) for _ in range(2))

    assert first == again
    assert balance(place.parent) == 50_000


def test_below_what_is_engaged_it_says_what_can_be_taken(place):
    """700,000 € engaged on 900,000: 300,000 asked back, 200,000 may be."""
    part = PartFactory(envelope=place)
    common = {"envelope": place, "annexe": part.version.annexe, "amount": 700_000}
    common |= {"on": DAY, "reference": "Annexe", "by": None}
    reserve(**common)
    commit_annexe(**common)

    with pytest.raises(ActRefused) as refused:
        settle(place, 600_000)

    told = refused.value.user_message.replace("\u202f", " ").replace("\xa0", " ")
    assert "l’enveloppe peut en rendre 200 000,00 €" in told
    assert "Il manquera encore 100 000,00 €, réservés ou engagés" in told
    assert not Notification.objects.exists()


def test_what_was_delegated_must_come_back_up_first(place):
    with pytest.raises(ActRefused, match="faites-les d’abord remonter"):
        settle(place.parent, 800_000)


@pytest.fixture
def regional(place):
    agency = AgencyFactory(regional=True, region=place.region)
    return MembershipFactory(agent=True, agency=agency).user


def send(client, envelope, **data):
    data = {"on": "2019-02-04", "reference": "Circulaire FIE", "key": uuid4()} | data
    url = f"/enveloppes/{envelope.pk}/notification/"
    return client.post(url, data, follow=True).content.decode()


def test_a_page_asks_shows_then_does(client, place, regional):
    client.force_login(regional)

    shown = send(client, place.parent, amount="1 000 000,50".replace(" ", ""))
    assert "Rien n’est encore enregistré" in shown
    assert "100\u202f000,50\xa0€ s’ajoutent" in shown
    assert not Notification.objects.exists()
    done = send(client, place.parent, amount="1000000.50", confirmed="True")

    assert "Montant définitif : 1\u202f000\u202f000,50" in done
    assert "Définitive" in done


@pytest.mark.parametrize(
    "data, told",
    [
        ({"amount": "-1"}, "Le montant n’est jamais négatif"),
        ({"amount": "beaucoup"}, "Saisissez un nombre"),
        ({"amount": "800000"}, "faites-les d’abord remonter"),
        ({"amount": "800000", "confirmed": "True"}, "faites-les d’abord remonter"),
    ],
)
def test_what_cannot_be_is_a_sentence_and_keeps_what_was_typed(
    client, place, regional, data, told
):
    client.force_login(regional)

    text = send(client, place.parent, **data)

    assert told in text
    assert "Circulaire FIE" in text
    assert data["amount"] in text
    assert not Notification.objects.exists()


def test_nobody_else_notifies(client, place):
    url = f"/enveloppes/{place.parent.pk}/notification/"
    for user in (
        MembershipFactory(agent=True).user,
        MembershipFactory(structure=StructureFactory()).user,
    ):
        client.force_login(user)
        assert client.get(url).status_code == 404


def test_the_page_of_an_envelope_says_both_amounts(
    client, place, regional, django_assert_num_queries
):
    settle(place.parent, 1_000_000)
    client.force_login(regional)
    AnnexeFactory()
    with django_assert_num_queries(QUERIES):
        text = client.get(f"/enveloppes/{place.parent.pk}/").content.decode()

    assert "900\u202f000,00" in text
    assert "1\u202f000\u202f000,00" in text
    assert "Notification définitive" in text
