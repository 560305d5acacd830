"""python -m seeds --department 62 --as-of 2019-12-02 --seed 62"""

import argparse
import os
import sys
import time
from datetime import date
from pathlib import Path

import django

from iae_manager import entry

BASSIN_MINIER = "bassin-minier"
# Whole years of people come before the first day, and the law’s values end with the last.
FIRST_DAY, LAST_DAY = date(2015, 1, 1), date(2025, 12, 31)
DOCUMENT_DAY = date(2019, 12, 2)


def arguments(argv: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m seeds",
        description="Remplit une base vide d’un territoire synthétique.",
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--department", default="62", help="code INSEE (62 par défaut)")
    where.add_argument(
        "--territory",
        choices=[BASSIN_MINIER],
        help="le Pas-de-Calais, et les structures du Nord dans le bassin minier",
    )
    where.add_argument(
        "--scale", choices=["national"], help="tout le pays, sans détail"
    )
    parser.add_argument(
        "--as-of",
        type=day,
        default=DOCUMENT_DAY,
        help="le jour où la base est lue : rien n’existe après lui",
    )
    parser.add_argument("--seed", type=int, default=62, help="le tirage, répétable")
    parser.add_argument(
        "--published", type=Path, help="un autre fichier de chiffres publiés"
    )
    parser.add_argument("--database", default="default", help="alias de la base")
    return parser.parse_args(argv)


def day(text: str) -> date:
    try:
        value = date.fromisoformat(text)
    except ValueError:
        message = f"« {text} » n’est pas une date AAAA-MM-JJ"
        raise argparse.ArgumentTypeError(message) from None
    if not FIRST_DAY <= value <= LAST_DAY:
        message = f"les données vont du {FIRST_DAY:%d/%m/%Y} au {LAST_DAY:%d/%m/%Y}"
        raise argparse.ArgumentTypeError(message)
    return value


def main(argv: list[str] | None = None) -> None:
    """Fill the base; ends with one sentence when nothing could be written."""
    options = arguments(argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iae_manager.settings")
    entry.prepare("seeds")
    django.setup()
    if refusal := run(options):
        sys.exit(refusal)


def run(options: argparse.Namespace) -> str | None:
    """None, or the sentence that says why nothing was written."""
    # Models may only be imported once Django is set up.
    from seeds.build import NotEmpty, Wanted, analyze, build  # noqa: PLC0415 (after setup)
    from seeds.targets import PUBLISHED, WrongFigures, read_targets  # noqa: PLC0415 (after setup)
    from structures.management.progress import Progress  # noqa: PLC0415 (after setup)

    started = time.monotonic()
    progress = Progress(sys.stdout)

    def say(share: float, label: str) -> None:
        progress.update(round(share * 100), 100, label)

    try:
        wanted = Wanted(
            targets=read_targets(options.published or PUBLISHED),
            as_of=options.as_of,
            seed=options.seed,
            department=options.department,
            is_bassin_minier=options.territory == BASSIN_MINIER,
            is_national=options.scale == "national",
        )
        written = build(wanted, using=options.database, say=say)
        analyze()
    except WrongFigures as error:
        return str(error)
    except NotEmpty as error:
        return error.user_message
    progress.close(summary(written, seconds=time.monotonic() - started))
    return None


def summary(written: dict[str, int], *, seconds: float) -> str:
    rows = f"{sum(written.values()):,}".replace(",", "\u202f")
    return f"{rows} lignes de données simulées écrites en {seconds:.0f} s"


if __name__ == "__main__":
    main()
