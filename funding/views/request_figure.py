"""A figure of a request opened down to its law and its lines."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from funding.figures.request_explained import explain_request
from funding.figures.requests import dossier_of
from funding.views.annexe_figure import inputs_table, law_table, rows_table
from funding.views.convention import address, asked
from funding.views.convention_parts import title
from structures.views.context import business_date


@require_safe
def request_figure(request, pk, code):
    on = business_date()
    convention = asked(request, pk)
    dossier = dossier_of(convention, on=on)
    figure = explain_request(dossier, code, on=on) if dossier else None
    if figure is None:
        raise Http404
    return render(
        request,
        "funding/annexe_figure.html",
        {
            "title": f"{figure.title} : {title(convention)}",
            "figure": figure,
            "parent": title(convention),
            "back": address(convention),
            "tables": [*tables(figure)],
        },
    )


def tables(figure):
    """What there is to show: a sum of lines typed has no text, a ratio no line."""
    if figure.inputs:
        yield inputs_table(figure)
    if figure.law:
        yield law_table(figure)
    if figure.rows:
        yield rows_table(figure, False)
