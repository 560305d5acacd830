"""UD 62 on 1 January 2019, a server that lives the day it is told, a worker, an audit."""

import os
import subprocess
import sys
from contextlib import ExitStack
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connections

from seeds.build import Wanted, build
from seeds.targets import read_targets
from tests.conftest import _connect, _drop, _pointing_to, _recreate
from tests.e2e import server
from tests.funding.celery_worker import Worker

START = date(2019, 1, 1)
VERIFIER = "funding/management/verify_ledger.py"


class Office:
    """The base of the play, its server and its worker, and what proves its ledger."""

    def __init__(self, parameters, name, folder):
        self.parameters, self.name, self.folder = parameters, name, folder
        self.stack, self.url = ExitStack(), ""

    def live(self, day):
        """The server starts again on another day; sessions stay open."""
        self.stack.close()
        log = self.folder / f"server-{day}.log"
        running = server.running(self.parameters, self.name, log, day=day)
        self.url = self.stack.enter_context(running)

    def command(self, *words):
        done = subprocess.run(
            [sys.executable, *words],
            env=server.environment(self.parameters, self.name),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
        return done.stdout

    def proved(self):
        """The audit is clean and the stand-alone verifier agrees; transfers it read."""
        call_command("audit", stdout=StringIO())
        export = self.folder / "ledger.jsonl"
        call_command("export_ledger", str(export), stdout=StringIO())
        told = self.command(VERIFIER, str(export))
        assert told.startswith("Exact : ")
        return int(told.removeprefix("Exact : ").split()[0])


@pytest.fixture(scope="module")
def office(template_database, django_db_blocker, tmp_path_factory):
    name = f"{template_database}_play"
    _recreate(name, template=template_database)
    before = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
    queue = f"play-{os.getpid()}"
    with django_db_blocker.unblock(), _pointing_to(name, before):
        wanted = Wanted(targets=read_targets(), as_of=START, seed=62, department="62")
        build(wanted, using="default", say=lambda share, label: None)
        with _connect("owner", name, autocommit=True) as connection:
            connection.execute("ANALYZE")
        parameters = connections["default"].get_connection_params()
        os.environ["CELERY_QUEUE"] = queue
        worker = Worker(queue, tmp_path_factory.mktemp("worker"))
        one = Office(parameters, name, tmp_path_factory.mktemp("play"))
        try:
            one.command("manage.py", "demo_accounts")
            yield one
        finally:
            one.stack.close()
            worker.stop()
            del os.environ["CELERY_QUEUE"]
    _drop(name)
