"""What the list asks of its envelopes and what each kind has in it, as it changes."""

from django.urls import reverse

from funding.figures.bench_totals import by_envelope, by_kind
from structures.enums import StructureKind
from structures.views.badges import ERROR, Badge
from structures.views.tables import Column, Empty, Link, Table

NO_ENVELOPE = Empty(
    "Aucune enveloppe",
    "Aucune annexe de la liste n’est répartie : enregistrez leurs termes.",
)


def list_totals(query):
    """The envelopes for the line that stays in view, and the tables behind it."""
    found = by_envelope(query.rows)
    tables = [envelopes_table(found), kinds_table(by_kind(query.rows))]
    return {"envelopes": found, "tables": tables}


def envelopes_table(found):
    columns = [
        Column("Enveloppe"),
        Column("Demandé", "money", hint="par les annexes de la liste"),
        Column("Déjà pris", "money", hint="réservé, engagé ou payé"),
        Column("Disponible", "money"),
        Column("Resterait", "money", hint="toutes signées"),
        Column("", "badge"),
    ]
    rows = [
        (
            str(it.envelope),
            it.asked,
            it.held,
            Link(it.available, transfers(it.envelope)),
            it.left,
            Badge("Insuffisante", *ERROR) if it.left < 0 else "",
        )
        for it in found
    ]
    return Table("Enveloppes", columns, rows, empty=NO_ENVELOPE, key="enveloppes")


def transfers(envelope):
    address = reverse("envelope_transfers", args=[envelope.pk])
    return f"{address}?compartiment=disponible&seule=oui"


def kinds_table(found):
    columns = [
        Column("Type"),
        Column("Annexes", "count"),
        Column("ETP", "etp"),
        Column("Aide", "money"),
    ]
    rows = [
        (StructureKind(it.kind).value, it.annexes, it.etp, it.total) for it in found
    ]
    return Table("Par type", columns, rows, empty=NO_ENVELOPE, key="types")
