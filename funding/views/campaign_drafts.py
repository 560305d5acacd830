"""The drafts behind what a campaign asks of an envelope."""

from django.db.models import Count, F, Sum
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from funding.figures.bearing import draft_parts
from funding.models import Envelope
from funding.views.campaign import seen
from funding.views.campaign_tables import DRAFTS
from structures.figures.search import folded
from structures.views.exports import exported
from structures.views.listing import Listing
from structures.views.tables import (
    Column,
    Empty,
    Link,
    Table,
    list_state,
    rows_by_chunk,
    sorted_page,
)

STRUCTURE = "version__annexe__convention__structure"
SORTS = {
    "nom": [folded(f"{STRUCTURE}__name")],
    "etp": [F("etp")],
    "montant": [F("amount")],
}
COLUMNS = [
    Column("Structure", sort="nom"),
    Column("Type"),
    Column("Annexe"),
    Column("ETP de l’année", "etp", sort="etp"),
    Column("Montant", "cents", sort="montant"),
]
NOTHING = Empty("Aucun brouillon", "Plus rien n’est demandé à cette enveloppe.")


@require_safe
def campaign_drafts(request, pk, envelope):
    campaign, steps = seen(request, pk)
    envelopes = Envelope.objects.visible_to(request.user).filter(
        year=campaign.year, departement__in=steps.values("departement")
    )
    found = get_object_or_404(envelopes, pk=envelope)
    parts = draft_parts().filter(envelope=found).select_related(STRUCTURE)
    written = (draft_line(part) for part in rows_by_chunk(parts.order_by("pk")))
    if file := exported(request, "brouillons", COLUMNS, written):
        return file
    title = f"Brouillons : {found}"
    return render(
        request,
        "funding/campaign_rows.html",
        {
            "campaign": campaign,
            "title": title,
            "listing": drafts_listing(request, parts, title),
        },
    )


def drafts_listing(request, parts, title):
    """The last row is the figure of the campaign page."""
    sums = parts.aggregate(n=Count("pk"), etp=Sum("etp"), amount=Sum("amount"))
    state = list_state(request, sorts=SORTS, default="nom")
    page = sorted_page(parts, request, state, sorts=SORTS)
    lines = [draft_line(part) for part in page]
    table = Table(
        *(title, COLUMNS, lines, state, page, NOTHING),
        footer=("Total", "", "", sums["etp"], sums["amount"]) if sums["n"] else (),
        has_title=True,
        formulas=[DRAFTS],
    )
    return Listing(table, "brouillon,brouillons")


def draft_line(part):
    version = part.version
    structure = version.annexe.convention.structure
    return (
        Link(structure.name, reverse("structure_detail", args=[structure.pk])),
        structure.kind,
        version.annexe.number or "Sans numéro",
        part.etp,
        part.amount,
    )
