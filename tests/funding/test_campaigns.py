"""Steps are claimed by lease; phases wait for each other; nothing runs twice at once."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import now

from funding.actions import campaigns
from funding.enums import Job, StepStatus
from funding.models import Campaign, Step
from structures.models import Departement
from tests.structures.factories import ConventionFactory, DepartementFactory

pytestmark = pytest.mark.django_db
DAY = date(2019, 12, 2)


@pytest.fixture
def campaign():
    ConventionFactory()
    return start()


def start(year=2020):
    return campaigns.start_campaign(
        year=year, business_on=DAY, departements=Departement.objects.all()
    )


def claim(campaign, worker="one"):
    return campaigns.claim_step(campaign_id=campaign.pk, worker=worker)


def test_a_campaign_is_three_years_of_results_and_the_conventions(campaign):
    plan = list(campaign.steps.values_list("job", "year"))
    back = [(job, y) for job in list(Job)[:3] for y in (2017, 2018, 2019)]
    assert plan == [*back, (Job.CONVENTIONS, 2020)]


@pytest.mark.parametrize("year", [2014, 2021])
def test_a_year_the_day_says_nothing_of_is_refused(campaign, year):
    campaign.steps.update(status=StepStatus.DONE)
    with pytest.raises(campaigns.NotThatDay, match=f"pas celles de {year}"):
        start(year)


def test_a_day_still_to_come_is_refused(campaign, settings):
    settings.BUSINESS_DATE = date(2019, 12, 1)
    with pytest.raises(
        campaigns.NotThatDay, match="au plus tard aujourd’hui, 01/12/2019"
    ):
        start()


def test_two_workers_never_get_the_same_step(campaign):
    assert claim(campaign, "one").pk != claim(campaign, "two").pk


def test_a_phase_waits_for_the_one_before(campaign):
    campaign.steps.exclude(job=Job.CONVENTIONS).exclude(
        job=Job.MODULATION, year=2019
    ).update(status=StepStatus.DONE)
    last = claim(campaign)
    assert (last.job, claim(campaign)) == (Job.MODULATION, None)
    campaigns.run_step(step=last)
    assert claim(campaign).job == Job.CONVENTIONS


def test_a_second_campaign_waits_for_the_first(campaign):
    with pytest.raises(campaigns.AlreadyRunning):
        start()
    assert Campaign.objects.count() == 1


def test_no_departement_is_a_sentence():
    with pytest.raises(campaigns.NothingToRun):
        start()


def test_an_expired_lease_is_given_back(campaign):
    step = claim(campaign)
    Step.objects.filter(pk=step.pk).update(lease_until=now() - timedelta(seconds=1))
    assert campaigns.give_back_expired() == [campaign.pk]
    assert claim(campaign, "two").pk == step.pk


def test_a_lease_still_running_is_left(campaign):
    step = claim(campaign)
    campaigns.give_back_expired()
    step.refresh_from_db()
    assert step.claimed_by == "one"


def test_who_lost_the_lease_keeps_nothing(campaign):
    step = claim(campaign)
    Step.objects.filter(pk=step.pk).update(claimed_by="two")
    with pytest.raises(campaigns.LeaseLost):
        campaigns.run_step(step=step)
    step.refresh_from_db()
    assert (step.status, step.lines.count()) == (StepStatus.RUNNING, 0)


def test_a_step_interrupted_too_often_is_given_up_with_a_sentence(campaign):
    step = claim(campaign)
    Step.objects.filter(pk=step.pk).update(
        lease_until=now() - timedelta(seconds=1), attempts=campaigns.MAX_ATTEMPTS
    )
    campaigns.give_back_expired()
    step.refresh_from_db()
    assert step.status == StepStatus.FAILED
    assert "Relancez la campagne" in step.error


def test_a_renewed_lease_says_whether_the_step_is_still_ours(campaign):
    step = claim(campaign)
    assert campaigns.renew_lease(step=step)
    Step.objects.filter(pk=step.pk).update(claimed_by="two")
    assert not campaigns.renew_lease(step=step)


def test_each_departement_has_its_steps():
    ConventionFactory()
    north = DepartementFactory(code="59", name="Nord")
    assert start().steps.filter(departement=north).count() == 10
