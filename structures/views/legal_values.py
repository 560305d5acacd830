"""The law by date of effect, each value with its text and how sure we are of it."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from structures import law
from structures.enums import Confidence, Origin, Place, StructureKind
from structures.forms import LegalValueFilter
from structures.law import WrongLaw
from structures.models import LegalValue
from structures.templatetags import formats
from structures.views.badges import badge_of
from structures.views.context import business_date
from structures.views.exports import exported
from structures.views.listing import Listing, read_filter
from structures.views.parts import Tab
from structures.views.tables import (
    Column,
    Empty,
    Link,
    ListState,
    Table,
    page_of,
)

DOUBTFUL = {"douteuses": [Confidence.TO_CONFIRM, Confidence.RECALLED]}
NOTHING = Empty(
    "Aucune valeur",
    "Aucune ne correspond aux filtres.",
    "Voir toutes les valeurs",
    "?",
    "Une valeur nouvelle s’ajoute dans le back-office, avec son texte.",
)
COLUMNS = [
    Column("Paramètre"),
    Column("Pour"),
    Column("Valeur"),
    Column("Prend effet le", "day"),
    Column("Publiée le", "day"),
    Column("Texte"),
    Column("Confiance", "badge"),
]


@require_safe
def legal_values(request):
    on = business_date()
    form = LegalValueFilter(request.GET, parameters=titles())
    values = read_filter(form)
    in_force = request.GET.get("vue") == "en-vigueur"
    rows = asked_values(values, in_force=on if in_force else None)
    lines = (line(row) for row in rows.iterator())
    if file := exported(request, "valeurs-legales", COLUMNS, lines):
        return file
    state, page = ListState(request.GET), page_of(rows, request)
    lines = [line(row) for row in page]
    table = Table(
        "Valeurs légales", COLUMNS, lines, state, page, NOTHING, has_title=True
    )
    tabs = [
        Tab("Toutes les dates", state.url(vue=None, page=None), not in_force),
        Tab(
            f"En vigueur au {formats.day(on)}",
            state.url(vue="en-vigueur", page=None),
            in_force,
        ),
    ]
    listing = Listing(table, "valeur,valeurs", form, values, tabs, "Dates")
    return render(request, "structures/legal_values.html", {"listing": listing})


def asked_values(values, *, in_force):
    rows = LegalValue.objects.select_related("added_by")
    if parameter := values.get("parametre"):
        rows = rows.filter(parameter=parameter)
    if confidence := values.get("confiance"):
        rows = rows.filter(confidence__in=DOUBTFUL.get(confidence, [confidence]))
    if in_force:
        rows = rows.filter(pk__in=LegalValue.objects.in_force(on=in_force).values("pk"))
    return rows


def titles():
    known = LegalValue.objects.order_by().values_list("parameter", flat=True)
    return sorted(
        ((name, title(name)) for name in set(known.distinct())),
        key=lambda pair: pair[1],
    )


def title(parameter):
    """The file’s French title; a parameter known of no file keeps its name."""
    try:
        return law.title(parameter)
    except WrongLaw:
        return parameter


def line(row):
    who = f"ajoutée par {row.added_by}" if row.origin == Origin.ADMIN else ""
    return (
        title(row.parameter),
        whom(row),
        f"{written(row.value)}\u00a0{row.unit}",
        row.effective_on,
        row.published_on,
        Link(row.source, note=who),
        badge_of(Confidence(row.confidence)),
    )


def whom(row):
    parts = [
        row.kind if row.kind in StructureKind else row.kind.lower().replace("_", " ")
    ]
    if row.place != Place.METROPOLE:
        parts.append(Place(row.place).label.lower())
    return ", ".join(filter(None, parts)) or "Tous"


def written(value):
    """As many decimals as the text gives."""
    decimals = max(-value.normalize().as_tuple().exponent, 0)
    return formats.number(value, decimals)
