"""A real Celery worker on a test's own database, and a département for it to compute."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from datetime import date
from decimal import Decimal

from celery import current_app
from django.db import connection

from parcours.enums import ExitCategory
from tests.funding.factories import EnvelopeFactory
from tests.funding.jobs import annexe_of, exit_after, hours_in
from tests.structures.factories import (
    CommuneFactory,
    ConventionFactory,
    DepartementFactory,
    StructureFactory,
)


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
        self.name = f"{queue}@test"
        self.start()

    def start(self):
        command = [sys.executable, "-m", "celery", "-A", "iae_manager", "worker"]
        self.process = subprocess.Popen(
            [*command, "-B", "-s", self.schedule, "-n", self.name, "-c", "2"],
            env=self.environ,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.groups.append(self.process.pid)

    def answered(self):
        """Waits until it listens."""
        until = time.monotonic() + 60
        while not current_app.control.ping([self.name], timeout=0.5):
            assert time.monotonic() < until
        return self

    def kill(self):
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        """At once: nothing waits for it, and a warm shutdown may take its time."""
        for group in self.groups:  # the beat of a killed worker outlives it
            with contextlib.suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)
        self.process.wait()


def settle(code, *, hours, **terms):
    """A structure with hours, an exit and an annexe in a département of its own."""
    place = DepartementFactory(code=code, name=f"Département {code}")
    EnvelopeFactory(departmental=True, departement=place)
    commune = CommuneFactory(code=f"{code}01", departement=place)
    convention = ConventionFactory(structure=StructureFactory(commune=commune))
    terms = {"supervision_etp": Decimal(1)} | terms
    version = annexe_of(2019, convention=convention, **terms)
    for month in range(1, 12):
        hours_in(version.annexe.convention, date(2019, month, 1), hours)
    left = {"structure": convention.structure, "left_on": date(2019, 9, 27)}
    exit_after(200, ("D1", ExitCategory.DURABLE), **left)
