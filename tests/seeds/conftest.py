"""Territories built once a process, in databases of their own, then only read."""

import os
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import connections

from seeds.build import Wanted, build
from seeds.targets import read_targets
from tests.conftest import _connect, _drop, _pointing_to, _recreate
from tests.seeds.figures import SMALL, copy_with

DAY = date(2019, 12, 2)


@pytest.fixture(scope="session")
def territory(template_database, django_db_blocker):
    """`with territory(published, …) as query:` builds, and gives a way to read rows."""

    @contextmanager
    def built(published, *, as_of=DAY, seed=62, **more):
        name = f"{template_database}_seeds_{os.getpid()}_{len(names)}"
        names.append(name)
        _recreate(name, template=template_database)
        before = {
            alias: connections[alias].settings_dict["NAME"] for alias in connections
        }
        wanted = Wanted(
            targets=read_targets(published),
            as_of=as_of,
            seed=seed,
            **({"department": "62"} | more),
        )
        with django_db_blocker.unblock(), _pointing_to(name, before):
            build(wanted, using="default", say=lambda share, label: None)
        with _connect("owner", name, autocommit=True) as connection:
            yield lambda sql, *values: connection.execute(
                sql, values or None
            ).fetchall()
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
