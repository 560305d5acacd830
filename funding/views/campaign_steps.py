"""The steps of a job: one a département, with when it ran and why it stopped."""

from django.db.models import F
from django.shortcuts import render
from django.views.decorators.http import require_safe

from funding.enums import StepStatus
from funding.views.campaign import seen
from funding.views.campaign_lines import asked
from funding.views.campaign_tables import STEPS
from funding.views.looks import LOOKS
from structures.views.badges import badge_of
from structures.views.exports import exported
from structures.views.listing import Listing
from structures.views.parts import Tab
from structures.views.tables import Column, Empty, Table, list_state, sorted_page

SORTS = {"departement": [F("departement")], "debut": [F("started_at")]}
COLUMNS = [
    Column("Département", sort="departement"),
    Column("État", "badge"),
    Column("Commencée le", "moment", sort="debut"),
    Column("Finie le", "moment"),
    Column("Essais", "count"),
    Column("Ce qui l’a arrêtée"),
]
NOTHING = Empty("Aucune étape", "Ce traitement n’en a aucune dans cet état.")
OVER = [StepStatus.DONE, StepStatus.FAILED]


@require_safe
def campaign_steps(request, pk):
    campaign, steps = seen(request, pk)
    job, year = asked(request)
    steps = steps.filter(job=job, year=year).select_related("departement")
    is_over = request.GET.get("etat") == "finies"
    rows = steps.filter(status__in=OVER) if is_over else steps
    written = (step_line(row) for row in rows.order_by("pk").iterator())
    if file := exported(request, "etapes", COLUMNS, written):
        return file
    title = f"Étapes : {job.label.lower()} {year}"
    state = list_state(request, sorts=SORTS, default="departement")
    page = sorted_page(rows, request, state, sorts=SORTS)
    table = Table(
        *(title, COLUMNS, [step_line(step) for step in page], state, page, NOTHING),
        has_title=True,
        formulas=[STEPS],
    )
    tabs = [
        Tab("Toutes", state.url(etat=None, page=None), not is_over),
        Tab("Finies", state.url(etat="finies", page=None), is_over),
    ]
    listing = Listing(table, "étape,étapes", tabs=tabs, tabs_label="États")
    return render(
        request,
        "funding/campaign_rows.html",
        {"campaign": campaign, "title": title, "listing": listing},
    )


def step_line(step):
    return (
        str(step.departement),
        badge_of(StepStatus(step.status), LOOKS),
        step.started_at,
        step.finished_at,
        step.attempts,
        step.error,
    )
