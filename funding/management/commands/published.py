"""Every published figure beside ours, with its gap and its document."""

import json
import sys
from dataclasses import asdict

from django.core.management.base import BaseCommand

from funding.figures.published import published_table
from structures.templatetags.formats import (
    count,
    etp,
    money,
    percent,
    points,
)

SIGNS = {True: "oui", False: "NON", None: "—"}


WRITTEN = {"€": money, "ETP": etp, "part": percent}


def shown_as(value, unit):
    """Written as on the pages; what is not known is “—”."""
    return "—" if value is None else WRITTEN.get(unit, count)(value)


def gap_as(gap, unit):
    """The gap of two shares is in points, not in per cent."""
    if gap is None or unit != "part":
        return shown_as(gap, unit)
    return points(gap)


class Command(BaseCommand):
    help = "Compare les chiffres publiés à ceux que donnent nos données."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="résultat en JSON")

    def handle(self, **options):
        rows = published_table()
        if options["json"]:
            data = [asdict(row) for row in rows]
            self.stdout.write(json.dumps(data, default=str, ensure_ascii=False))
        else:
            self.table(rows)
        if any(row.ok is False for row in rows):
            sys.exit(1)

    def table(self, rows):
        line = "{:<58} {:>1} {:>14} {:>16} {:>13}  {:<4}"
        document = None
        for row in rows:
            if row.document != document:
                document = row.document
                self.stdout.write(f"\n{document}, {row.published_on:%d/%m/%Y}")
                self.stdout.write(
                    line.format("", "", "publié", "calculé", "écart", "tenu")
                )
            shown = (shown_as(v, row.unit) for v in (row.published, row.computed))
            gap = gap_as(row.gap, row.unit)
            self.stdout.write(
                line.format(row.label, row.relation, *shown, gap, SIGNS[row.ok])
            )
            if row.note:
                self.stdout.write(f"    {row.note}")
