"""Who signs here: the delegations that hold today, and all of them."""

from django.db.models import F
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from funding.figures.delegations import delegations_of, in_force
from funding.views.conventions import sections
from structures.views.badges import INFO, NEUTRAL, SUCCESS, Badge
from structures.views.context import business_date
from structures.views.exports import exported
from structures.views.listing import Listing
from structures.views.parts import Tab
from structures.views.tables import (
    Column,
    Empty,
    Table,
    list_state,
    rows_by_chunk,
    sorted_page,
)

SORTS = {
    "nom": [F("user__last_name"), F("user__first_name")],
    "plafond": [F("up_to")],
    "debut": [F("since")],
}
NOBODY = Empty(
    "Personne n’a de délégation",
    "Sans délégation, une convention ou une annexe prête ne peut pas être signée.",
    who="L’administration enregistre les délégations, avec leur arrêté.",
)
EVERY = "toutes"


@require_safe
def delegation_list(request):
    user, on = request.user, business_date()
    if not (user.is_agent or user.is_superuser):
        raise Http404
    rows = delegations_of(user)
    today = in_force(rows, on=on)
    shows_all = request.GET.get("vue") == EVERY
    shown = rows if shows_all else today
    state = list_state(request, sorts=SORTS, default="nom")
    written = (line(it, on) for it in rows_by_chunk(shown.order_by("pk")))
    if file := exported(request, "delegations", columns(), written):
        return file
    page = sorted_page(shown, request, state, sorts=SORTS)
    lines = [line(it, on) for it in page]
    table = Table("Délégations", columns(), lines, state, page, NOBODY, has_title=True)
    tabs = [
        Tab(
            "Aujourd’hui", state.url(vue=None, page=None), not shows_all, today.count()
        ),
        Tab("Toutes", state.url(vue=EVERY, page=None), shows_all, rows.count()),
    ]
    listing = Listing(table, "délégation,délégations", tabs=tabs, tabs_label="Dates")
    return render(
        request,
        "funding/delegation_list.html",
        {"listing": listing, "sections": sections(request)},
    )


def columns():
    return [
        Column("Délégataire", sort="nom"),
        Column("Service"),
        Column("Territoire"),
        Column(
            "Jusqu’à, par annexe", "money", sort="plafond", hint="vide : sans plafond"
        ),
        Column("Depuis", "day", sort="debut"),
        Column("Jusqu’au", "day"),
        Column("Aujourd’hui", "badge"),
        Column("Arrêté", on_phone=False),
    ]


def line(delegation, on):
    return (
        str(delegation.user),
        str(delegation.agency),
        str(delegation.agency.territory),
        delegation.up_to,
        delegation.since,
        delegation.until,
        badge(delegation, on),
        delegation.text,
    )


def badge(delegation, on):
    if delegation.since > on:
        return Badge("À venir", *INFO)
    if delegation.until and delegation.until < on:
        return Badge("Finie", *NEUTRAL)
    return Badge("Signe", *SUCCESS)
