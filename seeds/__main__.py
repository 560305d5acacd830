"""python -m seeds --department 62 --as-of 2019-12-02 --seed 62"""

import argparse
import os
import sys
import time
from datetime import date
from pathlib import Path

import django

from iae_manager import entry
from seeds.calendar import DOCUMENT_DAY, FIRST_YEAR, Calendar


def arguments(argv: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m seeds",
        description="Remplit une base vide d’un territoire synthétique.",
    )
    parser.add_argument("--department", default="62", help="code INSEE (62 par défaut)")
    parser.add_argument(
        "--as-of",
        type=day,
        default=DOCUMENT_DAY,
        help="le jour où la base est lue : rien n’existe après lui",
    )
    parser.add_argument("--seed", type=int, default=62, help="le tirage, répétable")
    parser.add_argument(
        "--published", type=Path, help="autre fichier de chiffres publiés"
    )
    parser.add_argument("--database", default="default", help="alias de la base")
    return parser.parse_args(argv)


def day(text: str) -> date:
    try:
        value = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"« {text} » n’est pas une date AAAA-MM-JJ"
        ) from None
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise argparse.ArgumentTypeError(
            f"les données vont du 1er janvier {FIRST_YEAR} au 31 décembre {LAST_YEAR}"
        )
    return value


LAST_YEAR = 2025


def main(argv: list[str] | None = None) -> None:
    options = arguments(argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iae_manager.settings")
    entry.prepare("seeds")
    django.setup()
    sys.exit(run(options))


def run(options: argparse.Namespace) -> str | None:
    """None, or the sentence that says why nothing was written."""
    # Django must be set up before the models are imported.
    from seeds import build, plan, targets  # noqa: PLC0415

    started = time.monotonic()
    try:
        published = targets.read_targets(options.published or targets.PUBLISHED)
        plans = [
            plan.department_plan(
                published,
                options.department,
                last_year=Calendar(options.as_of).last_year,
            )
        ]
        written = build.build(
            plans,
            targets=published,
            as_of=options.as_of,
            seed=options.seed,
            using=options.database,
            say=print,
        )
    except targets.WrongFigures as error:
        return str(error)
    except build.NotEmpty:
        return (
            "La base contient déjà des structures : les données simulées ne remplacent "
            "rien. Donnez une base vide."
        )
    rows = f"{sum(written.values()):,}".replace(",", " ")
    print(f"{rows} lignes écrites en {time.monotonic() - started:.0f} s.")
    return None


if __name__ == "__main__":
    main()
