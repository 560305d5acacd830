"""The law by date: each value with its text, how sure we are, and who added it."""

from datetime import date
from decimal import Decimal

import pytest

from structures.enums import Confidence, Origin
from structures.models import LegalValue
from tests.structures.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]
PAGE = "/valeurs-legales/"
SOCLE = f"{PAGE}?parametre=montant_socle"


@pytest.fixture
def reader(client):
    user = UserFactory()
    client.force_login(user)
    return user


def text_of(client, url):
    return b"".join(client.get(url)).decode()


def test_a_value_has_its_text_and_confidence(client, reader):
    text = text_of(client, SOCLE)
    for words in ("20\u202f199\xa0€/ETP/an", "Arrêté du 27 février 2019", "Vérifiée"):
        assert words in text


def test_only_what_is_in_force_and_published(client, reader):
    text = text_of(client, f"{SOCLE}&vue=en-vigueur")
    assert "20\u202f199" in text
    assert "20\u202f441" not in text
    assert "19\u202f897" not in text


def test_the_doubtful_ones_are_those_the_home_page_counts(client, reader):
    doubtful = LegalValue.objects.filter(
        confidence__in=[Confidence.TO_CONFIRM, Confidence.RECALLED]
    )
    lines = text_of(client, f"{PAGE}?confiance=douteuses&format=csv").splitlines()
    assert 1 < len(lines) == doubtful.count() + 1
    client.force_login(UserFactory(is_superuser=True))
    assert f'href="{PAGE}?confiance=douteuses"' in text_of(client, "/")


def test_who_added_a_value_is_said(client, reader):
    LegalValue.objects.create(
        parameter="montant_socle",
        kind="ACI",
        effective_on=date(2030, 1, 1),
        published_on=date(2030, 2, 1),
        value=Decimal(25_000),
        unit="€/ETP/an",
        source="Arrêté du 1er février 2030",
        confidence=Confidence.VERIFIED,
        origin=Origin.ADMIN,
        added_by=reader,
    )
    assert f"ajoutée par {reader}" in text_of(client, SOCLE)


def test_the_export_holds_every_value(client, reader):
    lines = text_of(client, f"{PAGE}?format=csv").splitlines()
    assert len(lines) == LegalValue.objects.count() + 1


def test_an_unknown_parameter_shows_everything(client, reader):
    assert f"{LegalValue.objects.count()}\xa0valeurs<" in text_of(
        client, f"{PAGE}?parametre=inconnu"
    )


def test_a_page_takes_the_same_queries(client, reader, django_assert_num_queries):
    for url in (PAGE, SOCLE):
        with django_assert_num_queries(8):
            client.get(url)
