import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
import redis

from iae_manager.embedded.addresses import SUPERUSER, embedded_database
from iae_manager.embedded.layout import layout
from iae_manager.embedded.locks import is_free


class Guest:
    """A process that holds the servers of a desk until it leaves or is killed."""

    def __init__(self, local):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.embedded.guest", str(local)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.services = None

    def arrived(self):
        line = self.process.stdout.readline()
        assert line, self.process.stderr.read()
        self.services = json.loads(line)
        return self

    def sql(self, query, *, role="database_owner_url"):
        with psycopg.connect(self.services[role], autocommit=True) as connection:
            answer = connection.execute(query)
            return answer.fetchall() if answer.description else None

    def redis(self):
        return redis.Redis.from_url(self.services["redis_url"])

    def leave(self):
        self.process.stdin.close()
        assert self.process.wait(30) == 0
        self._close()

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self._close()

    def _close(self):
        self.process.stdout.close()
        self.process.stderr.close()


class Desk:
    def __init__(self, local):
        self.local = local
        self.guests = []

    def guest(self):
        self.guests.append(Guest(self.local))
        return self.guests[-1]

    @property
    def place(self):
        return layout(self.local)

    @property
    def data(self):
        return self.place.postgres_data.resolve()

    def superuser_url(self, database="postgres"):
        return embedded_database(self.place, SUPERUSER, database)

    def is_down(self):
        return all(is_free(self.local / f"{n}.life") for n in ("postgres", "redis"))

    def pids(self):
        """Every process of the servers: they all work in or name the desk's folder."""
        home = str(self.place.servers.resolve())
        return [pid for pid in _numbers() if home in _trace(pid)]

    def kill_all(self):
        """Guests first, then servers and their children, as a power cut would."""
        pids = self.pids()
        for guest in self.guests:
            guest.process.kill()
        for pid in pids:
            os.kill(pid, signal.SIGKILL)

    def clear(self):
        for guest in self.guests:
            if guest.process.returncode is None:
                guest.kill()
        for pid in self.pids():
            os.kill(pid, signal.SIGKILL)
        shutil.rmtree(self.place.servers.resolve(), ignore_errors=True)
        shutil.rmtree(self.place.sockets, ignore_errors=True)
        shutil.rmtree(self.local, ignore_errors=True)


def _numbers():
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def _trace(pid):
    try:
        return os.readlink(f"/proc/{pid}/cwd")
    except OSError:
        return ""


@contextmanager
def _desks():
    room = Path(tempfile.mkdtemp(prefix="iae-desk-", dir="/tmp"))
    room.chmod(0o711)
    made = []

    def make(name="local"):
        made.append(Desk(room / name))
        return made[-1]

    yield make
    for desk in made:
        desk.clear()
    shutil.rmtree(room)


@pytest.fixture
def desks():
    """Makes desks on folders of the test's own, and leaves nothing of them."""
    with _desks() as make:
        yield make


@pytest.fixture
def desk(desks):
    return desks()


@pytest.fixture(scope="module")
def running():
    """One desk, already started, for the tests that change nothing in it."""
    with _desks() as make:
        desk = make()
        desk.guest().arrived()
        yield desk
