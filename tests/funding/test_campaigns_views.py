"""Campaigns: who starts one, how it is watched, what it says of each structure."""

import pytest
from django.utils import timezone

from funding.enums import Job, LineOutcome, StepStatus
from funding.models import Campaign
from funding.views import campaigns
from tests.funding.factories import (
    CampaignFactory,
    PartFactory,
    StepFactory,
    StepLineFactory,
    VersionFactory,
)
from tests.structures.factories import (
    AgencyFactory,
    CommuneFactory,
    DepartementFactory,
    MembershipFactory,
    StructureFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]
LIST = "/campagnes/"
START = {"year": "2020", "business_on": "2019-12-02"}
QUERIES_OF_LIST, QUERIES_OF_DETAIL, QUERIES_OF_LINES = 9, 17, 10


@pytest.fixture
def woken(monkeypatch):
    """The workers are not called; what would be is kept."""
    calls = []
    monkeypatch.setattr(campaigns, "wake", calls.append)
    return calls


@pytest.fixture
def nord():
    return DepartementFactory(code="59", name="Nord")


def text_of(client, url, **data):
    response = client.post(url, data) if data else client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_an_agent_starts_a_campaign_and_goes_to_its_page(
    client, agent, woken, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(LIST, START)
    campaign = Campaign.objects.get()
    assert response.url == f"{LIST}{campaign.pk}/"
    assert campaign.launched_by == agent
    assert {s.departement_id for s in campaign.steps.all()} == {"62"}
    assert woken == [campaign.pk]


def test_a_second_run_at_once_is_refused_in_a_sentence(client, agent, woken):
    client.post(LIST, START)
    text = text_of(client, LIST, **START)
    assert "Une campagne est déjà en cours" in text
    assert Campaign.objects.count() == 1


@pytest.mark.parametrize(
    "wrong", [{"year": "1999"}, {"year": ""}, {"business_on": "31/02/2019"}]
)
def test_a_wrong_form_says_what_is_wrong(client, agent, woken, wrong):
    text = text_of(client, LIST, **(START | wrong))
    assert "Le formulaire n’est pas enregistré" in text
    assert not Campaign.objects.exists()


def test_a_regional_agent_chooses_one_departement(client, woken, nord):
    agency = AgencyFactory(regional=True)
    DepartementFactory()
    client.force_login(MembershipFactory(agent=True, agency=agency).user)
    client.post(LIST, START | {"departement": "59"})
    assert set(Campaign.objects.get().steps.values_list("departement", flat=True)) == {
        "59"
    }


def test_the_staff_of_a_structure_starts_nothing(client, director, woken):
    assert client.get(LIST).status_code == 403
    assert client.post(LIST, START).status_code == 403
    assert not Campaign.objects.exists()


def test_a_campaign_elsewhere_does_not_exist(client, agent, nord):
    step = StepFactory(departement=nord)
    for tail in ("", "avancement/"):
        assert client.get(f"{LIST}{step.campaign_id}/{tail}").status_code == 404
    assert "Aucune campagne" in text_of(client, LIST)


def test_a_running_campaign_asks_for_itself_again(client, agent):
    step = StepFactory()
    url = f"{LIST}{step.campaign_id}/avancement/"
    assert f'hx-get="{url}" hx-trigger="every 2s"' in text_of(client, url)
    step.status = StepStatus.DONE
    step.save()
    assert "hx-get" not in text_of(client, url)


@pytest.mark.parametrize(
    "status, refresh", [(StepStatus.RUNNING, None), (StepStatus.DONE, "true")]
)
def test_the_whole_page_is_read_again_when_the_run_ends(client, agent, status, refresh):
    lease = {"lease_until": timezone.now()} if status == StepStatus.RUNNING else {}
    step = StepFactory(status=status, **lease)
    response = client.get(f"{LIST}{step.campaign_id}/avancement/")
    assert response.headers.get("HX-Refresh") == refresh


def test_progress_is_that_of_the_steps(client, agent):
    campaign = CampaignFactory()
    StepFactory(campaign=campaign, status=StepStatus.DONE, created=12)
    StepFactory(campaign=campaign, job=Job.OUTCOMES)
    text = text_of(client, f"{LIST}{campaign.pk}/")
    assert 'max="2" value="1"' in text
    assert "1 sur 2\xa0étapes" in text


def test_failures_and_blocked_structures_say_why(client, agent):
    failed = StepFactory(status=StepStatus.FAILED, error="Délai dépassé.")
    step = StepFactory(
        campaign=failed.campaign, job=Job.OUTCOMES, status=StepStatus.DONE, blocked=1
    )
    structure = StructureFactory()
    StepLineFactory(
        step=step,
        structure=structure,
        outcome=LineOutcome.BLOCKED,
        reason="Aucune annexe en vigueur.",
    )
    text = text_of(client, f"{LIST}{failed.campaign_id}/")
    for words in ("Délai dépassé.", "Aucune annexe en vigueur.", structure.name):
        assert words in text


def test_a_structure_blocked_elsewhere_is_not_named(client, agent, nord):
    campaign = StepFactory().campaign
    far = StructureFactory(commune=CommuneFactory(code="59178", departement=nord))
    step = StepFactory(campaign=campaign, departement=nord, status=StepStatus.DONE)
    StepLineFactory(
        step=step, structure=far, outcome=LineOutcome.BLOCKED, reason="Motif"
    )
    text = text_of(client, f"{LIST}{campaign.pk}/")
    assert far.name not in text
    assert "0 sur 1\xa0étape" in text


def test_the_page_says_whether_the_envelopes_could_bear_it(client, agent):
    step = StepFactory(status=StepStatus.DONE)
    version = VersionFactory(draft=True, annexe__year=2020)
    PartFactory(version=version)
    text = text_of(client, f"{LIST}{step.campaign_id}/")
    for words in ("201\u202f990\xa0€", "À revoir", "Pas encore notifiée"):
        assert words in text


def test_what_a_job_did_opens_its_lines(client, agent):
    step = StepFactory(status=StepStatus.DONE, created=1)
    line = StepLineFactory(step=step)
    other = StepLineFactory(step=step, outcome=LineOutcome.UNCHANGED)
    url = f"{LIST}{step.campaign_id}/lignes/?traitement=CONVENTIONS&annee=2020"
    assert line.structure.name in text_of(client, url)
    created = text_of(client, f"{url}&resultat=CREATED")
    assert line.structure.name in created
    assert other.structure.name not in created
    assert "Mises à jour <" in created


@pytest.mark.parametrize("rows", [2, 20])
def test_the_list_takes_the_same_queries_whatever_its_length(
    client, agent, rows, django_assert_num_queries
):
    for _ in range(rows):
        StepFactory(status=StepStatus.DONE)
    with django_assert_num_queries(QUERIES_OF_LIST):
        client.get(LIST)


@pytest.mark.parametrize("rows", [2, 20])
def test_a_campaign_takes_the_same_queries_whatever_it_did(
    client, agent, rows, django_assert_num_queries
):
    step = StepFactory(status=StepStatus.DONE)
    for _ in range(rows):
        StepLineFactory(step=step, outcome=LineOutcome.BLOCKED, reason="Motif")
    with django_assert_num_queries(QUERIES_OF_DETAIL):
        client.get(f"{LIST}{step.campaign_id}/")


@pytest.mark.parametrize("rows", [2, 20])
def test_lines_take_the_same_queries_whatever_their_number(
    client, agent, rows, django_assert_num_queries
):
    step = StepFactory(status=StepStatus.DONE)
    for _ in range(rows):
        StepLineFactory(step=step)
    url = f"{LIST}{step.campaign_id}/lignes/?traitement=CONVENTIONS&annee=2020"
    with django_assert_num_queries(QUERIES_OF_LINES):
        client.get(url)
