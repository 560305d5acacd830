"""Could the envelopes bear the drafts? Said, and nothing moved."""

from datetime import date
from decimal import Decimal

import pytest

from funding.actions import ledger
from funding.figures.bearing import bearing
from tests.funding.factories import EnvelopeFactory, PartFactory, VersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def envelope():
    """Drafts of 300 € on the IAE line of the Pas-de-Calais, and one version in force."""
    envelope = EnvelopeFactory(departmental=True)
    for state in ("BROUILLON", "BROUILLON", "VALIDE"):
        PartFactory(
            version=VersionFactory(state=state), envelope=envelope, amount=Decimal(150)
        )
    return envelope


def give(envelope, amount):
    chain = [envelope.parent.parent, envelope.parent, envelope]
    terms = {"amount": Decimal(amount), "on": date(2019, 1, 2), "by": None}
    ledger.notify(envelope=chain[0], reference="notification", **terms)
    for child in chain[1:]:
        ledger.delegate(envelope=child, reference="délégation", **terms)


def test_before_any_notification_it_says_so(envelope):
    [row] = bearing(year=2019, departements=["62"])
    assert (row.drafts, row.available, row.is_enough) == (300, 0, False)
    assert row.sentence.startswith("Pas encore notifiée")


@pytest.mark.parametrize(
    "amount, sentence",
    [(300, "L’enveloppe suffit."), (299, "Insuffisante : demandez un complément")],
)
def test_what_is_left_is_set_beside_the_drafts(envelope, amount, sentence):
    give(envelope, amount)
    [row] = bearing(year=2019, departements=["62"])
    assert row.available == amount
    assert row.sentence.startswith(sentence)


def test_one_query_whatever_the_number_of_envelopes(
    envelope, django_assert_num_queries
):
    with django_assert_num_queries(1):
        bearing(year=2019, departements=["62"])
