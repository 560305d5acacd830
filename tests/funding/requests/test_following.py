"""What follows a signature: the annexes of each year, and the next convention."""

from datetime import date
from decimal import Decimal

import pytest

from funding.actions.files import MoveRefused
from funding.actions.first_annexe import prepare_annexe
from funding.actions.openings import renew
from funding.enums import VersionState
from funding.models import AnnexeVersion
from structures.enums import Status
from structures.models import Convention
from tests.funding.factories import AnnexeFactory, EnvelopeFactory, VersionFactory
from tests.funding.requests.world import (
    AGENT,
    DAY,
    DIRECTION,
    STRANGER,
    make_world,
)
from tests.structures.factories import ConventionFactory, StructureFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]


@pytest.fixture
def world():
    """Signed, its envelope of 2020 open."""
    world = make_world()
    world.put(Status.SIGNED)
    EnvelopeFactory(departmental=True, year=2020)
    return world


def prepared(world, year=2020, actor=AGENT):
    return prepare_annexe(
        convention=world.convention, year=year, by=world.people[actor], on=DAY
    )


def renewed(world, actor=DIRECTION):
    return renew(convention=world.convention, by=world.people[actor], on=DAY)


def test_the_first_annexe_takes_the_posts_asked_at_the_known_socle(world):
    """The socle of 2020 is published in February: 20,199 € is still known in December."""
    version = prepared(world)

    assert (version.etp, version.unit_amount) == (10, Decimal("20199.00"))
    assert version.total == Decimal("201990.00")
    assert version.parts.get().amount == version.total
    assert (version.annexe.renewal, version.supervision_etp) == (0, Decimal("2.5"))
    assert version.forecast_dynamic == 60
    assert (version.starts_on, version.ends_on) == (
        date(2020, 1, 1),
        date(2020, 12, 31),
    )


def test_the_next_ones_take_the_etp_last_agreed(world):
    VersionFactory(
        annexe=AnnexeFactory(convention=world.convention, year=2020), etp=Decimal("9.5")
    )
    EnvelopeFactory(departmental=True, year=2021)
    version = prepared(world, 2021)
    assert (version.etp, version.annexe.renewal) == (Decimal("9.5"), 1)


@pytest.mark.parametrize(
    "year, told", [(2019, "ne court pas en 2019"), (2021, "Aucune enveloppe")]
)
def test_an_annexe_that_cannot_be_is_a_sentence(world, year, told):
    with pytest.raises(MoveRefused, match=told):
        prepared(world, year)
    assert not AnnexeVersion.objects.exists()


def test_one_annexe_a_year(world):
    prepared(world)
    with pytest.raises(MoveRefused, match="existe déjà"):
        prepared(world)


@pytest.mark.parametrize("state", [VersionState.ANNULE, VersionState.REJETE])
def test_an_annexe_dropped_is_prepared_again_as_its_next_modification(
    client, world, state
):
    first = prepared(world)
    AnnexeVersion.objects.filter(pk=first.pk).update(state=state)
    client.force_login(world.people[AGENT])
    page = f"/conventions/{world.convention.pk}/"
    assert "Préparer l’annexe de 2020" in client.get(page).content.decode()

    client.post(f"{page}annexe/", {"annee": "2020"})

    again = first.annexe.versions.get(modification=1)
    assert (again.status, again.total) == (Status.DRAFT, Decimal("201990.00"))
    assert "Préparer l’annexe de 2020" not in client.get(page).content.decode()
    text = client.get(f"/annexes/{again.pk}/").content.decode()
    assert "Imprimer l’annexe" in text  # it changes nothing that was in force
    assert "Ce que l’avenant ajoute" not in text


def test_no_annexe_before_the_signature_nor_by_the_structure(world):
    with pytest.raises(MoveRefused, match="revient|prépare par l’agent"):
        prepared(world, actor=DIRECTION)
    other = make_world()
    with pytest.raises(MoveRefused, match="n’est pas signée"):
        prepare_annexe(
            convention=other.convention, year=2020, by=other.people[AGENT], on=DAY
        )


def test_the_button_prepares_and_opens_it(client, world):
    client.force_login(world.people[AGENT])
    url = f"/conventions/{world.convention.pk}/annexe/"
    response = client.post(url, {"annee": "2020"})
    assert response["Location"] == f"/annexes/{AnnexeVersion.objects.get().pk}/"
    client.force_login(world.people[DIRECTION])
    assert client.post(url, {"annee": "2021"}).status_code == 404


def test_where_nothing_is_known_the_agent_writes_the_etp(client, world):
    """A convention signed on paper before its file was here: no post, no annexe before."""
    commune = world.structure.commune
    other = ConventionFactory(structure=StructureFactory(commune=commune))
    client.force_login(world.people[AGENT])
    url = f"/conventions/{other.pk}/annexe/"

    text = client.post(url, {"annee": "2020"}).content.decode()
    assert "écrivez les ETP de départ" in text
    text = client.post(url, {"annee": "2020", "etp": "0"}).content.decode()
    assert "au-dessus de zéro" in text
    assert 'value="0"' in text
    assert not AnnexeVersion.objects.exists()

    client.post(url, {"annee": "2020", "etp": "7,5"})
    version = AnnexeVersion.objects.get()
    assert (version.etp, version.total) == (Decimal("7.5"), Decimal("151492.50"))


def test_a_renewal_starts_the_day_after_for_the_legal_term_prefilled(world):
    VersionFactory(
        annexe=AnnexeFactory(convention=world.convention, year=2020), etp=Decimal("9.5")
    )

    after = renewed(world)

    assert (after.state, after.starts_on, after.ends_on) == (
        Status.DRAFT,
        date(2023, 1, 1),
        date(2025, 12, 31),
    )
    assert after.request.public == world.request.public
    assert {post.etp for post in after.request.posts.all()} == {Decimal("9.5")}


def test_a_renewal_is_opened_once(client, world):
    renewed(world)
    client.force_login(world.people[AGENT])
    url = f"/conventions/{world.convention.pk}/suivante/"
    text = client.post(url, follow=True).content.decode()
    assert "couvre déjà une partie de ces dates" in text
    assert Convention.objects.count() == 2


def test_who_may_not_renew(client, world):
    with pytest.raises(MoveRefused, match="Une demande s’ouvre"):
        renewed(world, STRANGER)
    world.put(Status.TERMINATED)
    with pytest.raises(MoveRefused, match="Seule une convention signée"):
        renewed(world)
