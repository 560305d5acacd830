"""The yearly jobs: the runs there were, and the form that starts one."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from funding.actions.campaigns import NotStarted, start_campaign
from funding.figures import runs
from funding.forms import CampaignForm
from funding.models import Campaign, Step
from funding.tasks import wake
from funding.views.looks import LOOKS
from structures.models import Departement, Structure
from structures.views.badges import badge_of
from structures.views.context import business_date
from structures.views.listing import Listing
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
NOTHING = Empty(
    "Aucune campagne",
    "Rien n’a encore été calculé pour ce territoire.",
    who="La première se lance avec le formulaire de cette page.",
)


def territory(user):
    """Départements in which this person starts a campaign."""
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
        {"form": form, "listing": past_campaigns(request)},
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


def past_campaigns(request):
    steps = Step.objects.visible_to(request.user)
    campaigns = runs.with_steps(Campaign.objects.visible_to(request.user), steps)
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
