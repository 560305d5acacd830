"""The base the bench measures on: migrated by the owner, filled by the seeds, kept."""

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from bench import databases
from seeds.__main__ import main as seed

NAME = "iae_bench_{scale}"
BUILDING = NAME + "_building"
SEED = {
    "national": ["--scale", "national", "--as-of", "2019-12-02", "--seed", "62"],
    "62": ["--department", "62", "--as-of", "2019-12-02", "--seed", "62"],
}


def use(scale: str, *, rebuild: bool = False) -> None:
    """Point every connection to the base of that scale, built first if it is not there.

    It takes its name when it is whole: a build that was stopped is begun again. One kept
    from an earlier day is migrated.
    """
    name = NAME.format(scale=scale)
    if rebuild or not databases.exists(name):
        build(BUILDING.format(scale=scale), scale)
        databases.drop(name)
        databases.rename(BUILDING.format(scale=scale), name)
    point_to(name)
    call_command("migrate", database="owner", verbosity=0)


def build(name: str, scale: str) -> None:
    databases.recreate(name)
    point_to(name)
    call_command("migrate", database="owner", verbosity=0)
    seed(SEED[scale])
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")
    connections.close_all()


def point_to(name: str) -> None:
    for alias in ("default", "owner"):
        settings.DATABASES[alias]["NAME"] = name
        settings.DATABASES[alias]["OPTIONS"]["options"] = "-c jit=off"
        connections[alias].settings_dict["NAME"] = name
        connections[alias].close()
