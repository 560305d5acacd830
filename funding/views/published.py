"""What the documents publish beside what we compute, and the rows behind each figure."""

from decimal import Decimal
from fractions import Fraction

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from funding.enums import Relation
from funding.figures.published import published_table, rows_behind
from funding.figures.published_access import openable
from funding.models import PublishedFigure
from structures.templatetags import formats
from structures.views.badges import ERROR, NEUTRAL, SUCCESS, Badge
from structures.views.exports import csv_response
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
NO_ROWS = Empty("Aucune ligne", "Rien dans la base ne fonde ce chiffre.")


def agents_only(user):
    if not (user.is_agent or user.is_superuser):
        raise PermissionDenied


@require_safe
def published(request):
    agents_only(request.user)
    rows = published_table()
    open_to_me = openable(PublishedFigure.objects.all(), request.user)
    documents = dict.fromkeys((row.document, row.published_on) for row in rows)
    sections = [
        (document, day, table_of(document, n, rows, open_to_me))
        for n, (document, day) in enumerate(documents)
    ]
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


def table_of(document, number, rows, open_to_me):
    columns = [
        Column("Chiffre"),
        Column("Publié", "figure"),
        Column("Calculé", "figure"),
        Column("Écart", "figure"),
        Column("Accord", "badge"),
        Column("Formule et source"),
    ]
    lines = [
        line(row, is_open=row.code in open_to_me)
        for row in rows
        if row.document == document
    ]
    return Table(
        "Publié et calculé", columns, lines, key=f"document-{number}", has_title=True
    )


def line(row, *, is_open):
    kind = UNITS.get(row.unit, "count")
    relation = (
        "" if row.relation == Relation.EQUAL else f"{Relation(row.relation).label} "
    )
    opens = is_open and row.has_rows
    url = reverse("published_rows", args=[row.code]) if opens else ""
    return (
        Link(row.label, note=f"« {row.quote} »"),
        f"{relation}{write(kind, row.published)}",
        Link(write(kind, row.computed), url if row.computed is not None else ""),
        write(kind, row.gap),
        HOLDS if row.ok else DIFFERS if row.ok is False else NOT_COMPARED,
        Link(row.note or row.formula, note="" if row.note else row.source),
    )


def write(kind, value):
    if kind == "percent":
        return formats.percent(value)
    return getattr(formats, kind)(value)


@require_safe
def published_rows(request, code):
    agents_only(request.user)
    figure = get_object_or_404(PublishedFigure, code=code)
    mine = openable(PublishedFigure.objects.filter(code=code), request.user)
    behind = rows_behind(code) if mine else None
    if behind is None:
        raise Http404
    columns = [
        Column(label, KINDS.get(kind, kind))
        for label, kind in zip(behind.columns, behind.kinds, strict=True)
    ]
    if request.GET.get("format") == "csv":
        return csv_response(code, columns, iter(behind.rows))
    page = page_of(behind.rows, request)
    table = Table(
        *(figure.label, columns, [tuple(row) for row in page]),
        *(ListState(request.GET), page, NO_ROWS),
    )
    row = next(r for r in published_table() if r.code == code)
    return render(
        request,
        "funding/published_rows.html",
        {
            "figure": figure,
            "row": row,
            "listing": Listing(table, "ligne,lignes"),
            "total": write(UNITS.get(figure.unit, "count"), plain(behind.total)),
        },
    )


def plain(value):
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / value.denominator
    return value
