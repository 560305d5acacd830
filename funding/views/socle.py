"""A socle that changes within the year: what it would do, then, confirmed, row by row."""

from django.db import transaction
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from funding.actions.socle import apply_socle
from funding.enums import LineOutcome
from funding.figures import socle
from funding.views.looks import LOOKS
from structures.enums import Place
from structures.templatetags import formats
from structures.views.badges import badge_of
from structures.views.context import business_date
from structures.views.parts import Figure, Tab
from structures.views.tables import Column, Empty, Link, Table

SHOWN = 200
NO_VALUE = Empty(
    "Aucun montant socle publié ne prend effet cette année",
    "Les montants s’ajoutent aux valeurs légales, avec leur texte et leur date.",
)
NOTHING = Empty(
    "Aucune annexe à modifier",
    "Toutes celles en vigueur ont déjà le montant de chacun de leurs mois.",
)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.non_atomic_requests
def socle_change(request):
    if not request.user.is_agent:
        raise Http404
    on = business_date()
    year = asked_year(request, on.year)
    versions = socle.concerned(request.user.departements(), year=year)
    lines = socle.preflight(versions, on=on)
    is_done = request.method == "POST"
    if is_done:
        lines = [prepared(it, on) for it in lines]
    ready = [it for it in lines if it.outcome == LineOutcome.CREATED]
    return render(
        request,
        "funding/socle_change.html",
        {
            "year": year,
            "tabs": [
                Tab(str(n), f"?annee={n}", n == year) for n in (on.year - 1, on.year)
            ],
            "is_done": is_done,
            "ready": len(ready),
            "summary": summary(lines, ready),
            "tables": [values_table(year, on), lines_table(lines)],
        },
    )


def asked_year(request, current):
    """The year before may still be corrected: an arrêté is often late."""
    word = request.POST.get("annee") or request.GET.get("annee", "")
    return current - 1 if word == str(current - 1) else current


def prepared(line, on):
    """Each in its own transaction: one that is refused stops no other."""
    if line.outcome != LineOutcome.CREATED:
        return line
    return apply_socle(version=line.version, on=on)


ROWS = "#legende-annexes"


def summary(lines, ready):
    before = sum(it.version.total for it in ready)
    after = sum(it.after for it in ready)
    blocked = sum(it.outcome == LineOutcome.BLOCKED for it in lines)
    return [
        Figure("Avenants", "count", len(ready)),
        Figure("Annexes bloquées", "count", blocked),
        Figure("Aide avant", "cents", before if ready else None, ROWS),
        Figure("Aide après", "cents", after if ready else None, ROWS),
        Figure("Différence", "cents", after - before if ready else None, ROWS),
    ]


def values_table(year, on):
    columns = [
        Column("Prend effet le", "day"),
        Column("Type"),
        Column("Montant par ETP", "cents"),
        Column("Lieu", on_phone=False),
        Column("Publié le", "day"),
        Column("Texte", on_phone=False),
    ]
    rows = [
        (
            it.effective_on,
            it.kind,
            it.value,
            Place(it.place).label,
            it.published_on,
            it.source,
        )
        for it in socle.changes_within(year, on=on)
    ]
    title = f"Montants qui prennent effet en {year}, publiés au {formats.day(on)}"
    return Table(title, columns, rows, empty=NO_VALUE, key="montants")


def lines_table(lines):
    """Those left as they are need no line."""
    columns = [
        Column("Structure"),
        Column("Annexe"),
        Column("Résultat", "badge"),
        Column("Aide avant", "cents"),
        Column("Aide après", "cents"),
        Column("Montants, ou pourquoi"),
    ]
    told = [it for it in lines if it.outcome != LineOutcome.UNCHANGED or it.reason]
    rows = [
        (
            it.version.annexe.convention.structure.name,
            Link(
                f"{it.version.annexe} M{it.version.modification}",
                reverse("version_detail", args=[it.version.pk]),
            ),
            badge_of(LineOutcome(it.outcome), LOOKS),
            it.version.total,
            it.after,
            it.reason or in_words(it.periods),
        )
        for it in told[:SHOWN]
    ]
    more = f", les {SHOWN} premières sur {len(told)}" if len(told) > SHOWN else ""
    title = f"Annexe par annexe{more}"
    return Table(title, columns, rows, empty=NOTHING, key="annexes")


def in_words(periods):
    return " ; ".join(
        f"{formats.cents(it.unit_amount)} dès le {formats.day(it.starts_on)}"
        for it in periods
    )
