"""Envelopes as a tree; each figure opens transfers whose sum it is."""

import re
from decimal import Decimal
from uuid import uuid4

import pytest

from funding.actions.ledger import open_accounts
from funding.enums import Bucket, Line
from funding.figures.envelopes import envelope_tree
from funding.models import Account, Envelope, Transfer
from tests.funding.factories import AnnexeFactory, EnvelopeFactory
from tests.structures.factories import (
    AgencyFactory,
    DepartementFactory,
    MembershipFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]
TREE = "/enveloppes/"
QUERIES_OF_TREE, QUERIES_OF_TRANSFERS = 9, 12


def move(kind, source, target, amount):
    return Transfer.objects.create(
        kind=kind,
        source=source,
        target=target,
        amount=amount,
        on="2019-02-04",
        reference="Circulaire",
        idempotency_key=uuid4(),
    )


def free(envelope):
    return open_accounts(envelope=envelope)[Bucket.AVAILABLE]


@pytest.fixture
def funded():
    """1,000 € at the top, 600 at the département, 200 earmarked, 150 of it committed."""
    earmark = EnvelopeFactory(earmark=True)
    departmental = earmark.parent
    regional = departmental.parent
    national = regional.parent
    outside = Account.objects.get(bucket=Bucket.OUTSIDE)
    move("NOTIFICATION", outside, free(national), 1000)
    move("DELEGATION", free(national), free(regional), 900)
    move("DELEGATION", free(regional), free(departmental), 600)
    move("DELEGATION", free(departmental), free(earmark), 200)
    own = open_accounts(envelope=earmark, annexe=AnnexeFactory())
    move("RESERVE", free(earmark), own[Bucket.RESERVED], 150)
    move("COMMIT", own[Bucket.RESERVED], own[Bucket.COMMITTED], 150)
    move("PAYMENT", own[Bucket.COMMITTED], own[Bucket.PAID], 40)
    return departmental


def text_of(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return b"".join(response).decode()


def test_a_node_sums_its_subtree(funded):
    mine = Envelope.objects.filter(departement="62")
    root, earmark = envelope_tree(mine, year=2019)
    assert (root.depth, earmark.depth) == (0, 1)
    assert root.notified == 600
    assert (root.available, root.engaged, root.paid) == (450, 150, 40)
    assert (earmark.available, earmark.reserved) == (50, 0)


def test_an_agent_sees_the_departement_not_the_region(client, agent, funded):
    text = text_of(client, TREE)
    assert "dont 400\xa0€ à répartir" in text
    assert "450\xa0€" in text
    assert "dont Engagement pour le renouveau" in text
    assert "900\xa0€" not in text


def test_a_regional_agent_sees_the_whole_subtree(client, funded):
    agency = AgencyFactory(regional=True)
    client.force_login(MembershipFactory(agent=True, agency=agency).user)
    text = text_of(client, TREE)
    assert "900\xa0€" in text
    assert "Hauts-de-France" in text
    assert "France</th>" not in text.replace("Hauts-de-France", "")


@pytest.mark.parametrize(
    "word", ["disponible", "gele", "reserve", "engage", "paye", "tout"]
)
def test_transfers_add_up_to_the_figure_they_open_from(client, agent, funded, word):
    text = text_of(client, f"{TREE}{funded.pk}/mouvements/?compartiment={word}")
    assert "égale au solde du grand livre" in text


def test_each_figure_of_the_tree_opens_its_transfers(client, agent, funded):
    links = re.findall(
        r'href="(/enveloppes/\d+/mouvements/[^"]+)"', text_of(client, TREE)
    )
    assert len(links) == 8
    for url in links:
        assert "égale au solde" in text_of(client, url)


def test_what_moves_inside_is_left_out(client, agent, funded):
    text = text_of(client, f"{TREE}{funded.pk}/mouvements/?compartiment=tout")
    assert "1\xa0mouvement<" in text
    assert "600,00\xa0€" in text


def test_an_annexe_opens_its_own_transfers(client, agent, funded):
    annexe = Account.objects.filter(bucket=Bucket.PAID).get().annexe
    url = f"{TREE}annexes/{annexe.pk}/mouvements/?compartiment=engage"
    text = text_of(client, url)
    assert "150,00\xa0€" in text
    structure = annexe.convention.structure
    assert f'href="/structures/{structure.pk}/">{structure.name}' in text
    assert f"{structure.name}, {Line.ERBM.label}" in text

    held = Account.objects.get(annexe=annexe, bucket=Bucket.PAID).envelope_id
    assert "150,00\xa0€" in text_of(client, f"{url}&enveloppe={held}")
    other = EnvelopeFactory(departmental=True, year=2012)
    assert client.get(f"{url}&enveloppe={other.pk}").status_code == 404


def test_transfers_are_exported_with_their_sign(client, agent, funded):
    url = f"{TREE}{funded.pk}/mouvements/?compartiment=disponible&format=csv"
    lines = text_of(client, url).splitlines()
    assert any(";-150,00;" in line for line in lines)


@pytest.mark.parametrize("tail", ["", "?compartiment=disponible"])
def test_an_envelope_above_or_elsewhere_does_not_exist(client, agent, funded, tail):
    nord = DepartementFactory(code="59", name="Nord")
    elsewhere = EnvelopeFactory(departmental=True, departement=nord)
    for envelope in (funded.parent, elsewhere):
        url = f"{TREE}{envelope.pk}/mouvements/{tail}"
        assert client.get(url).status_code == 404


def test_an_unknown_compartment_is_not_found(client, agent, funded):
    url = f"{TREE}{funded.pk}/mouvements/?compartiment=poche"
    assert client.get(url).status_code == 404


def test_the_staff_of_a_structure_sees_no_envelope(client, director, funded):
    assert "Aucune enveloppe" in text_of(client, TREE)
    assert client.get(f"{TREE}{funded.pk}/mouvements/").status_code == 404


def test_little_left_is_said_in_words(client, agent, funded):
    earmark = Envelope.objects.get(line=Line.ERBM)
    own = open_accounts(envelope=funded, annexe=AnnexeFactory())
    move("RESERVE", free(funded), own[Bucket.RESERVED], 400)
    annexe = Account.objects.filter(bucket=Bucket.PAID, balance__gt=0).get().annexe
    more = open_accounts(envelope=earmark, annexe=annexe)
    move("RESERVE", free(earmark), more[Bucket.RESERVED], 30)
    assert "Moins de 5 %" in text_of(client, TREE)
    move("RESERVE", free(earmark), more[Bucket.RESERVED], 20)
    assert "Épuisée" in text_of(client, TREE)


def test_nothing_notified_says_why(client, agent):
    assert "Aucune enveloppe pour cette année" in text_of(client, TREE)


@pytest.mark.parametrize("lines", [2, 7])
def test_the_tree_takes_the_same_queries_whatever_its_size(
    client, agent, lines, django_assert_num_queries
):
    for line in list(Line)[:lines]:
        free(EnvelopeFactory(departmental=True, line=line))
    with django_assert_num_queries(QUERIES_OF_TREE):
        client.get(TREE)


@pytest.mark.parametrize("rows", [2, 20])
def test_transfers_take_the_same_queries_whatever_their_number(
    client, agent, funded, rows, django_assert_num_queries
):
    for n in range(rows):
        own = open_accounts(envelope=funded, annexe=AnnexeFactory())
        move("RESERVE", free(funded), own[Bucket.RESERVED], Decimal(n + 1))
    with django_assert_num_queries(QUERIES_OF_TRANSFERS):
        client.get(f"{TREE}{funded.pk}/mouvements/")
