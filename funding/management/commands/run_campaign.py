"""Start the yearly jobs of a campaign, follow them, say what they did."""

import json
import sys
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate

from funding.actions import campaigns
from funding.figures.campaigns import campaign_as_data, campaign_progress
from funding.figures.runs import runs_by_job
from funding.management.workers import a_worker
from funding.tasks import sweep, wake
from structures.management.arguments import a_day
from structures.management.progress import Progress
from structures.models import Departement

SECONDS_BETWEEN_LOOKS = 0.3
SECONDS_BETWEEN_SWEEPS = 10


class Command(BaseCommand):
    help = "Lance les traitements annuels d’une campagne et en suit l’avancement."

    def add_arguments(self, parser):
        parser.add_argument("year", type=int, help="année des conventions à préparer")
        parser.add_argument("--department", default="", help="un seul département")
        parser.add_argument(
            "--as-of",
            type=a_day,
            default=None,
            help="date de référence, AAAA-MM-JJ (par défaut, aujourd’hui)",
        )
        parser.add_argument("--json", action="store_true", help="résultat en JSON")

    def handle(self, *, year, department, as_of, **options):
        business_on = as_of or settings.BUSINESS_DATE or localdate()
        try:
            campaign = campaigns.start_campaign(
                year=year,
                business_on=business_on,
                departements=departements(department),
            )
        except campaigns.NotStarted as error:
            raise CommandError(error.user_message) from error
        with a_worker():
            self.follow(campaign, quiet=options["json"])
        if options["json"]:
            self.stdout.write(
                json.dumps(campaign_as_data(campaign), ensure_ascii=False)
            )
        else:
            self.summarise(campaign)
        if campaign_progress(campaign).failed:
            sys.exit(1)

    def follow(self, campaign, *, quiet):
        progress = Progress(sys.stderr)
        wake(campaign.pk)
        swept = time.monotonic()
        while not (state := campaign_progress(campaign)).finished:
            if not quiet:
                progress.update(state.done + state.failed, state.total, state.label)
            if time.monotonic() - swept > SECONDS_BETWEEN_SWEEPS:
                sweep()
                swept = time.monotonic()
            time.sleep(SECONDS_BETWEEN_LOOKS)
        if not quiet:
            progress.close(f"Campagne {campaign.year} terminée")

    def summarise(self, campaign):
        row = "{:<34} {:>8} {:>12} {:>11} {:>9} {:>8}"
        self.stdout.write(
            row.format(
                "Traitement",
                "créées",
                "mises à jour",
                "inchangées",
                "bloquées",
                "échecs",
            )
        )
        for job in runs_by_job(campaign.steps.all()):
            counts = (
                job.created,
                job.refreshed,
                job.unchanged,
                job.blocked,
                job.failed,
            )
            self.stdout.write(row.format(job.label, *counts))
        data = campaign_as_data(campaign)
        for line in data["envelopes"]:
            self.stdout.write("  Enveloppe : {label} – {sentence}".format(**line))
        for line in data["blocked"]:
            self.stdout.write(f"  Bloquée : {line['structure']} – {line['reason']}")
        for line in data["failed"]:
            self.stderr.write(
                f"  Échec, département {line['departement']} : {line['error']}"
            )


def departements(code):
    """The one asked for, else every département that has a structure."""
    found = Departement.objects.filter(communes__structures__isnull=False).distinct()
    return found.filter(pk=code) if code else found
