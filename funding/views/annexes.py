"""The annexes of a year: the bench where an agent instructs them."""

from django.db.models import Count
from django.shortcuts import render
from django.views.decorators.http import require_safe

from funding.figures.instruction import totals
from funding.forms import LotForm
from funding.views.annexe_lines import cells, line, list_columns
from funding.views.annexe_lot import MOST_AT_ONCE
from funding.views.annexe_panel import panel_of
from funding.views.annexe_query import SORTS, AnnexeQuery
from funding.views.annexe_totals import list_totals
from funding.views.files import file_badge
from structures.enums import Status
from structures.views.exports import exported
from structures.views.listing import Listing
from structures.views.parts import Tab
from structures.views.saved_views import saved_views
from structures.views.tables import (
    Empty,
    Table,
    rows_by_chunk,
    sorted_page,
)

NOTHING = Empty(
    "Aucune annexe",
    "Aucune ne correspond aux filtres, ou celles de l’année ne sont pas préparées.",
    "Voir toute l’année",
    "?",
    "La campagne de l’année les prépare.",
)


@require_safe
def annexe_list(request):
    query = AnnexeQuery(request.user, request.GET)
    sums = totals(query.rows)
    columns = query.with_totals(sums)
    rows = rows_by_chunk(query.in_order)
    lines = (columns.cells(cells(it, query)) for it in rows)
    if file := exported(request, f"annexes-{query.year}", columns.picked, lines):
        return file
    page = sorted_page(query.compared, request, query.state, sorts=SORTS)
    is_agent = request.user.is_agent
    return render(
        request,
        "funding/annexe_list.html",
        {
            "year": query.year,
            "sums": sums,
            "listing": Listing(
                annexe_table(query, columns, page),
                "annexe,annexes",
                query.form,
                query.values,
                status_tabs(query),
                "Statuts",
                columns=columns,
                saved=saved_views(request, "annexe_list"),
            ),
            "lot": lot_form(request, page) if is_agent else None,
            "totals": list_totals(query) if is_agent else None,
            "panel": panel_of(query, request.GET.get("apercu")) if is_agent else None,
        },
    )


def annexe_table(query, columns, page):
    shown = list_columns(query, columns)
    lines = [line(version, query) for version in page]
    return Table(
        *(f"Annexes {query.year}", shown, lines, query.state, page, NOTHING),
        has_title=True,
        is_grid=query.user.is_agent,
    )


def lot_form(request, page):
    """Under the filters of the list, so that all its pages may be taken at once."""
    form = LotForm(initial={"filters": request.GET.urlencode()})
    number = page.paginator.count
    label = f"Toutes celles de la liste, soit {number}"
    if number > MOST_AT_ONCE:
        label = f"Les {MOST_AT_ONCE} premières par nom, sur les {number} de la liste"
    form.fields["every"].label = label
    return form if number else None


def status_tabs(query):
    """Each status in the words of who reads it."""
    user = query.user
    rows = query.found.order_by().values_list("status").annotate(n=Count("pk"))
    counts, state = dict(rows.order_by()), query.state
    everything = state.url(statut=None, page=None)
    tabs = [Tab("Toutes", everything, not query.status, sum(counts.values()))]
    return tabs + [
        Tab(
            file_badge(status, user).label,
            state.url(statut=status.value, page=None),
            status == query.status,
            counts[status],
        )
        for status in Status
        if counts.get(status)
    ]
