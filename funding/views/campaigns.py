"""The yearly jobs: start a run, watch it, read what it did."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from funding.actions.campaigns import NotStarted, start_campaign
from funding.enums import LineOutcome, StepStatus
from funding.figures import runs
from funding.figures.bearing import bearing
from funding.forms import CampaignForm
from funding.models import Campaign
from funding.tasks import wake
from funding.views.looks import LOOKS
from structures.models import Departement, Structure
from structures.views.badges import SUCCESS, WARNING, Badge, badge_of
from structures.views.context import business_date
from structures.views.listing import Listing
from structures.views.parts import Progress
from structures.views.tables import (
    Column,
    Empty,
    Link,
    Table,
    list_state,
    sorted_page,
)

SORTS = {
    "lancement": [F("launched_at")],
    "annee": [F("year")],
}
BLOCKED_SORTS = {"nom": [F("structure__name")], "motif": [F("reason")]}
NOTHING = Empty(
    "Aucune campagne",
    "Rien n’a encore été calculé pour ce territoire.",
    who="La première se lance avec le formulaire de cette page.",
)
NOTHING_BLOCKED = Empty("Aucune structure bloquée", "Toutes ont pu être calculées.")


def territory(user):
    """Départements whose campaigns this person starts and watches."""
    if user.is_superuser:
        codes = Structure.objects.values("commune__departement")
        return Departement.objects.filter(pk__in=codes)
    if not user.is_agent:
        raise PermissionDenied
    return user.departements()


@require_http_methods(["GET", "HEAD", "POST"])
def campaign_list(request):
    departements = territory(request.user)
    on = business_date()
    initial = {"year": on.year + 1, "business_on": on}
    form = CampaignForm(
        request.POST or None, initial=initial, departements=departements
    )
    if form.is_valid():
        try:
            campaign = launch(form, by=request.user)
        except NotStarted as error:
            form.add_error(None, error.user_message)
        else:
            messages.success(request, f"{campaign} lancée.")
            return redirect("campaign_detail", pk=campaign.pk)
    return render(
        request,
        "funding/campaign_list.html",
        {"form": form, "listing": past_campaigns(request, departements)},
    )


def launch(form, *, by):
    """Lay out the steps; the workers are woken once they are committed."""
    campaign = start_campaign(
        year=form.cleaned_data["year"],
        business_on=form.cleaned_data["business_on"],
        departements=form.chosen(),
        by=by,
    )
    # Robust: without a queue the steps wait for the next sweep, nothing is lost.
    transaction.on_commit(partial(wake, campaign.pk), robust=True)
    return campaign


def past_campaigns(request, departements):
    campaigns = runs.with_steps(Campaign.objects.all(), departements)
    state = list_state(request, sorts=SORTS, default="-lancement")
    rows = campaigns.select_related("launched_by")
    page = sorted_page(rows, request, state, sorts=SORTS)
    columns = [
        Column("Campagne", sort="annee"),
        Column("État", "badge"),
        Column("Lancée le", "moment", sort="lancement"),
        Column("Par"),
        Column("Date de référence", "day"),
        Column("Étapes finies", "count"),
        Column("Bloquées", "count"),
    ]
    lines = [campaign_line(runs.campaign_line(campaign)) for campaign in page]
    table = Table("Campagnes lancées", columns, lines, state, page, NOTHING)
    return Listing(table, "campagne,campagnes", has_export=False)


def campaign_line(row):
    campaign = row.campaign
    return (
        Link(str(campaign), reverse("campaign_detail", args=[campaign.pk])),
        badge_of(row.status, LOOKS),
        campaign.launched_at,
        str(campaign.launched_by or "Traitement"),
        campaign.business_on,
        row.over,
        row.blocked,
    )


def seen(request, pk):
    """The campaign and the steps of it this person may see; 404 when there is none."""
    departements = territory(request.user)
    campaigns = runs.with_steps(Campaign.objects.all(), departements)
    campaign = get_object_or_404(campaigns.select_related("launched_by"), pk=pk)
    return campaign, runs.steps_seen(campaign, departements)


@require_safe
def campaign_detail(request, pk):
    campaign, steps = seen(request, pk)
    structures = Structure.objects.visible_to(request.user)
    state = list_state(request, sorts=BLOCKED_SORTS, default="nom")
    rows = runs.blocked_lines(steps, structures)
    page = sorted_page(rows, request, state, sorts=BLOCKED_SORTS)
    columns = [
        Column("Structure", sort="nom"),
        Column("Traitement"),
        Column("Année"),
        Column("Motif", sort="motif"),
    ]
    lines = [blocked_line(line) for line in page]
    blocked = Table(
        *("Structures bloquées et pourquoi", columns, lines, state, page),
        *(NOTHING_BLOCKED, "bloquees"),
        has_title=True,
    )
    return render(
        request,
        "funding/campaign_detail.html",
        {
            "campaign": campaign,
            "blocked": blocked,
            "bearing": bearing_table(campaign, steps),
            **run_parts(campaign, steps),
        },
    )


def bearing_table(campaign, steps):
    """Whether the envelopes could bear the drafts; no money has moved."""
    places = steps.order_by().values_list("departement", flat=True).distinct()
    rows = [
        (
            row.label,
            row.drafts,
            Link(row.available, reverse("envelope_transfers", args=[row.envelope])),
            row.available - row.drafts,
            Badge("Suffit", *SUCCESS) if row.is_enough else Badge("À revoir", *WARNING),
            row.sentence,
        )
        for row in bearing(year=campaign.year, departements=list(places))
    ]
    columns = [
        Column("Enveloppe"),
        Column("Demandé par les brouillons", "money"),
        Column("Reste", "money"),
        Column("Il resterait", "money"),
        Column("Verdict", "badge"),
        Column("Que faire"),
    ]
    title = f"Ce que les brouillons de {campaign.year} demandent aux enveloppes"
    empty = Empty(title, "Aucun brouillon n’attend : rien n’est demandé.")
    return Table(title, columns, rows, empty=empty, key="portage")


def blocked_line(line):
    return (
        Link(
            line.structure.name,
            reverse("structure_detail", args=[line.structure_id]),
        ),
        line.step.get_job_display(),
        str(line.step.year),
        line.reason,
    )


@require_safe
def campaign_progress(request, pk):
    """The part of the page that asks for itself again while steps are open."""
    campaign, steps = seen(request, pk)
    context = {"campaign": campaign, **run_parts(campaign, steps)}
    return render(request, "funding/campaign_run.html", context)


def run_parts(campaign, steps):
    jobs = runs.runs_by_job(steps)
    over = sum(job.done + job.failed for job in jobs)
    total = sum(job.steps for job in jobs)
    current = next((j for j in jobs if j.status == StepStatus.RUNNING), None)
    label = current.label if current else "En attente d’un agent de calcul"
    return {
        "progress": Progress(
            label if over < total else "Terminée", over, total, over < total
        ),
        "jobs": jobs_table(campaign, jobs),
        "failures": runs.failures(steps) if any(j.failed for j in jobs) else [],
    }


def jobs_table(campaign, jobs):
    """What each job did, opened line by line."""
    base = reverse("campaign_lines", args=[campaign.pk])
    columns = [
        Column("Traitement"),
        Column("État", "badge"),
        Column("Étapes finies", "count"),
        Column("Créées", "count"),
        Column("Mises à jour", "count"),
        Column("Inchangées", "count"),
        Column("Bloquées", "count"),
    ]
    rows = [
        (
            job.label,
            badge_of(job.status, LOOKS),
            job.done + job.failed,
            *(opened(base, job, outcome) for outcome in LineOutcome),
        )
        for job in jobs
    ]
    return Table("Structures par traitement", columns, rows, key="traitements")


def opened(base, job, outcome):
    """A count of structures, which opens them."""
    count = getattr(job, outcome.name.lower())
    words = {"traitement": job.job, "annee": job.year, "resultat": outcome.value}
    return Link(count, f"{base}?{urlencode(words)}") if count else 0
