"""The people behind a structure’s figures: the hours of a month."""

from datetime import date

from django.db.models import F, Sum
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from parcours.enums import StatementState
from parcours.figures.sight import staffed_structures
from parcours.models import MonthlyHours
from structures.models import Structure
from structures.templatetags import formats
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

MONTH_SORTS = {"nom": [F("contract__person__sort_key")], "heures": [F("hours")]}


@require_safe
def structure_month(request, pk, month):
    structure = get_object_or_404(Structure.objects.visible_to(request.user), pk=pk)
    first = first_day(month)
    rows = MonthlyHours.objects.filter(
        statement__convention__structure=structure, statement__month=first
    ).select_related("contract__person")
    if structure.pk not in staffed_structures(request.user):
        # Before it is validated, a month is the structure’s own.
        rows = rows.filter(statement__state=StatementState.VALIDE)
    total = rows.aggregate(n=Sum("hours"))["n"]
    columns = [
        Column("Personne", sort="nom"),
        Column("Contrat"),
        Column("Début", "day"),
        Column("Heures", "hours", sort="heures", total=total),
    ]
    return rows_page(
        request,
        structure,
        f"Heures de {formats.month(first)}",
        rows,
        (MONTH_SORTS, "-heures", columns, month_line),
        "contrat,contrats",
    )


def first_day(word):
    try:
        return date.fromisoformat(f"{word}-01")
    except ValueError as error:
        raise Http404 from error


def month_line(row, named):
    contract = row.contract
    return (
        person(contract, named),
        contract.get_kind_display(),
        contract.starts_on,
        row.hours,
    )


def person(contract, named):
    """The name for the staff of the structure, a pseudonym for anybody else."""
    who = contract.person
    url = reverse("parcours_detail", args=[contract.parcours_id])
    return Link(str(who) if named else who.pseudonym, url)


def rows_page(request, structure, title, rows, shape, words):
    sorts, default, columns, write = shape
    named = structure.pk in staffed_structures(request.user)
    lines = (write(row, named) for row in rows_by_chunk(rows.order_by("pk")))
    if file := exported(request, "lignes", columns, lines):
        return file
    if not named:  # the order of names would tell what the pseudonym hides
        sorts = {**sorts, "nom": [F("contract__person_id")]}
    state = list_state(request, sorts=sorts, default=default)
    page = sorted_page(rows, request, state, sorts=sorts)
    lines = [write(row, named) for row in page]
    empty = Empty("Aucune ligne", "Rien n’est enregistré pour cette période.")
    table = Table(title, columns, lines, state, page, empty, has_title=True)
    return render(
        request,
        "parcours/structure_rows.html",
        {
            "structure": structure,
            "title": title,
            "listing": Listing(table, words),
            "named": named,
        },
    )
