"""The exits of a structure: each with whether it counts and why, and the live rates."""

from datetime import date

from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from funding.figures.own_objective import own_objective
from parcours.enums import ExitCategory, Light
from parcours.figures.exits import judged_exits, rates_of
from parcours.figures.sight import staffed_structures
from parcours.models import Exit
from parcours.rules.exits import light
from parcours.views.looks import LOOKS
from structures.figures.legal_values import legal_value
from structures.law import NotInForce
from structures.models import Structure
from structures.rules.reading import year_in
from structures.templatetags import formats
from structures.views.badges import ERROR, SUCCESS, Badge, badge_of
from structures.views.context import business_date
from structures.views.exports import exported
from structures.views.listing import Listing
from structures.views.parts import Figure
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
    "nom": [F("contract__person__sort_key")],
    "sortie": [F("exited_on")],
    "motif": [F("motive__label")],
}
LIGHTS = {
    Light.GREEN: Badge("Objectif atteint", *SUCCESS),
    Light.RED: Badge("Objectif non atteint", *ERROR),
}


@require_safe
def structure_exits(request, pk, year):
    """The exits of a year, judged one by one, and the two rates against the objectives."""
    structure = get_object_or_404(Structure.objects.visible_to(request.user), pk=pk)
    on = business_date()
    if year_in(str(year)) is None:
        raise Http404
    judged = judged_exits(structure, year=year, on=on)
    verdicts = {it.exit.pk: it for it in judged}
    rows = Exit.objects.filter(pk__in=verdicts).select_related(
        "contract__person", "motive"
    )
    named = structure.pk in staffed_structures(request.user)
    columns = list_columns()
    lines = (line(row, verdicts, named) for row in rows_by_chunk(rows.order_by("pk")))
    if file := exported(request, "sorties", columns, lines):
        return file
    # The order of names would tell what the pseudonym hides.
    sorts = SORTS if named else {**SORTS, "nom": [F("contract__person_id")]}
    state = list_state(request, sorts=sorts, default="-sortie")
    page = sorted_page(rows, request, state, sorts=sorts)
    title = f"Sorties de {year}"
    lines = [line(row, verdicts, named) for row in page]
    empty = Empty(
        "Aucune sortie", "Personne n’est sorti de la structure cette année-là."
    )
    table = Table(title, columns, lines, state, page, empty, has_title=True)
    context = {
        "structure": structure,
        "title": title,
        "listing": Listing(table, "sortie,sorties"),
        "named": named,
        "summary": summary(structure, rates_of(judged), len(judged), year, on=on),
    }
    return render(request, "funding/structure_exits.html", context)


def list_columns():
    return [
        Column("Personne", sort="nom"),
        Column("Entrée", "day", on_phone=False),
        Column("Sortie", "day", sort="sortie"),
        Column("Motif", sort="motif"),
        Column("Catégorie", "badge"),
        Column("Compte-t-elle ?"),
    ]


def line(row, verdicts, named):
    contract, who = row.contract, row.contract.person
    url = reverse("parcours_detail", args=[contract.parcours_id])
    return (
        Link(str(who) if named else who.pseudonym, url),
        contract.hired_on,
        row.exited_on,
        row.motive.label,
        badge_of(ExitCategory(row.motive.category), LOOKS),
        verdicts[row.pk].told,
    )


def summary(structure, rates, total, year, *, on):
    """The shares beside the national objectives and the forecast of the annexe (R64)."""
    day = min(on, date(year, 12, 31))
    dynamic, durable = objective("DYNAMIQUES", day), objective("DURABLE", day)
    own = own_objective(structure, year=year)
    figures = [
        rate("Sorties dynamiques", rates.dynamic, dynamic, "objectif national"),
        rate("Emploi durable", rates.durable, durable, "objectif national"),
        Figure("Sorties examinées", "count", rates.examined, note=f"sur {total}"),
    ]
    if own is not None:
        figures.insert(
            2, rate("Prévision de l’annexe", rates.dynamic, own, "prévu à l’annexe")
        )
    return figures


def objective(kind, day):
    """A national objective, as a share; None before the text that sets it."""
    try:
        return legal_value("objectif_sorties", kind, on=day).value
    except NotInForce:
        return None


def rate(label, share, objective, word):
    if objective is None:
        return Figure(label, "rate", share)
    lit = light(share, objective=objective)
    return Figure(
        *(label, "rate", share),
        note=f"{word} : {formats.percent(objective)}",
        badge=LIGHTS.get(lit),
    )
