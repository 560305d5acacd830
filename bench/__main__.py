"""`make bench`: everything in one run, on a base of its own, printed as ratios.

The base is kept from one run to the next (`--rebuild` makes it again): a country takes
minutes to build and is the same for a seed.
"""

import argparse
import os
import platform
import subprocess
import sys
from pathlib import Path

import django
from psycopg import connect, sql

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iae_manager.settings")
DATABASE = "iae_bench"
SECTIONS = ("jobs", "flux", "ledger")
NATIONAL = ["--scale", "national", "--as-of", "2019-12-02", "--seed", "62"]
DEPARTEMENT = ["--department", "62", "--as-of", "2019-12-02", "--seed", "62"]


def main() -> None:
    options = arguments()
    from iae_manager.entry import prepare  # noqa: PLC0415 (services come first)

    prepare("bench")
    django.setup()
    build(options)
    print(machine())
    for section in options.only or SECTIONS:
        print(f"\n{section}", flush=True)
        for line in lines_of(section):
            print(f"  {line}", flush=True)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--scale", choices=["national", "62"], default="national")
    parser.add_argument("--only", choices=SECTIONS, action="append")
    parser.add_argument("--rebuild", action="store_true")
    return parser.parse_args()


def lines_of(section: str):
    """Each section is a module with a `run()` that yields lines to print."""
    module = __import__(f"bench.{section}", fromlist=["run"])
    return module.run()


def build(options: argparse.Namespace) -> None:
    """A database of the bench's own, migrated by the owner, filled by the seeds."""
    from django.conf import settings  # noqa: PLC0415
    from django.db import connections  # noqa: PLC0415

    name = f"{DATABASE}_{options.scale}"
    exists = ensure_database(name, rebuild=options.rebuild)
    for alias in ("default", "owner"):
        settings.DATABASES[alias]["NAME"] = name
        settings.DATABASES[alias]["OPTIONS"]["options"] = "-c jit=off"
        connections[alias].settings_dict["NAME"] = name
        connections[alias].close()
    if exists:
        return
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", database="owner", verbosity=0)
    from seeds.__main__ import main as seed  # noqa: PLC0415

    seed(NATIONAL if options.scale == "national" else DEPARTEMENT)
    connections["owner"].close()
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")


def ensure_database(name: str, *, rebuild: bool) -> bool:
    """Whether it was there already; dropped first when it must be rebuilt."""
    from django.db import connections  # noqa: PLC0415

    given = connections["owner"].get_connection_params()
    keys = ("user", "password", "host", "port")
    to = {key: given[key] for key in keys if given.get(key)}
    with connect(dbname="postgres", autocommit=True, **to) as connection:
        found = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [name]
        ).fetchone()
        if found and not rebuild:
            return True
        for text in ("DROP DATABASE IF EXISTS {} WITH (FORCE)", "CREATE DATABASE {}"):
            connection.execute(sql.SQL(text).format(sql.Identifier(name)))
    return False


def machine() -> str:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parent,
        check=False,
    ).stdout.strip()
    return (
        f"{os.cpu_count()} cœurs, Python {platform.python_version()}, "
        f"{platform.machine()}, version {commit or 'inconnue'}"
    )


if __name__ == "__main__":
    sys.exit(main())
