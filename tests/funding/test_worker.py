"""The campaign on real Celery workers, killed on the way: same tables in the end."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from datetime import date
from decimal import Decimal

import pytest
from celery import current_app
from django.db import connection

from funding.actions import campaigns
from funding.figures.campaigns import campaign_progress
from funding.figures.runs import runs_by_job
from funding.tasks import wake
from parcours.enums import ExitCategory
from structures.models import Departement
from tests.funding.factories import EnvelopeFactory
from tests.funding.jobs import annexe_of, exit_after, hours_in
from tests.structures.factories import (
    CommuneFactory,
    ConventionFactory,
    DepartementFactory,
    StructureFactory,
)

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
        place = DepartementFactory(code=f"9{n:02d}", name=f"Département {n}")
        EnvelopeFactory(departmental=True, departement=place)
        commune = CommuneFactory(code=f"9{n:02d}01", departement=place)
        convention = ConventionFactory(structure=StructureFactory(commune=commune))
        version = annexe_of(2019, convention=convention, supervision_etp=Decimal(1))
        for month in range(1, 12):
            hours_in(version.annexe.convention, date(2019, month, 1), 100 + n)
        left = date(2019, 9, 27)
        exit_after(
            200,
            ("D1", ExitCategory.DURABLE),
            structure=convention.structure,
            left_on=left,
        )


@pytest.fixture
def queue():
    """A queue of this test's own; workers of the desk do not see it."""
    before = current_app.conf.task_default_queue
    name = f"test-{os.getpid()}-{random.getrandbits(32):x}"
    current_app.conf.task_default_queue = name
    yield name
    current_app.conf.task_default_queue = before


class Worker:
    """A Celery worker with its beat, on the test's database and queue."""

    def __init__(self, queue, tmp_path):
        database = connection.get_connection_params()
        url = " ".join(
            f"{key}='{database[key]}'"
            for key in ("dbname", "user", "password", "host", "port")
            if database.get(key)
        )
        self.environ = os.environ | {
            "DATABASE_URL": url,
            "DATABASE_OWNER_URL": url,
            "CELERY_QUEUE": queue,
            "STEP_LEASE_SECONDS": "3",
            "SWEEP_SECONDS": "1",
        }
        self.schedule = str(tmp_path / "beat")
        self.groups = []
        self.start()

    def start(self):
        command = [sys.executable, "-m", "celery", "-A", "iae_manager", "worker"]
        self.process = subprocess.Popen(
            [*command, "-B", "-s", self.schedule, "-c", "2", "-l", "ERROR"],
            env=self.environ,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.groups.append(self.process.pid)

    def kill(self):
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=30)
        for group in self.groups:  # the beat of a killed worker outlives it
            with contextlib.suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)


@pytest.fixture
def worker(queue, tmp_path):
    worker = Worker(queue, tmp_path)
    yield worker
    worker.stop()


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
