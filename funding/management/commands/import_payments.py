"""Read the payments of the ASP from a file, and say what became of every line."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from funding.actions.payment_file import import_payments
from funding.actions.refusals import ActRefused
from structures.management.arguments import a_day
from structures.views.context import business_date

LISTED = 50


class Command(BaseCommand):
    help = (
        "Importe un fichier de paiements (reference;annexe;annee;mois;date;montant;part). "
        "Une référence déjà enregistrée ne paie pas deux fois."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="fichier CSV en UTF-8")
        parser.add_argument(
            "--dry-run", action="store_true", help="tout lire, ne rien garder"
        )
        parser.add_argument("--json", action="store_true", help="résultat en JSON")
        parser.add_argument(
            "--as-of", type=a_day, help="jour de référence (AAAA-MM-JJ)"
        )

    def handle(self, *, file, dry_run, as_of, **options):
        rejected = []
        try:
            counts = import_payments(
                file,
                on=as_of or business_date(),
                by=None,
                dry_run=dry_run,
                told=rejected.append,
            )
        except ActRefused as refusal:
            raise CommandError(refusal.user_message) from refusal
        if options["json"]:
            lines = [vars(line) for line in rejected]
            report = {**vars(counts), "dry_run": dry_run, "rejections": lines}
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        self.as_text(counts, rejected, dry_run=dry_run)

    def as_text(self, counts, rejected, *, dry_run):
        for line in rejected[:LISTED]:
            self.stdout.write(
                f"Rejetée : ligne {line.line}, colonne {line.column} "
                f"(« {line.value} ») : {line.reason}"
            )
        if len(rejected) > LISTED:
            more = len(rejected) - LISTED
            self.stdout.write(f"… et {more} autres lignes : voyez --json.")
        self.stdout.write(
            f"{counts.read} lues, {counts.created} enregistrées, "
            f"{counts.unchanged} déjà connues, {counts.rejected} rejetées."
        )
        self.stdout.write("Essai : rien n’est gardé." if dry_run else "Import fait.")
