"""What the documents publish beside what we compute, and the rows behind each figure."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from funding.enums import Relation
from funding.figures.published import (
    PublishedRow,
    published_table,
    row_of,
    rows_behind,
)
from funding.figures.published_access import closed_to
from funding.models import PublishedFigure
from structures.templatetags import formats
from structures.views.badges import ERROR, NEUTRAL, SUCCESS, Badge
from structures.views.exports import exported
from structures.views.listing import Listing
from structures.views.tables import (
    Column,
    Empty,
    Link,
    ListState,
    Table,
    page_of,
)

KINDS = {"date": "day", "part": "percent"}
UNITS = {"€": "money", "ETP": "etp", "part": "percent"}
HOLDS = Badge("Concordant", *SUCCESS)
DIFFERS = Badge("Écart", *ERROR)
NOT_COMPARED = Badge("Non comparé", *NEUTRAL)
NO_FIGURE = Empty(
    "Aucun chiffre publié",
    "Les chiffres des documents officiels arrivent avec le territoire de démonstration.",
)
CLOSED = "hors de votre territoire"
COLUMNS = [
    Column("Chiffre"),
    Column("Publié", "figure"),
    Column("Calculé", "figure"),
    Column("Écart", "figure"),
    Column("Accord", "badge"),
    Column("Formule et source"),
]
NO_ROWS = Empty("Aucune ligne", "Rien dans la base ne fonde ce chiffre.")


def agents_only(user):
    if not (user.is_agent or user.is_superuser):
        raise PermissionDenied


@dataclass(frozen=True)
class Section:
    """A document and the table of its figures."""

    document: str
    day: date
    rows: list[PublishedRow]
    table: Table


@require_safe
def published(request):
    agents_only(request.user)
    sections = sections_for(request.user)
    rows = [row for section in sections for row in section.rows]
    compared = [row for row in rows if row.ok is not None]
    return render(
        request,
        "funding/published.html",
        {
            "sections": sections,
            "compared": len(compared),
            "holding": sum(row.ok for row in compared),
            "empty": NO_FIGURE,
        },
    )


def sections_for(user, *, is_compact=False):
    """Every document with its figures; what we compute, for those it belongs to."""
    closed = closed_to(user, PublishedFigure.objects.all())
    rows = published_table(closed)
    documents = dict.fromkeys((row.document, row.published_on) for row in rows)
    sections = []
    for number, (document, day) in enumerate(documents):
        own = [row for row in rows if row.document == document]
        lines = [
            line(row, is_closed=row.code in closed, is_compact=is_compact)
            for row in own
        ]
        table = Table(
            *("Publié et calculé", COLUMNS, lines),
            key=f"document-{number}",
            has_title=True,
        )
        sections.append(Section(document, day, own, table))
    return sections


def line(row, *, is_closed, is_compact):
    kind = UNITS.get(row.unit, "count")
    relation = (
        "" if row.relation == Relation.EQUAL else f"{Relation(row.relation).label} "
    )
    return (
        row.label if is_compact else Link(row.label, note=f"« {row.quote} »"),
        f"{relation}{write(kind, row.published)}",
        computed(row, kind, is_closed=is_closed),
        formats.points(row.gap) if kind == "percent" else write(kind, row.gap),
        HOLDS if row.ok else DIFFERS if row.ok is False else NOT_COMPARED,
        Link(row.note or row.formula, note="" if row.note else row.source),
    )


def computed(row, kind, *, is_closed):
    """The figure and what opens its rows; a dash and why when it is another’s."""
    if is_closed and row.formula:
        return Link(formats.EMPTY, note=CLOSED)
    url = reverse("published_rows", args=[row.code]) if row.has_rows else ""
    return Link(write(kind, row.computed), url)


def write(kind, value):
    if kind == "percent":
        return formats.percent(value)
    return getattr(formats, kind)(value)


@require_safe
def published_rows(request, code):
    agents_only(request.user)
    figure = get_object_or_404(PublishedFigure, code=code)
    if closed_to(request.user, PublishedFigure.objects.filter(code=code)):
        raise Http404
    behind = rows_behind(code)
    if behind is None:
        raise Http404
    columns = [
        Column(label, KINDS.get(kind, kind))
        for label, kind in zip(behind.columns, behind.kinds, strict=True)
    ]
    if file := exported(request, code, columns, behind.rows):
        return file
    page = page_of(behind.rows, request)
    table = Table(
        *(figure.label, columns, [tuple(row) for row in page]),
        *(ListState(request.GET), page, NO_ROWS),
    )
    return render(
        request,
        "funding/published_rows.html",
        {
            "figure": figure,
            "row": row_of(figure),
            "listing": Listing(table, "ligne,lignes"),
            "total": write(UNITS.get(figure.unit, "count"), plain(behind.total)),
        },
    )


def plain(value):
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / value.denominator
    return value
