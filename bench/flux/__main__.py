"""`python -m bench.flux [PEOPLE]`: the import alone, on a database of its own."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iae_manager.settings")


def main() -> None:
    from iae_manager.entry import prepare  # noqa: PLC0415 (services come first)

    prepare("bench")
    django.setup()
    from bench.flux.compare import PEOPLE, run  # noqa: PLC0415 (Django comes first)

    for line in run(int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE):
        print(line, flush=True)


if __name__ == "__main__":
    main()
