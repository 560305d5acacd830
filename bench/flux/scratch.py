"""A database of its own, migrated and empty but for one commune; dropped at the end."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connections
from psycopg import connect, errors, sql

NAME = "iae_bench_flux"
EMPTIED = ["structures_structure", "parcours_person", "funding_importrun"]
TRIES = 30


@contextmanager
def scratch_database() -> Iterator[str]:
    """Both roles point to it meanwhile."""
    before = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
    recreate()
    point_to(dict.fromkeys(before, NAME))
    try:
        call_command("migrate", database="owner", verbosity=0)
        with connections["owner"].cursor() as cursor:
            # The ledger, empty here, refuses to be emptied with what it depends on.
            for table in ("account", "transfer", "link"):
                cursor.execute(f"ALTER TABLE funding_{table} DISABLE TRIGGER USER")
            cursor.execute(
                "INSERT INTO structures_region VALUES ('32', 'Hauts-de-France');"
                "INSERT INTO structures_departement VALUES ('62', 'Pas-de-Calais', '32');"
                "INSERT INTO structures_commune (code, name, departement_id, population,"
                " postcode) VALUES ('62498', 'Lens', '62', 30000, '62300')"
            )
        yield NAME
    finally:
        point_to(before)
        administer("DROP DATABASE IF EXISTS {} WITH (FORCE)")


def empty() -> None:
    """Every structure and person, and what hangs on them; the motives of the Refs."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(EMPTIED)} CASCADE")
        cursor.execute("DELETE FROM parcours_exitmotive WHERE code LIKE 'M%'")


def recreate() -> None:
    administer("DROP DATABASE IF EXISTS {} WITH (FORCE)", "CREATE DATABASE {}")


def administer(*texts: str) -> None:
    """A database that has just been used may still hold a maintenance process."""
    given = connections["owner"].get_connection_params()
    keys = ("user", "password", "host", "port")
    to = {key: given[key] for key in keys if given.get(key)}
    with connect(dbname="postgres", autocommit=True, **to) as connection:
        for text in texts:
            statement = sql.SQL(text).format(sql.Identifier(NAME))
            for _ in range(TRIES):
                try:
                    connection.execute(statement)
                    break
                except (errors.InsufficientPrivilege, errors.ObjectInUse):
                    time.sleep(1)


def point_to(names: dict[str, str]) -> None:
    for alias, name in names.items():
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
