"""The campaign on real Celery workers, killed on the way: same tables in the end."""

import random
import time
from datetime import date

import pytest
from django.db import connection

from funding.actions import campaigns
from funding.figures.campaigns import campaign_progress
from funding.figures.runs import runs_by_job
from funding.tasks import wake
from structures.models import Departement
from tests.funding.celery_worker import settle

pytestmark = pytest.mark.slow
PLACES = 12
RESULTS = """
SELECT 'use', v.structure_id, k.month::text, k.hours::text, k.due::text
FROM funding_consumption k JOIN funding_annexefinanciere a ON a.id = k.annexe_id
JOIN structures_convention v ON v.id = a.convention_id
UNION ALL
SELECT 'exits', structure_id, year::text, durable::text, score::text
FROM funding_outcomereport
UNION ALL
SELECT 'rollup', year, departement_id, kind, durable::text FROM funding_outcomerollup
UNION ALL
SELECT 'draft', a.convention_id, w.state, w.total::text, p.amount::text
FROM funding_annexeversion w JOIN funding_annexefinanciere a ON a.id = w.annexe_id
LEFT JOIN funding_annexepart p ON p.version_id = w.id
ORDER BY 1, 2, 3, 4, 5
"""
FORGET = """
DELETE FROM funding_annexepart; DELETE FROM funding_consumption;
DELETE FROM funding_outcomereport; DELETE FROM funding_outcomerollup;
DELETE FROM funding_stepline; DELETE FROM funding_step; DELETE FROM funding_campaign;
DELETE FROM funding_annexeversion WHERE state = 'BROUILLON';
DELETE FROM funding_annexefinanciere WHERE year = 2020;
"""


@pytest.fixture
def country(committed_db):
    """A structure with hours, an exit and an annexe in each of a dozen départements."""
    for n in range(PLACES):
        settle(f"9{n:02d}", hours=100 + n)


def start():
    campaign = campaigns.start_campaign(
        year=2020,
        business_on=date(2019, 12, 2),
        departements=Departement.objects.filter(communes__structures__isnull=False),
    )
    wake(campaign.pk)
    return campaign


def wait(campaign, seconds=120):
    until = time.monotonic() + seconds
    while not campaign_progress(campaign).finished:
        assert time.monotonic() < until, campaign_progress(campaign)
        time.sleep(0.1)


def until_it_moves(campaign):
    """A random while after steps began to be done again, and before they all are."""
    before = campaign_progress(campaign).done
    while campaign_progress(campaign).done < before + random.randint(1, 8):
        time.sleep(0.02)
    assert not campaign_progress(campaign).finished


def results():
    with connection.cursor() as cursor:
        cursor.execute(RESULTS)
        return cursor.fetchall()


def forget():
    with connection.cursor() as cursor:
        cursor.execute(FORGET)


def totals(campaign):
    rows = runs_by_job(campaign.steps.all())
    return sum(r.created for r in rows), sum(r.refreshed for r in rows)


def test_killed_three_times_it_ends_by_itself_as_if_never_killed(country, worker):
    wait(start())
    untouched = results()
    assert len(untouched) > PLACES * 11
    forget()

    campaign = start()
    for _ in range(3):
        until_it_moves(campaign)
        worker.kill()
        worker.start()
    wait(campaign)

    assert results() == untouched
    again = start()
    wait(again)
    assert totals(again) == (0, 0)
