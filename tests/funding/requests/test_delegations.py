"""Who signs here today, for agents; written in the back-office, with its text."""

from datetime import date

import pytest
from django.urls import reverse

from funding.models import SigningDelegation
from tests.funding.factories import SigningDelegationFactory
from tests.structures.factories import (
    AgencyFactory,
    DepartementFactory,
    MembershipFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]
PAGE, QUERIES = "/delegations/", 10


def test_those_of_the_territory_today_then_all(client, agent):
    SigningDelegationFactory(user=UserFactory(last_name="Aujourd"))
    SigningDelegationFactory(user=UserFactory(last_name="Hier"), until=date(2019, 1, 1))
    region = AgencyFactory(regional=True)
    SigningDelegationFactory(user=UserFactory(last_name="Région"), agency=region)
    paris = DepartementFactory(code="75", name="Paris", region__code="11")
    far = AgencyFactory(name="UD 75", departement=paris)
    SigningDelegationFactory(user=UserFactory(last_name="Ailleurs"), agency=far)

    today = client.get(PAGE).content.decode()
    every = client.get(f"{PAGE}?vue=toutes").content.decode()

    assert "Aujourd" in today
    assert "Région" in today
    assert "Hier" not in today
    assert "Hier" in every
    assert "Ailleurs" not in every


def test_a_structure_does_not_read_it(client, director):
    assert client.get(PAGE).status_code == 404


def test_the_list_takes_the_same_queries(client, agent, django_assert_num_queries):
    for n in range(4):
        SigningDelegationFactory(since=date(2018, 1, n + 1))
    with django_assert_num_queries(QUERIES):
        client.get(PAGE)


@pytest.mark.ignore_template_errors
def test_an_administrator_records_one_with_its_text(client, admin_user):
    client.force_login(admin_user)
    member = MembershipFactory(agent=True)
    url = reverse("admin:funding_signingdelegation_add")
    data = {
        "user": member.user.pk,
        "agency": member.agency.pk,
        "up_to": "150000",
        "since": "01/01/2019",
        "text": "Arrêté du 2 janvier 2019",
    }
    stranger = client.post(url, data | {"user": UserFactory().pk})
    assert "ne verrait pas les dossiers" in stranger.content.decode()
    client.post(url, data)
    assert SigningDelegation.objects.get().up_to == 150_000
