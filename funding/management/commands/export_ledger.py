"""Writes the whole ledger as JSON lines, for keeping or for checking elsewhere."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand

from funding.figures.ledger_export import export_lines


class Command(BaseCommand):
    help = (
        "Exporte le grand livre (une ligne JSON par mouvement). À vérifier ensuite, sans "
        "l’application : python funding/management/verify_ledger.py FICHIER"
    )

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, help="sinon, la sortie")

    def handle(self, *args, file, **options):
        if file is None:
            for line in export_lines():
                sys.stdout.write(line + "\n")
            return
        # Written beside, then put in place: half an export would look like a cut ledger.
        unfinished = file.with_name(f"{file.name}.part")
        with unfinished.open("w", encoding="utf-8", newline="\n") as lines:
            lines.writelines(f"{line}\n" for line in export_lines())
        unfinished.replace(file)
