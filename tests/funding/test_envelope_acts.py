"""Money recorded on the envelopes from a page: asked, shown, done once."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from funding.enums import Bucket, Line
from funding.models import Account, Transfer
from tests.funding.factories import EnvelopeFactory
from tests.structures.factories import (
    AgencyFactory,
    MembershipFactory,
    StructureFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]


@pytest.fixture
def line():
    """The earmark of the Pas-de-Calais, its line, its département, its région."""
    return EnvelopeFactory(earmark=True)


@pytest.fixture
def regional(line):
    agency = AgencyFactory(regional=True, region=line.region)
    return MembershipFactory(agent=True, agency=agency).user


@pytest.fixture
def local(line):
    return MembershipFactory(agent=True).user


def send(client, envelope, kind, amount, **data):
    data = {"on": "2019-01-31", "reference": "Circulaire FIE", "key": uuid4()} | data
    url = f"/enveloppes/{envelope.pk}/mouvement/"
    return client.post(url, {"kind": kind, "amount": amount, **data}, follow=True)


def available(envelope):
    return Account.objects.get(envelope=envelope, bucket=Bucket.AVAILABLE).balance


def region_of(envelope):
    return envelope.parent.parent


def test_a_notification_reaches_the_region_through_the_nation(client, line, regional):
    client.force_login(regional)
    region = region_of(line)

    shown = send(client, region, "NOTIFICATION", "1000000").content.decode()
    assert "Rien n’est encore enregistré" in shown
    assert not Transfer.objects.exists()
    send(client, region, "NOTIFICATION", "1000000", confirmed="True")

    assert (available(region), available(region.parent)) == (1_000_000, 0)


def test_a_double_click_moves_once(client, line, regional):
    client.force_login(regional)
    for _ in range(2):
        same = {"confirmed": "True", "key": "11111111-1111-4111-8111-111111111111"}
        send(client, region_of(line), "NOTIFICATION", "1000", **same)

    assert available(region_of(line)) == 1000


def test_a_delegation_too_large_is_a_sentence_and_keeps_what_was_typed(
    client, line, regional
):
    client.force_login(regional)
    send(client, region_of(line), "NOTIFICATION", "1000", confirmed="True")

    text = send(client, line.parent, "DELEGATION", "1500", confirmed="True")

    told = text.content.decode()
    assert "Il reste 1\u202f000,00\xa0€" in told
    assert "Circulaire FIE" in told
    assert Transfer.objects.count() == 2


def test_what_was_refused_is_shown_again_before_it_moves(client, line, regional):
    client.force_login(regional)
    send(client, region_of(line), "NOTIFICATION", "1000", confirmed="True")
    text = send(client, line.parent, "DELEGATION", "1500", confirmed="True")

    held = text.context["form"]["confirmed"].value()
    text = send(client, line.parent, "DELEGATION", "900", confirmed=held)

    assert "Rien n’est encore enregistré" in text.content.decode()
    assert Transfer.objects.count() == 2


def test_a_reduction_goes_back_to_the_outside(client, line, regional):
    client.force_login(regional)
    send(client, region_of(line), "NOTIFICATION", "1000", confirmed="True")
    send(client, region_of(line), "REDUCTION", "400", confirmed="True")

    assert available(region_of(line)) == 600


def test_each_acts_on_its_own_level(client, line, regional, local):
    urls = {it: f"/enveloppes/{it.pk}/mouvement/" for it in (region_of(line), line)}
    client.force_login(local)
    assert client.get(urls[line]).status_code == 200
    assert client.get(urls[region_of(line)]).status_code == 404
    client.force_login(MembershipFactory(structure=StructureFactory()).user)
    assert client.get(urls[line]).status_code == 404


def test_what_the_conseil_departemental_brings_is_notified_to_its_own_root(
    client, line, local
):
    root = EnvelopeFactory(
        departmental=True, line=Line.CD, parent=None, level="LINE", region=line.region
    )
    client.force_login(local)

    send(client, root, "NOTIFICATION", "4500", confirmed="True")

    assert available(root) == Decimal(4500)
    assert Transfer.objects.get().on == date(2019, 1, 31)


@pytest.mark.parametrize(
    "kind, amount, told",
    [
        ("NOTIFICATION", "-5", "Le montant est supérieur à zéro"),
        ("NOTIFICATION", "beaucoup", "Saisissez un nombre"),
        ("PAYMENT", "5", "Sélectionnez un choix valide"),
    ],
)
def test_what_cannot_be_is_a_sentence(client, line, regional, kind, amount, told):
    client.force_login(regional)

    text = send(client, region_of(line), kind, amount).content.decode()

    assert told in text
    assert not Transfer.objects.exists()


def test_a_reference_too_long_is_a_sentence(client, line, regional):
    client.force_login(regional)

    shown = send(client, region_of(line), "NOTIFICATION", "10", reference="x" * 150)

    assert "au plus 120 caractères" in shown.content.decode()


def test_more_than_there_is_is_told_before_any_button(client, line, local):
    """The line has nothing yet: no earmark can be delegated from it."""
    client.force_login(local)

    text = send(client, line, "DELEGATION", "1000").content.decode()

    assert "il reste 0,00\xa0€, il manque 1\u202f000,00\xa0€" in text
    assert "Rien n’est encore enregistré" not in text
    assert 'value="1000"' in text
