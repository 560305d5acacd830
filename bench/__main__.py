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

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iae_manager.settings")
SECTIONS = ("jobs", "flux", "ledger")


def main() -> None:
    options = arguments()
    from iae_manager.entry import prepare  # noqa: PLC0415 (services come first)

    prepare("bench")
    django.setup()
    from bench import base  # noqa: PLC0415 (Django comes first)

    base.use(options.scale, rebuild=options.rebuild)
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
