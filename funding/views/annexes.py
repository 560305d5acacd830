"""The annexes of a year: the list, and one act done to many of them."""

from django.db.models import Count, F
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from funding.figures.instruction import (
    last_versions,
    totals,
    years_seen,
)
from funding.forms import AnnexeFilter, LotForm
from funding.views.annexe import status_badge, title
from structures.enums import Status, StructureKind
from structures.figures.search import structures_matching
from structures.models import Structure
from structures.views.context import business_date
from structures.views.exports import csv_response
from structures.views.listing import Listing, read_filter
from structures.views.parts import Tab
from structures.views.tables import (
    Check,
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
    "etp": [F("etp")],
    "aide": [F("total")],
    "signature": [F("signed_on")],
}
NOTHING = Empty(
    "Aucune annexe",
    "Aucune ne correspond aux filtres, ou celles de l’année ne sont pas préparées.",
    "Voir toute l’année",
    "?",
    "La campagne de l’année les prépare.",
)


@require_safe
def annexe_list(request):
    year, status = asked_year(request.GET), request.GET.get("statut", "")
    form = filter_form(request.GET, request.user)
    values = read_filter(form)
    values.pop("annee", None)
    found = filtered(last_versions(request.user, year=year), values)
    rows = of_status(found, status)
    state = list_state(request, sorts=SORTS, default="nom")
    sums = totals(rows)
    columns = list_columns(sums)
    if request.GET.get("format") == "csv":
        lines = (line(it, request.user) for it in rows_by_chunk(rows))
        return csv_response(f"annexes-{year}", columns, lines)
    page = sorted_page(rows, request, state, sorts=SORTS)
    lines = [line(version, request.user) for version in page]
    if request.user.is_agent:
        columns.append(Column("Choisir"))
        lines = [(*cells, box(it)) for cells, it in zip(lines, page, strict=True)]
    table = Table(
        f"Annexes {year}", columns, lines, state, page, NOTHING, has_title=True
    )
    tabs = status_tabs(found, state, status, request.user)
    listing = Listing(table, "annexe,annexes", form, values, tabs, "Statuts")
    return render(
        request,
        "funding/annexe_list.html",
        {
            "year": year,
            "listing": listing,
            "lot": lot_form(request, page) if request.user.is_agent else None,
        },
    )


def filter_form(params, user):
    """The year is always one of those seen, the business one by default."""
    year = asked_year(params)
    years = sorted({*years_seen(user), year}, reverse=True)
    return AnnexeFilter({**params.dict(), "annee": str(year)}, years=years)


def lot_form(request, page):
    """Under the filters of the list, so that all its pages may be taken at once."""
    form = LotForm(initial={"filters": request.GET.urlencode()})
    label = f"Toutes celles de la liste, soit {page.paginator.count}"
    form.fields["every"].label = label
    return form if page.paginator.count else None


def of_status(versions, status):
    return versions.filter(status=status) if status in Status else versions


def asked_year(params):
    word = params.get("annee", "")
    return int(word) if word.isdigit() and len(word) == 4 else business_date().year


def filtered(versions, values):
    if kind := values.get("type"):
        versions = versions.filter(annexe__convention__structure__kind=kind)
    if words := values.get("q", ""):
        found = structures_matching(Structure.objects.all(), words)
        versions = versions.filter(annexe__convention__structure__in=found)
    return versions


def status_tabs(versions, state, current, user):
    counts = dict(
        versions.order_by().values_list("status").annotate(n=Count("pk")).order_by()
    )
    tabs = [
        Tab(
            "Toutes",
            state.url(statut=None, page=None),
            not current,
            sum(counts.values()),
        )
    ]
    return tabs + [
        Tab(
            status.label,
            state.url(statut=status.value, page=None),
            status == current,
            counts[status],
        )
        for status in Status
        if counts.get(status)
    ]


def list_columns(sums):
    return [
        Column("Structure", sort="nom"),
        Column("Annexe"),
        Column("Statut", "badge"),
        Column("ETP", "etp", sort="etp", total=sums["etp"]),
        Column("Aide", "money", sort="aide", total=sums["total"]),
        Column("dont cofinancement", "money", total=sums["cofinanced"]),
        Column("Signée le", "day", sort="signature"),
    ]


def line(version, user):
    structure = version.annexe.convention.structure
    url = reverse("version_detail", args=[version.pk])
    return (
        Link(structure.name, url, StructureKind(structure.kind).value),
        title(version),
        status_badge(version, user),
        version.etp,
        version.total,
        version.cofinanced,
        version.signed_on,
    )


def box(version):
    name = version.annexe.convention.structure.name
    return Check("version", version.pk, f"Choisir {name}", form="lot")


def listed_by(user, params):
    """What the list shows under these words of its address, all pages."""
    values = read_filter(filter_form(params, user))
    found = filtered(last_versions(user, year=asked_year(params)), values)
    rows = of_status(found, params.get("statut", ""))
    return rows.order_by("sort_name", "pk")
