"""Territories built once a process, in databases of their own, then only read."""

import os
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import connection as application
from django.db import connections, transaction

from seeds.build import Wanted, build
from seeds.targets import read_targets
from tests.conftest import _connect, _drop, _pointing_to, _recreate
from tests.funding.jobs import play_campaign
from tests.seeds.figures import SMALL, copy_with

DAY = date(2019, 12, 2)


class Built:
    """A territory that was built: called with SQL, it reads rows."""

    def __init__(self, name, connection, pointed):
        self.name, self.connection, self.pointed = name, connection, pointed

    def __call__(self, sql, *values):
        return self.connection.execute(sql, values or None).fetchall()

    @contextmanager
    def tried(self):
        """The application works there, as its own role; what it writes is undone.

        Gives a way to read rows, the unsaved ones too.
        """
        with self.pointed(self.name), transaction.atomic():
            yield read
            transaction.set_rollback(True)


def read(sql, *values):
    with application.cursor() as cursor:
        cursor.execute(sql, values or None)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture(scope="session")
def territory(template_database, django_db_blocker):
    """`with territory(published, …) as query:` builds, and gives a way to read rows."""

    @contextmanager
    def pointed(name):
        before = {
            alias: connections[alias].settings_dict["NAME"] for alias in connections
        }
        with django_db_blocker.unblock(), _pointing_to(name, before):
            yield

    @contextmanager
    def built(published, *, as_of=DAY, seed=62, **more):
        name = f"{template_database}_seeds_{os.getpid()}_{len(names)}"
        names.append(name)
        _recreate(name, template=template_database)
        wanted = Wanted(
            targets=read_targets(published),
            as_of=as_of,
            seed=seed,
            **({"department": "62"} | more),
        )
        with pointed(name):
            build(wanted, using="default", say=lambda share, label: None)
        with _connect("owner", name, autocommit=True) as connection:
            # As the command does: without it a plan may be any.
            connection.execute("ANALYZE")
            yield Built(name, connection, pointed)
        _drop(name)

    names = []
    return built


@pytest.fixture(scope="session")
def small_figures(tmp_path_factory):
    return copy_with(tmp_path_factory.mktemp("figures"), SMALL)


@pytest.fixture(scope="session")
def small(territory, small_figures):
    """A département of 17 structures on 2 December 2019."""
    with territory(small_figures) as query:
        yield query


@pytest.fixture(scope="session")
def campaigned(territory, small_figures):
    """The same département, once the yearly jobs have run."""
    with territory(small_figures) as built:
        with built.pointed(built.name):
            play_campaign(2020, on=DAY)
        yield built


@pytest.fixture
def played(campaigned):
    """Figures are asked there, rows may be changed: the next test sees nothing of it."""
    with campaigned.tried() as query:
        yield query
