"""One campaign: how it runs, what it did, whether the envelopes could bear it."""

from dataclasses import dataclass

from django.db.models import F
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from funding.enums import StepStatus
from funding.figures import runs
from funding.models import Campaign, Step, StepLine
from funding.views.campaign_tables import (
    bearing_table,
    blocked_line,
    jobs_table,
)
from funding.views.published import NO_FIGURE, agents_only, sections_for
from structures.views.parts import Progress
from structures.views.tables import Column, Empty, Table, list_state, sorted_page

BLOCKED_SORTS = {"nom": [F("structure__name")], "motif": [F("reason")]}
BLOCKED_COLUMNS = [
    Column("Structure", sort="nom"),
    Column("Traitement"),
    Column("Année"),
    Column("Motif", sort="motif"),
]
NOTHING_BLOCKED = Empty("Aucune structure bloquée", "Toutes ont pu être calculées.")


@dataclass(frozen=True)
class Run:
    """What the part of the page that asks for itself again is made of."""

    progress: Progress
    jobs: Table
    failures: list[Step]


def seen(request, pk):
    """The campaign and the steps of it this person may see; 404 when there is none."""
    agents_only(request.user)
    campaigns = Campaign.objects.visible_to(request.user).select_related("launched_by")
    campaign = get_object_or_404(campaigns, pk=pk)
    return campaign, Step.objects.visible_to(request.user).filter(campaign=campaign)


@require_safe
def campaign_detail(request, pk):
    campaign, steps = seen(request, pk)
    return render(
        request,
        "funding/campaign_detail.html",
        {
            "campaign": campaign,
            "run": run_of(campaign, steps),
            "blocked": blocked_table(request, campaign),
            "bearing": bearing_table(campaign, steps),
            "sections": sections_for(request.user, is_compact=True),
            "empty": NO_FIGURE,
        },
    )


@require_safe
def campaign_progress(request, pk):
    """The part of the page that asks for itself again while steps are open."""
    campaign, steps = seen(request, pk)
    run = run_of(campaign, steps)
    context = {"campaign": campaign, "run": run}
    response = render(request, "funding/campaign_run.html", context)
    if not run.progress.is_running:
        # The run has ended: what it blocked and asks is elsewhere on the page.
        response["HX-Refresh"] = "true"
    return response


def run_of(campaign, steps):
    jobs = runs.runs_by_job(steps)
    over = sum(job.done + job.failed for job in jobs)
    total = sum(job.steps for job in jobs)
    current = next((j for j in jobs if j.status == StepStatus.RUNNING), None)
    label = current.label if current else "En attente d’un agent de calcul"
    progress = Progress(
        label if over < total else "Terminée", over, total, over < total
    )
    failures = runs.failures(steps) if any(j.failed for j in jobs) else []
    return Run(progress, jobs_table(campaign, jobs), failures)


def blocked_table(request, campaign):
    lines = StepLine.objects.visible_to(request.user)
    rows = runs.blocked_lines(lines.filter(step__campaign=campaign))
    state = list_state(request, sorts=BLOCKED_SORTS, default="nom")
    page = sorted_page(rows, request, state, sorts=BLOCKED_SORTS)
    return Table(
        "Structures bloquées et pourquoi",
        BLOCKED_COLUMNS,
        [blocked_line(line) for line in page],
        *(state, page, NOTHING_BLOCKED, "bloquees"),
        has_title=True,
    )
