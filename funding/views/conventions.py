"""The conventions: the list, by status, by whom must act."""

from django.db.models import Count, F
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from funding.enums import Turn
from funding.figures.conventions import conventions, of_turn
from funding.forms.conventions import ConventionFilter
from funding.rules.lifecycle.words import TURN
from funding.views.files import file_badge
from structures.enums import Measure, Role, Status, StructureKind
from structures.figures.endings import ending_soon
from structures.figures.search import structures_matching
from structures.models import Convention, Departement, Structure
from structures.views.context import business_date
from structures.views.exports import exported
from structures.views.listing import Listing, read_filter
from structures.views.narrowed import asked
from structures.views.parts import Tab
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
    "debut": [F("starts_on")],
    "fin": [F("ends_on")],
    "signature": [F("signed_on")],
}


@require_safe
def convention_list(request):
    status = request.GET.get("statut", "")
    visible = Convention.objects.visible_to(request.user)
    form = list_filter(request)
    values = read_filter(form)
    found = filtered(conventions(visible), values)
    rows = found.filter(state=status) if status in Status else found
    state = list_state(request, sorts=SORTS, default="-debut")
    written = (line(it, request.user) for it in rows_by_chunk(in_order(rows)))
    if file := exported(request, "conventions", columns(), written):
        return file
    page = sorted_page(rows, request, state, sorts=SORTS)
    lines = [line(convention, request.user) for convention in page]
    table = Table(
        *("Conventions", columns(), lines, state, page, empty(request.user)),
        has_title=True,
    )
    tabs = status_tabs(found, state, status, request.user)
    listing = Listing(table, "convention,conventions", form, values, tabs, "Statuts")
    return render(
        request,
        "funding/convention_list.html",
        {
            "listing": listing,
            "sections": sections(request),
            "can_open": may_open(request.user),
        },
    )


def list_filter(request):
    narrows = asked(request.user, request.GET)
    return ConventionFilter(request.GET, places=places(request.user), asked=narrows)


def places(user):
    """Départements to choose from, for who has several."""
    if user.is_superuser:
        found = Departement.objects.filter(communes__structures__isnull=False)
        return [(one.pk, str(one)) for one in found.distinct()]
    return [(one.pk, str(one)) for one in user.departements()]


def may_open(user):
    return user.is_agent or Role.DIRECTION in user.structure_roles


def filtered(rows, values):
    if kind := values.get("type"):
        rows = rows.filter(structure__kind=kind)
    if place := values.get("territoire"):
        rows = rows.filter(structure__commune__departement=place)
    if structure := values.get("structure"):
        rows = rows.filter(structure=structure)
    if values.get("alerte"):
        rows = ending_soon(rows, on=business_date())
    if turn := values.get("tour"):
        rows = of_turn(rows, Turn(turn))
    if words := values.get("q", ""):
        found = structures_matching(Structure.objects.all(), words)
        rows = rows.filter(structure__in=found)
    return rows


def in_order(rows):
    return rows.order_by("sort_name", "pk")


def sections(request):
    """What stands beside the conventions, for who instructs them."""
    if not (request.user.is_agent or request.user.is_superuser):
        return []
    return [
        Tab(label, reverse(name), request.path == reverse(name))
        for label, name in (
            ("Conventions", "convention_list"),
            ("Annexes financières", "annexe_list"),
            ("CDIAE", "cdiae_list"),
            ("Qui signe", "delegation_list"),
        )
    ]


def status_tabs(rows, state, current, user):
    counts = dict(
        rows.order_by().values_list("state").annotate(n=Count("pk")).order_by()
    )
    every = Tab(
        "Toutes", state.url(statut=None, page=None), not current, sum(counts.values())
    )
    return [every] + [
        Tab(
            file_badge(status, user).label,
            state.url(statut=status.value, page=None),
            status == current,
            counts[status],
        )
        for status in Status
        if counts.get(status)
    ]


def columns():
    return [
        Column("Structure", sort="nom"),
        Column("Mesure", on_phone=False),
        Column("Statut", "badge"),
        Column("Qui doit agir"),
        Column("Début", "day", sort="debut"),
        Column("Fin", "day", sort="fin"),
        Column("Signée le", "day", sort="signature"),
        Column("Numéro", on_phone=False),
    ]


def line(convention, user):
    structure, status = convention.structure, Status(convention.state)
    turn = TURN.get(status)
    return (
        Link(
            structure.name,
            reverse("convention_detail", args=[convention.pk]),
            f"{StructureKind(structure.kind).value}, {structure.commune.name}",
        ),
        Measure(convention.measure).label,
        file_badge(status, user),
        turn.label if turn else "",
        convention.starts_on,
        convention.ends_on,
        convention.signed_on,
        convention.number,
    )


def empty(user):
    return Empty(
        "Aucune convention",
        "Aucune ne correspond aux filtres, ou la structure n’en a pas encore demandé.",
        "Ouvrir une demande" if may_open(user) else "",
        reverse("request_new"),
        ""
        if may_open(user)
        else "La demande s’ouvre par la direction de la structure.",
    )
