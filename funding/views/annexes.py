"""The annexes of a year: the list, and one act done to many of them."""

from django.db import transaction
from django.db.models import Count, F
from django.http import Http404, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from funding.actions.files import MoveRefused, move_version
from funding.actions.ledger_refusals import LedgerRefusal
from funding.enums import Act
from funding.figures.dossiers import dossiers
from funding.figures.instruction import (
    by_name,
    effects,
    last_versions,
    lines_of,
    totals,
    years_seen,
)
from funding.forms import AnnexeFilter, LotForm
from funding.models import AnnexeVersion
from funding.views.annexe import status_badge, title
from structures.enums import Status, StructureKind
from structures.figures.search import structures_matching
from structures.models import Structure
from structures.views.badges import ERROR, SUCCESS, WARNING, Badge
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
MOST_AT_ONCE = 500


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


@require_POST
@transaction.non_atomic_requests
def annexe_lot(request):
    """One act on many annexes: first what it would do, then, confirmed, row by row."""
    if not request.user.is_agent:
        raise Http404
    form = LotForm(request.POST)
    versions = chosen(request, form)
    if not form.is_valid() or not versions:
        return render(
            request, "funding/annexe_lot.html", {"form": form, "nothing": True}
        )
    act = Act(form.cleaned_data["act"])
    lines = lines_of(versions, act, request.user, on=business_date())
    if form.cleaned_data["confirmed"]:
        return report(request, form, act, lines)
    ready = [it.version for it in lines if not it.refusal]
    return render(
        request,
        "funding/annexe_lot.html",
        {
            "act": act,
            "form": form.to_confirm(ready),
            "ready": len(ready),
            "tables": [
                effects_table(effects(ready, act)),
                preflight_table(lines, request.user),
            ],
        },
    )


def chosen(request, form):
    """The versions asked for, among those of the person; the rest is not told."""
    if form.is_valid() and form.cleaned_data["every"]:
        return list(listed_by(request.user, QueryDict(form.cleaned_data["filters"])))
    keys = [int(word) for word in request.POST.getlist("version") if word.isdigit()]
    visible = dossiers(AnnexeVersion.objects.visible_to(request.user))
    rows = by_name(visible.filter(pk__in=keys[:MOST_AT_ONCE]))
    return list(rows.order_by("sort_name", "pk"))


def listed_by(user, params):
    """What the list shows under these words of its address, all pages."""
    values = read_filter(filter_form(params, user))
    found = filtered(last_versions(user, year=asked_year(params)), values)
    rows = of_status(found, params.get("statut", ""))
    return rows.order_by("sort_name", "pk")[:MOST_AT_ONCE]


def effects_table(found):
    columns = [
        Column("Enveloppe"),
        Column("Demandé", "cents"),
        Column("Reste avant", "cents"),
        Column("Reste après", "cents"),
        Column("", "badge"),
    ]
    rows = [
        (
            str(it.envelope),
            it.taken,
            it.available,
            it.after,
            Badge("Insuffisante", *ERROR)
            if it.after < 0
            else Badge("Suffisante", *SUCCESS),
        )
        for it in found
    ]
    empty = Empty("Aucun argent ne bouge", "Cet acte ne change pas les enveloppes.")
    return Table("Effet sur les enveloppes", columns, rows, empty=empty, key="effet")


def preflight_table(lines, user):
    columns = [
        Column("Structure"),
        Column("Annexe"),
        Column("Statut", "badge"),
        Column("Aide", "cents"),
        Column("Ce qui se passera"),
    ]
    rows = [
        (
            it.version.annexe.convention.structure.name,
            title(it.version),
            status_badge(it.version, user),
            it.version.total,
            it.refusal or "Se fera",
        )
        for it in lines
    ]
    return Table("Annexe par annexe", columns, rows, key="annexes")


def report(request, form, act, lines):
    """Each row in a transaction of its own: one that is refused stops no other."""
    rows, done = [], 0
    for it in lines:
        told = it.refusal or do(it.version, act, form, request.user)
        done += not told
        rows.append(
            (
                Link(
                    it.version.annexe.convention.structure.name,
                    reverse("version_detail", args=[it.version.pk]),
                ),
                title(it.version),
                it.version.total,
                Badge("Fait", *SUCCESS) if not told else Badge("Refusé", *WARNING),
                told,
            )
        )
    columns = [
        Column("Structure"),
        Column("Annexe"),
        Column("Aide", "cents"),
        Column("Résultat", "badge"),
        Column("Pourquoi"),
    ]
    table = Table("Ce qui a été fait", columns, rows, key="compte-rendu")
    context = {"act": act, "done": done, "asked": len(rows), "tables": [table]}
    return render(request, "funding/annexe_lot.html", context)


def do(version, act, form, user):
    try:
        move_version(
            version=version,
            act=act,
            by=user,
            on=business_date(),
            reason=form.cleaned_data["reason"],
            expected=Status(version.status),
        )
    except (MoveRefused, LedgerRefusal) as refusal:
        return refusal.user_message
    return ""
