"""Whose campaigns, steps and lines a person sees, by role."""

import pytest

from funding.enums import Job
from funding.models import Campaign, Step, StepLine
from tests.funding.factories import (
    CampaignFactory,
    EnvelopeFactory,
    StepFactory,
    StepLineFactory,
)
from tests.structures.factories import (
    AgencyFactory,
    CommuneFactory,
    DepartementFactory,
    MembershipFactory,
    RegionFactory,
    StructureFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]
PLACES = {"62": "62498", "59": "59178", "75": "75056"}


@pytest.fixture
def world():
    """One campaign of the 62 and of the 59, one of Paris, each with its line."""
    shared = CampaignFactory()
    paris = RegionFactory(code="11", name="Île-de-France")
    for code, commune in PLACES.items():
        region = paris if code == "75" else RegionFactory()
        place = DepartementFactory(code=code, name=f"Département {code}", region=region)
        commune = CommuneFactory(code=commune, departement=place, epci=None)
        campaign = CampaignFactory() if code == "75" else shared
        step = StepFactory(campaign=campaign, departement=place, job=Job.OUTCOMES)
        StepLineFactory(step=step, structure=StructureFactory(commune=commune))
    return shared


def person(who):
    if who == "admin":
        return UserFactory(is_superuser=True)
    if who == "direction":
        return MembershipFactory(structure=StructureFactory()).user
    if who == "région":
        agency = AgencyFactory(regional=True)
    else:
        place = DepartementFactory._meta.model.objects.get(pk=who)
        agency = AgencyFactory(name=f"UD {who}", departement=place)
    return MembershipFactory(agent=True, agency=agency).user


@pytest.mark.parametrize(
    "who, campaigns, places",
    [
        ("62", 1, {"62"}),
        ("59", 1, {"59"}),
        ("75", 1, {"75"}),
        ("région", 1, {"62", "59"}),
        ("admin", 2, {"62", "59", "75"}),
        ("direction", 0, set()),
    ],
)
def test_each_sees_what_ran_in_their_territory(world, who, campaigns, places):
    user = person(who)
    steps = Step.objects.visible_to(user)
    lines = StepLine.objects.visible_to(user)
    assert Campaign.objects.visible_to(user).count() == campaigns
    assert {step.departement_id for step in steps} == places
    assert {line.structure.commune.departement_id for line in lines} == places


def test_a_line_about_a_structure_of_elsewhere_is_not_seen(world):
    moved = StructureFactory(commune_id=PLACES["59"])
    StepLineFactory(step=Step.objects.get(departement="62"), structure=moved)
    assert StepLine.objects.visible_to(person("62")).count() == 1


@pytest.mark.parametrize(
    "who, status",
    [("62", 200), ("région", 200), ("admin", 200), ("75", 404), ("direction", 403)],
)
def test_its_pages_open_to_those_of_its_territory(client, world, who, status):
    client.force_login(person(who))
    place = DepartementFactory._meta.model.objects.get(pk="62")
    envelope = EnvelopeFactory(departmental=True, year=2020, departement=place)
    job = "?traitement=OUTCOMES&annee=2020"
    tails = ["", "avancement/", f"lignes/{job}", f"etapes/{job}"]
    for tail in [*tails, f"brouillons/{envelope.pk}/"]:
        response = client.get(f"/campagnes/{world.pk}/{tail}")
        assert (tail, response.status_code) == (tail, status)


@pytest.mark.parametrize("who, code", [("62", "59"), ("admin", "75")])
def test_the_drafts_of_a_place_it_did_not_run_in_stay_closed(client, world, who, code):
    client.force_login(person(who))
    place = Step.objects.get(departement=code).departement
    far = EnvelopeFactory(departmental=True, year=2020, departement=place)
    url = f"/campagnes/{world.pk}/brouillons/{far.pk}/"
    assert client.get(url).status_code == 404
