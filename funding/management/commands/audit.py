"""Re-proves the ledger and the totals of the annexes; exits 1 when anything is off."""

import json

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from funding.figures.audit import Result, found, run
from funding.figures.audit_annexes import ANNEXES
from funding.figures.audit_ledger import LEDGER
from funding.figures.audit_year import YEAR
from funding.figures.ledger_export import anchor, digest_as_of


class Command(BaseCommand):
    help = (
        "Prouve de nouveau le grand livre (soldes, notifications, enveloppes, règles, "
        "chaîne des empreintes) et les totaux des annexes. Sort en erreur au moindre écart."
    )

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="pour un programme")
        parser.add_argument(
            "--anchor", help="une ancre notée hors de la base, à retrouver"
        )

    def handle(self, *args, **options):
        now = anchor()
        results = [*audited(), anchored(str(now))]
        if options["anchor"]:
            results.append(anchored(options["anchor"]))
        off = [result for result in results if not result.holds]
        write = self.as_json if options["json"] else self.as_text
        write(now, results)
        if off:
            raise SystemExit(1)

    def as_text(self, now, results):
        for result in results:
            mark = "exact" if result.holds else f"FAUX ({result.finding.count})"
            self.stdout.write(f"{result.label:<62} {mark}")
            for example in result.finding.examples:
                self.stdout.write(f"    {example}")
            hidden = result.finding.count - len(result.finding.examples)
            if hidden > 0:
                self.stdout.write(f"    … et {hidden} de plus")
        self.stdout.write(
            f"\n{now.transfers} mouvements. Ancre, à garder hors de la base :\n{now}"
        )

    def as_json(self, now, results):
        checks = [
            {
                "code": result.code,
                "label": result.label,
                "holds": result.holds,
                "count": result.finding.count,
                "examples": result.finding.examples,
            }
            for result in results
        ]
        holds = all(result.holds for result in results)
        report = {
            "holds": holds,
            "transfers": now.transfers,
            "anchor": str(now),
            "checks": checks,
        }
        self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))


def audited():
    """All checks on one picture of the base: money may move meanwhile."""
    alone = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if alone:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SET LOCAL statement_timeout = 0")
        return run(LEDGER + ANNEXES + YEAR)


def anchored(noted):
    """Whether the ledger up to an anchor is still the one it was taken from."""
    last_id, _, digest = noted.partition(":")
    if not (last_id.isdigit() and digest):
        raise CommandError(f"« {noted} » n’est pas une ancre : numéro:empreinte.")
    gone = digest_as_of(int(last_id)) != digest
    sentence = f"le grand livre jusqu’au mouvement {last_id} n’est plus le même"
    return Result(
        "ancre",
        f"L’ancre {last_id}:{digest[:8]}… se retrouve",
        found([sentence] * gone),
    )
