"""Envelopes as a tree, and the transfers behind each of their figures."""

from decimal import Decimal

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from funding.enums import Level, Line
from funding.figures.envelopes import (
    envelope_tree,
    own_envelopes,
    summed,
)
from funding.figures.notified import stages_of
from funding.views.looks import EXHAUSTED, LOW
from structures.rules.reading import year_in
from structures.templatetags import formats
from structures.views.context import business_date
from structures.views.parts import Figure, Tab
from structures.views.tables import (
    Column,
    Empty,
    Link,
    Table,
)

ALMOST_NOTHING = Decimal("0.05")
NAMES = ["available", "notified", "frozen", "reserved", "committed", "paid"]
NO_ENVELOPE = Empty(
    "Aucune enveloppe pour cette année",
    "Rien n’a encore été notifié au territoire, ou votre compte n’y est pas rattaché.",
    who="La notification est saisie par l’administration.",
)


@require_safe
def envelope_tree_page(request):
    on = business_date()
    envelopes = own_envelopes(request.user)
    years = sorted({*envelopes.values_list("year", flat=True), on.year})
    asked = year_in(request.GET.get("annee", ""))
    year = asked if asked in years else on.year
    nodes = envelope_tree(envelopes, year=year)
    return render(
        request,
        "funding/envelope_tree.html",
        {
            "year": year,
            "tabs": year_tabs(years, year),
            "summary": summary([node for node in nodes if not node.depth]),
            "table": tree_table(nodes, year),
            "claims_url": f"{reverse('claim_list')}?annee={year}",
            "fdi_url": f"{reverse('fdi_list')}?annee={year}",
        },
    )


ROWS = "#legende-table"


def year_tabs(years, year):
    """None when there is no other year to go to."""
    if len(years) < 2:
        return []
    return [Tab(str(n), f"?annee={n}", n == year) for n in years]


def summary(roots):
    if not roots:
        return []
    figures = {name: summed(roots, name) for name in NAMES}
    available, notified = figures["available"], figures["notified"]
    # Each is the sum of its column over the roots of the tree.
    return [
        Figure(
            *("Reste disponible", "money", available, ROWS),
            badge=alarm(available, notified),
            note="cofinancement compris" if has_cofinancing(roots) else "",
        ),
        Figure("Notifié", "money", notified, ROWS),
        Figure("Gelé", "money", figures["frozen"], ROWS),
        Figure("Réservé", "money", figures["reserved"], ROWS, "à l’instruction"),
        Figure("Engagé non payé", "money", figures["committed"], ROWS),
        Figure("Payé", "money", figures["paid"], ROWS),
    ]


def has_cofinancing(roots):
    return any(root.envelope.line == Line.CD for root in roots)


def alarm(available, notified):
    """Below 5 %, a badge with words: the quietest figure is the one that matters."""
    if not notified:
        return None
    if not available:
        return EXHAUSTED
    return LOW if available < notified * ALMOST_NOTHING else None


def tree_table(nodes, year):
    columns = [
        Column("Enveloppe"),
        Column("Reste disponible", "money"),
        Column("Notifié", "money"),
        Column("Gelé", "money"),
        Column("Réservé", "money", hint="à l’instruction"),
        Column("Engagé non payé", "money"),
        Column("Payé", "money"),
    ]
    stages = stages_of([node.envelope for node in nodes], year=year)
    rows = [tree_line(node, stages.get(node.envelope.pk)) for node in nodes]
    return Table(f"Enveloppes {year}", columns, rows, empty=NO_ENVELOPE, has_title=True)


def opens(envelope, word, value, note=""):
    """A sum that opens the transfers it is made of; nothing to open in a zero."""
    base = reverse("envelope_transfers", args=[envelope.pk])
    return Link(value, f"{base}?compartiment={word}", note) if value else value


def tree_line(node, stages):
    envelope = node.envelope
    detail = reverse("envelope_detail", args=[envelope.pk])
    return (
        Link(name_of(envelope), detail, share_engaged(node), depth=node.depth),
        opens(envelope, "disponible", node.available, to_share_out(node)),
        opens(envelope, "tout", node.notified, stage(stages)),
        opens(envelope, "gele", node.frozen),
        opens(envelope, "reserve", node.reserved),
        opens(envelope, "non-paye", node.committed),
        opens(envelope, "paye", node.paid),
    )


def stage(stages):
    """Whether the real amount is known, and how far it is from the provisional one."""
    if stages is None or not stages.received:
        return ""
    if stages.real is None:
        return "provisoire"
    if not stages.provisional or not stages.difference:
        return "définitif"
    sign = "+" if stages.difference > 0 else ""
    return f"définitif, {sign}{formats.money(stages.difference)}"


def to_share_out(node):
    """What of the rest its own children do not hold yet; nothing without children."""
    if not node.children or not node.undelegated:
        return ""
    return f"dont {formats.money(node.undelegated)} à répartir"


def share_engaged(node):
    """How far an envelope is used, in words; nothing for one that received nothing."""
    if not node.notified:
        return ""
    return f"{formats.percent(node.engaged / node.notified)} engagés"


def name_of(envelope):
    """A place for the levels of territory, a line below them, both for a line that hangs
    on no territory of the State’s (the conseil départemental’s)."""
    if envelope.level == Level.NATIONAL:
        return "France"
    if envelope.level == Level.REGIONAL:
        return envelope.region.name
    if envelope.level == Level.DEPARTMENTAL:
        return str(envelope.departement)
    if envelope.parent_id is None:
        return f"{envelope.get_line_display()}, {envelope.departement}"
    prefix = "dont " if envelope.level == Level.EARMARK else ""
    return f"{prefix}{envelope.get_line_display()}"
