"""What each annexe an envelope bears costs this year, and in a full year (R84)."""

from django.db.models import F
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from funding.figures.full_year import full_year_of, parts_of
from funding.views.envelope import asked_envelope, title_of
from funding.views.openings import figure
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

SORTS = {
    "nom": [F("sort_name")],
    "postes": [F("posts")],
    "cout": [F("amount")],
    "pleine": [F("whole")],
}
NOTHING = Empty(
    "Aucune annexe en vigueur",
    "Cette enveloppe ne porte pas encore d’annexe signée.",
)
STRUCTURE = "version__annexe__convention__structure"


@require_safe
def envelope_full_year(request, pk):
    envelope = asked_envelope(request, pk)
    rows = parts_of(envelope).select_related(STRUCTURE)
    rows = rows.annotate(sort_name=folded(f"{STRUCTURE}__name"))
    columns = list_columns(full_year_of(envelope))
    state = list_state(request, sorts=SORTS, default="nom")
    written = (line(part) for part in rows_by_chunk(rows.order_by("sort_name", "pk")))
    if file := exported(request, f"annee-pleine-{envelope.year}", columns, written):
        return file
    page = sorted_page(rows, request, state, sorts=SORTS)
    title = f"Année pleine, {title_of(envelope)}"
    table = Table(
        title, columns, [line(it) for it in page], state, page, NOTHING, has_title=True
    )
    return render(
        request,
        "funding/envelope_full_year.html",
        {
            "title": title,
            "parent": title_of(envelope),
            "back": reverse("envelope_detail", args=[envelope.pk]),
            "listing": Listing(table, "annexe,annexes"),
        },
    )


def list_columns(sums):
    def total(name):
        return getattr(sums, name) if sums else None

    return [
        Column("Structure", sort="nom"),
        Column("Postes au 31 décembre", "etp", sort="postes", total=total("posts")),
        Column("ETP de l’année", "etp", total=total("etp")),
        Column("Coût de l’année", "cents", sort="cout", total=total("cost")),
        Column(
            "Coût en année pleine", "cents", sort="pleine", total=total("full_year")
        ),
        Column("À prévoir en plus", "cents", total=total("more")),
    ]


def line(part):
    structure = part.version.annexe.convention.structure
    url = reverse("version_detail", args=[part.version_id])
    return (
        Link(structure.name, url, structure.kind),
        part.posts,
        figure(part.etp, part.version, "etp"),
        figure(part.amount, part.version, "aide"),
        part.whole,
        part.whole - part.amount,
    )
