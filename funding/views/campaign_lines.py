"""What a job of a campaign did, structure by structure."""

from django.db.models import Count, F
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from funding.enums import Job, LineOutcome
from funding.models import StepLine
from funding.views.campaign import seen
from funding.views.campaign_tables import OUTCOMES
from funding.views.looks import LOOKS
from structures.figures.search import folded
from structures.rules.reading import year_in
from structures.views.badges import badge_of
from structures.views.exports import exported
from structures.views.listing import Listing
from structures.views.parts import Tab
from structures.views.tables import (
    Column,
    Empty,
    Link,
    Table,
    list_state,
    sorted_page,
)

SORTS = {"nom": [folded("structure__name")], "resultat": [F("outcome")]}
COLUMNS = [
    Column("Structure", sort="nom"),
    Column("Résultat", "badge", sort="resultat"),
    Column("Motif"),
]
PLURALS = {
    LineOutcome.CREATED: "Créées",
    LineOutcome.REFRESHED: "Mises à jour",
    LineOutcome.UNCHANGED: "Inchangées",
    LineOutcome.BLOCKED: "Bloquées",
}
NOTHING = Empty("Aucune structure", "Le traitement n’en a rencontré aucune de ce type.")


@require_safe
def campaign_lines(request, pk):
    campaign, steps = seen(request, pk)
    job, year = asked(request)
    lines = StepLine.objects.visible_to(request.user).filter(
        step__in=steps.filter(job=job, year=year)
    )
    outcome = request.GET.get("resultat", "")
    rows = lines.filter(outcome=outcome) if outcome in LineOutcome else lines
    rows = rows.select_related("structure")
    written = (line(row) for row in rows.order_by("pk").iterator())
    if file := exported(request, "lignes", COLUMNS, written):
        return file
    title = f"{job.label} {year}"
    state = list_state(request, sorts=SORTS, default="nom")
    tabs = outcome_tabs(lines, state, outcome)
    table = lines_table(request, rows, state, title)
    listing = Listing(table, "structure,structures", tabs=tabs, tabs_label="Résultats")
    return render(
        request,
        "funding/campaign_rows.html",
        {"campaign": campaign, "title": title, "listing": listing},
    )


def lines_table(request, rows, state, title):
    page = sorted_page(rows, request, state, sorts=SORTS)
    return Table(
        *(title, COLUMNS, [line(row) for row in page], state, page, NOTHING),
        has_title=True,
        formulas=[OUTCOMES],
    )


def asked(request):
    job, year = request.GET.get("traitement", ""), year_in(request.GET.get("annee", ""))
    if job not in Job or year is None:
        raise Http404
    return Job(job), year


def outcome_tabs(lines, state, chosen):
    sums = lines.order_by().values_list("outcome").annotate(Count("pk"))
    counts = dict(sums)
    tabs = [Tab("Toutes", state.url(resultat=None, page=None), not chosen)]
    for outcome in LineOutcome:
        url = state.url(resultat=outcome.value, page=None)
        n = counts.get(outcome, 0)
        tabs.append(Tab(PLURALS[outcome], url, chosen == outcome, n))
    return tabs


def line(row):
    structure = row.structure
    return (
        Link(structure.name, reverse("structure_detail", args=[structure.pk])),
        badge_of(LineOutcome(row.outcome), LOOKS),
        row.reason,
    )
