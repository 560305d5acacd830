"""Print every annexe of a year, follow it, and leave a zip if asked."""

import json
import sys
import time
from collections import Counter

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate

from funding.actions.print_runs import RunRefused, start_run
from funding.enums import PrintOutcome
from funding.figures.prints import print_progress
from funding.management.commands.run_campaign import departements
from funding.management.workers import a_worker
from funding.tasks import sweep_prints, wake_printers
from structures.management.arguments import a_day
from structures.management.progress import Progress
from structures.views.documents import archive

SECONDS_BETWEEN_LOOKS = 0.3
SECONDS_BETWEEN_SWEEPS = 10


class Command(BaseCommand):
    help = "Imprime les annexes et avenants d’une année, en PDF, et suit l’avancement."

    def add_arguments(self, parser):
        parser.add_argument("year", type=int, help="année des annexes")
        parser.add_argument("--department", default="", help="un seul département")
        parser.add_argument(
            "--as-of",
            type=a_day,
            default=None,
            help="date des documents, AAAA-MM-JJ (par défaut, aujourd’hui)",
        )
        parser.add_argument("--zip", default="", help="écrire aussi une archive ici")
        parser.add_argument("--json", action="store_true", help="résultat en JSON")

    def handle(self, *, year, department, as_of, **options):
        on = as_of or settings.BUSINESS_DATE or localdate()
        runs, refused = self.started(year, department, on)
        if not runs:
            raise CommandError(refused[0] if refused else "Aucun département connu.")
        begun = time.monotonic()
        with a_worker():
            for run in runs:
                self.follow(run, quiet=options["json"])
        seconds = time.monotonic() - begun
        if options["zip"]:
            keys = [line.document_id for run in runs for line in run.lines.all()]
            archive(filter(None, keys), options["zip"])
        self.summarise(runs, refused, seconds, as_json=options["json"])

    def started(self, year, department, on):
        runs, refused = [], []
        for place in departements(department):
            try:
                runs.append(start_run(year=year, departement=place, by=None, on=on))
            except RunRefused as refusal:
                refused.append(refusal.user_message)
        return runs, refused

    def follow(self, run, *, quiet):
        progress = Progress(sys.stderr)
        wake_printers(run.pk)
        swept = time.monotonic()
        while run.finished_at is None:
            counts = print_progress(run)
            if not quiet:
                progress.update(counts.over, counts.total, str(run))
            if time.monotonic() - swept > SECONDS_BETWEEN_SWEEPS:
                sweep_prints()
                swept = time.monotonic()
            time.sleep(SECONDS_BETWEEN_LOOKS)
            run.refresh_from_db()
        if not quiet:
            progress.close(f"{run} : terminé")

    def summarise(self, runs, refused, seconds, *, as_json):
        lines = [line for run in runs for line in run.lines.all()]
        counts = Counter(line.outcome for line in lines)
        reasons = [line.reason for line in lines if line.reason]
        if as_json:
            found = {one.name.lower(): counts[one] for one in PrintOutcome}
            told = found | {"reasons": reasons, "seconds": round(seconds, 1)}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        self.stdout.write(
            f"{counts[PrintOutcome.MADE]} faits, "
            f"{counts[PrintOutcome.UNCHANGED]} inchangés, "
            f"{counts[PrintOutcome.REFUSED]} refusés, en {seconds:.1f} s"
        )
        for reason in (*refused, *reasons):
            self.stdout.write(f"  {reason}")
