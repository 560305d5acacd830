"""A database of its own, migrated and empty but for one commune; dropped at the end."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connections

from bench import databases

NAME = "iae_bench_flux"
EMPTIED = ["structures_structure", "parcours_person", "funding_importrun"]


@contextmanager
def scratch_database() -> Iterator[str]:
    """Both roles point to it meanwhile."""
    before = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
    databases.recreate(NAME)
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
        databases.drop(NAME)


def empty() -> None:
    """Every structure and person, and what hangs on them; the motives of the Refs."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(EMPTIED)} CASCADE")
        cursor.execute("DELETE FROM parcours_exitmotive WHERE code LIKE 'M%'")


def point_to(names: dict[str, str]) -> None:
    for alias, name in names.items():
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
