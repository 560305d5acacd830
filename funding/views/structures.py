"""The list of structures, and one structure: annexes, ETP by month, exits."""

from django.db.models import Count, Exists, F, OuterRef
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from funding.figures.life import visits_due
from funding.figures.realisation import low_rate, with_year
from funding.forms import StructureFilter
from parcours.figures.late import late_by_structure
from structures.enums import StructureKind
from structures.figures.endings import ending_soon
from structures.figures.search import folded, structures_matching
from structures.models import Convention, PerimeterCommune, Structure
from structures.views import narrowed
from structures.views.badges import badge_of
from structures.views.context import business_date
from structures.views.exports import exported
from structures.views.listing import Listing, read_filter
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
    "commune": [F("commune__name")],
    "etp": [F("agreed")],
    "realises": [F("realised")],
    "taux": [F("rate")],
    "aide": [F("aid")],
    "retard": [F("late")],
}
NOTHING = Empty(
    "Aucune structure",
    "Soit aucune ne correspond aux filtres, soit votre territoire n’en compte pas "
    "encore : elles arrivent par l’import de l’ASP.",
    "Voir toutes les structures",
    "?",
    "Un rattachement manquant se demande à l’administration.",
)


@require_safe
def structure_list(request):
    on = business_date()
    structures = listed(request.user, on=on)
    form = StructureFilter(
        request.GET,
        epcis=epcis(request.user),
        asked=narrowed.asked(request.user, request.GET),
    )
    values = read_filter(form)
    found = filtered(structures, values, on=on)
    kind = request.GET.get("type", "")
    state = list_state(request, sorts=SORTS, default="nom")
    rows = found.filter(kind=kind) if kind in StructureKind else found
    columns = list_columns(on.year)
    if file := exported(request, "structures", columns, export_lines(rows)):
        return file
    page = sorted_page(rows, request, state, sorts=SORTS)
    lines = [line(structure) for structure in page]
    caption = f"Structures en {on.year}, ETP réalisés en moyenne mensuelle"
    table = Table(caption, columns, lines, state, page, NOTHING, has_title=True)
    tabs = kind_tabs(found, state, kind)
    listing = Listing(
        table, "structure,structures", form, values, tabs, "Types de structure"
    )
    return render(request, "funding/structure_list.html", {"listing": listing})


def listed(user, *, on):
    """Visible structures with the year’s figures; `in_erbm` says where they stand."""
    inside = PerimeterCommune.objects.in_force(on).filter(
        perimeter__code="erbm", commune=OuterRef("commune")
    )
    visible = Structure.objects.visible_to(user).select_related("commune__epci")
    figures = late_by_structure(with_year(visible, year=on.year), on=on)
    return figures.annotate(in_erbm=Exists(inside), sort_name=folded("name"))


def epcis(user):
    rows = Structure.objects.visible_to(user).exclude(commune__epci=None)
    names = rows.order_by("commune__epci__name").values_list(
        "commune__epci", "commune__epci__name"
    )
    return names.distinct()


def filtered(structures, values, *, on):
    if text := values.get("q"):
        structures = structures_matching(structures, text)
    if epci := values.get("epci"):
        structures = structures.filter(commune__epci=epci)
    if place := values.get("territoire"):
        structures = structures.filter(commune__departement=place)
    if values.get("erbm"):
        structures = structures.filter(in_erbm=True)
    if values.get("alerte") == "annexe":
        structures = structures.filter(agreed__isnull=False)
    if values.get("alerte") == "retard":
        structures = structures.filter(late__gt=0)
    if values.get("alerte") == "sous":
        structures = structures.filter(rate__lt=low_rate(on=on))
    if values.get("alerte") == "fin":
        ending = ending_soon(Convention.objects.all(), on=on)
        structures = structures.filter(pk__in=ending.values("structure"))
    if values.get("alerte") == "visite":
        structures = visits_due(structures, on=on)
    return structures


def kind_tabs(found, state, chosen):
    counts = dict(
        found.order_by()
        .values_list("kind")
        .annotate(n=Count("pk"))
        .values_list("kind", "n")
    )
    choices = [("Toutes", "", sum(counts.values()))]
    choices += [(kind.value, kind.value, counts.get(kind, 0)) for kind in StructureKind]
    return [
        Tab(label, state.url(type=word or None, page=None), chosen == word, n)
        for label, word, n in choices
    ]


def list_columns(year):
    return [
        Column("Structure", sort="nom"),
        Column("Type", "badge"),
        Column("Commune", sort="commune"),
        Column("ETP conventionnés", "etp", sort="etp"),
        Column("ETP réalisés", "etp", sort="realises", on_phone=False),
        Column("Réalisation", "percent", sort="taux"),
        Column("Aide de l’année", "money", sort="aide", on_phone=False),
        Column("Mois en retard", "count", sort="retard"),
    ]


def annexes_of(structure, value):
    """A figure of the year opens on the annexes that make it."""
    if value is None:
        return None
    url = reverse("structure_detail", args=[structure.pk])
    return Link(value, f"{url}#annexes-titre")


def line(structure):
    commune = structure.commune
    return (
        Link(structure.name, reverse("structure_detail", args=[structure.pk])),
        badge_of(StructureKind(structure.kind)),
        Link(commune.name, note="ERBM" if structure.in_erbm else ""),
        annexes_of(structure, structure.agreed),
        structure.realised,
        structure.rate,
        annexes_of(structure, structure.aid),
        structure.late,
    )


def export_lines(rows):
    for structure in rows_by_chunk(rows.order_by("sort_name", "pk")):
        yield line(structure)
