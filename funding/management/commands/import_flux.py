"""Import a delivery of the ASP’s “fluxIAE” files, and say what became of every line."""

import json
from itertools import islice
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from funding.enums import IssueKind
from funding.flux.delivery import import_delivery
from funding.rules.flux import WrongFile

LISTED = 50
COLUMNS = ["read", "created", "updated", "unchanged", "merged", "used"]
COLUMNS += ["rejected", "set_aside", "warned"]
HEADINGS = ["lues", "créées", "mises à jour", "inchangées", "réunies", "références"]
HEADINGS += ["rejetées", "de côté", "réserves"]


class Command(BaseCommand):
    help = "Importe une livraison de fichiers fluxIAE de l’ASP."

    def add_arguments(self, parser):
        parser.add_argument("directory", type=Path, help="dossier de la livraison")
        parser.add_argument(
            "--dry-run", action="store_true", help="tout lire, ne rien garder"
        )
        parser.add_argument("--json", action="store_true", help="résultat en JSON")

    def handle(self, *, directory, dry_run, **options):
        report = self.print_json if options["json"] else self.print_text
        try:
            import_delivery(directory, dry_run=dry_run, report=report)
        except WrongFile as error:
            raise CommandError(error.user_message) from error
        if not options["json"]:
            self.stdout.write(
                "Essai : rien n’est gardé." if dry_run else "Import enregistré."
            )

    def print_json(self, result, issues):
        """One object; the issues are written one by one, however many they are."""
        head = json.dumps(result.as_data(), ensure_ascii=False)[:-1]
        self.stdout.write(f'{head}, "issues": [', ending="")
        for number, issue in enumerate(issues):
            comma = ", " if number else ""
            line = json.dumps(vars(issue), ensure_ascii=False)
            self.stdout.write(f"{comma}{line}", ending="")
        self.stdout.write("]}")

    def print_text(self, result, issues):
        self.print_counts(result)
        self.print_issues(issues)
        for total in result.totals:
            self.stdout.write(
                f"{total.label} : {total.told} dans les fichiers, {total.held} dans la "
                f"base, écart {total.gap}"
            )
        for name in result.ignored:
            self.stdout.write(f"Fichier non repris : {name}")

    def print_counts(self, result):
        row = "{:<24}" + " {:>12}" * len(COLUMNS)
        self.stdout.write(row.format("Fichier", *HEADINGS))
        for file in sorted(result.files, key=lambda file: file.view):
            counts = [getattr(file, name) for name in COLUMNS]
            self.stdout.write(row.format(file.view, *counts))
        row = "{:<24} {:>12} {:>12} {:>12}"
        self.stdout.write(row.format("\nTable", *HEADINGS[1:4]))
        for name, counts in result.tables.items():
            self.stdout.write(
                row.format(name, counts.created, counts.updated, counts.unchanged)
            )

    def print_issues(self, issues):
        for issue in islice(issues, LISTED):
            column = f", colonne {issue.column}" if issue.column else ""
            value = f" (« {issue.value} »)" if issue.value else ""
            self.stdout.write(
                f"{IssueKind(issue.kind).label} : {issue.file}, ligne {issue.line}"
                f"{column}{value} : {issue.reason}"
            )
        more = sum(1 for _ in issues)
        if more:
            self.stdout.write(f"… et {more} autres lignes : voyez --json.")
