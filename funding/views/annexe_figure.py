"""A figure of an annexe opened down to its law and its rows."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from funding.figures.explained import explain
from funding.views.annexe import address, asked, title
from structures.templatetags.tables import written
from structures.views.context import business_date
from structures.views.legal_values import line
from structures.views.legal_values import title as title_of_law
from structures.views.tables import Column, Empty, Link, Table

NO_ROW = Empty(
    "Aucune ligne",
    "Aucune enveloppe ne porte ce chiffre : les termes ne sont pas encore répartis.",
)


@require_safe
def annexe_figure(request, pk, code):
    version = asked(request, pk)
    figure = explain(version, code, on=business_date())
    if figure is None:
        raise Http404
    sees_money = request.user.is_agent or request.user.is_superuser
    return render(
        request,
        "funding/annexe_figure.html",
        {
            "title": f"{figure.title} de {title(version)}",
            "figure": figure,
            "version": version,
            "parent": "Annexe",
            "back": address(version),
            "tables": [
                inputs_table(figure),
                law_table(figure),
                rows_table(figure, sees_money),
            ],
        },
    )


def inputs_table(figure):
    columns = [Column("Donnée"), Column("Valeur", "figure")]
    rows = [(it.label, written(it.kind, it.value)) for it in figure.inputs]
    return Table("Ce qui entre dans le calcul", columns, rows, key="donnees")


def law_table(figure):
    columns = [
        Column("Valeur légale"),
        Column("Valeur", "figure"),
        Column("Prend effet le", "day"),
        Column("Publiée le", "day"),
        Column("Texte"),
        Column("Confiance", "badge"),
    ]
    rows = []
    for value in figure.law:
        _, _, shown, since, published, text, badge = line(value)
        url = f"{reverse('legal_values')}?parametre={value.parameter}"
        name = Link(title_of_law(value.parameter), url)
        rows.append((name, shown, since, published, text, badge))
    empty = Empty("Aucun texte", "Ce chiffre se négocie : aucun texte ne le fixe.")
    return Table("Le texte", columns, rows, empty=empty, key="texte")


def rows_table(figure, sees_money):
    columns = [Column("Ligne"), Column(figure.title, figure.kind)]
    rows = [(named(row, sees_money), row.value) for row in figure.rows]
    total = ("Somme des lignes", figure.sum)
    return Table(
        *("Les lignes qui font ce chiffre", columns, rows),
        empty=NO_ROW,
        key="lignes",
        footer=total,
    )


def named(row, sees_money):
    if row.envelope is None or not sees_money:
        return row.label
    return Link(row.label, reverse("envelope_transfers", args=[row.envelope]))
