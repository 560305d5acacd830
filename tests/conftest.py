"""One database a process, made by the owner and used as the application's role."""

import os
from contextlib import contextmanager
from datetime import date

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from psycopg import sql

from tests.structures.factories import MembershipFactory


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_blocker):
    worker = getattr(request.config, "workerinput", {}).get("workerid", "")
    name = "_".join(filter(None, [settings.DATABASES["owner"]["TEST"]["NAME"], worker]))
    owner, application = connections["owner"], connections["default"]
    with django_db_blocker.unblock():
        owner.settings_dict["TEST"]["NAME"] = name
        owner.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        application.settings_dict["NAME"] = name
        yield
        application.close()
        owner.creation.destroy_test_db(settings.DATABASES["owner"]["NAME"], verbosity=0)


def _connect(alias, name, **options):
    parts = connections[alias].get_connection_params()
    parts = {k: parts[k] for k in ("user", "password", "host", "port") if parts.get(k)}
    return psycopg.connect(dbname=name, **parts, **options)


@pytest.fixture(scope="session")
def template_database(django_db_setup, django_db_blocker):
    """A database nobody is connected to, from which committed tests are copied."""
    name = f"{connections['owner'].settings_dict['NAME']}_template"
    _recreate(name, template=connections["owner"].settings_dict["NAME"])
    yield name
    _drop(name)


def _recreate(name, *, template):
    _drop(name)
    for alias in ("default", "owner"):
        connections[alias].close()
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
    with _connect("owner", "postgres", autocommit=True) as connection:
        connection.execute(
            create.format(sql.Identifier(name), sql.Identifier(template))
        )


def _drop(name):
    drop = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))
    with _connect("owner", "postgres", autocommit=True) as connection:
        # Without force it waits for sessions that are ending, whoever they belong to;
        # with force it may not touch the application's, and fails at once.
        try:
            connection.execute(drop)
        except psycopg.errors.ObjectInUse:
            connection.execute(drop + sql.SQL(" WITH (FORCE)"))


@pytest.fixture
def committed_db(template_database, django_db_blocker):
    """A database of the test's own, where commits, threads and processes are real.

    Gives a `connect(role)` for bare psycopg connections: "default" or "owner".
    """
    name = f"{template_database}_{os.getpid()}"
    _recreate(name, template=template_database)
    before = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
    with django_db_blocker.unblock(), _pointing_to(name, before):
        yield lambda alias="default", **options: _connect(alias, name, **options)
    _drop(name)


@contextmanager
def _pointing_to(name, before):
    try:
        for alias in connections:
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = name
        yield
    finally:
        for alias, old in before.items():
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = old


@pytest.fixture
def december(settings):
    """The pages live on the day of the communiqué."""
    settings.BUSINESS_DATE = date(2019, 12, 2)
    return settings.BUSINESS_DATE


@pytest.fixture
def agent(client, db):
    """An agent of UD 62, signed in."""
    user = MembershipFactory(agent=True).user
    client.force_login(user)
    return user


@pytest.fixture
def director(client, db):
    """A director of an ACI in Lens, signed in."""
    user = MembershipFactory().user
    client.force_login(user)
    return user
