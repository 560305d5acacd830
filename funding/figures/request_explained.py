"""A figure of a request opened: its formula, what goes in, the lines it sums."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from funding.figures.explained import Explained, Input, Row
from funding.figures.requests import (
    Dossier,
    expected_aid,
    label_of,
    months_in,
    unit_amount,
)
from structures.enums import Place
from structures.models import LegalValue
from structures.rules import requests as rules

ZERO = Decimal(0)
Maker = Callable[[Dossier, date], Explained | None]


def explain_request(dossier: Dossier, code: str, *, on: date) -> Explained | None:
    """The figure of that name, two queries at most; None when there is none.

    Those of a year end with it: etp-2020, aide-2020.
    """
    name, _, year = code.partition("-")
    if not year:
        return FIGURES[name](dossier, on) if name in FIGURES else None
    asked = {str(it): it for it in dossier.years}.get(year)
    if asked is None or name not in OF_A_YEAR:
        return None
    return OF_A_YEAR[name](dossier, asked, on)


def posts(dossier: Dossier, year: int, on: date) -> Explained:
    rows = [
        Row(it.label, dossier.posts.get((it.value, year), ZERO))
        for it in dossier.contracts
    ]
    formula = "Somme des postes demandés pour l’année, en équivalents temps plein."
    title = f"ETP demandés, {year}"
    return Explained(title, "etp", dossier.etp[year], formula, [], [], rows)


def aid(dossier: Dossier, year: int, on: date) -> Explained | None:
    """None before the first text."""
    unit = unit_amount(dossier.convention, on=on)
    if unit is None:
        return None
    value = expected_aid(dossier.convention, dossier.etp, unit.value)[year] or ZERO
    months = months_in(dossier.convention, year)
    product = "ETP demandés × montant par ETP"
    return Explained(
        *(f"Aide attendue, {year}", "cents", value),
        f"{product}, arrondi au centime."
        if months == 12
        else f"{product} ÷ 12, arrondi au centime, × mois de la convention.",
        [
            Input(f"ETP demandés, {year}", "etp", dossier.etp[year]),
            Input("Montant par ETP", "cents", unit.value),
            Input("Mois de la convention", "count", months),
        ],
        [unit],
        [Row(f"Postes de {year}", value)],
    )


def charges(dossier: Dossier, on: date) -> Explained:
    return summed("Total des charges", rules.CHARGES, dossier)


def products(dossier: Dossier, on: date) -> Explained:
    return summed("Total des produits, hors aide de l’État", rules.PRODUCTS, dossier)


def summed(title: str, names: Sequence[str], dossier: Dossier) -> Explained:
    """Lines of the budget; an empty one counts for nothing."""
    values = dossier.facts.values
    rows = [Row(titled(name), rules.total((name,), values)) for name in names]
    formula = f"Somme des lignes saisies, {dossier.years[0]}."
    total = rules.total(names, values)
    return Explained(title, "cents", total, formula, [], [], rows)


def titled(name: str) -> str:
    words = label_of(name)
    return words[0].upper() + words[1:]


def balance(dossier: Dossier, on: date) -> Explained:
    """Products and the State’s aid of the first year, less the charges."""
    year, values = dossier.years[0], dossier.facts.values
    expected = aid(dossier, year, on)
    rows = [
        Row("Total des produits saisis", rules.total(rules.PRODUCTS, values)),
        Row(f"Aide de l’État attendue, {year}", expected.value if expected else ZERO),
        Row("Total des charges", -rules.total(rules.CHARGES, values)),
    ]
    left = sum((row.value for row in rows), ZERO)
    formula = "Produits saisis + aide de l’État attendue − charges."
    law = expected.law if expected else []
    return Explained("Produits moins charges", "cents", left, formula, [], law, rows)


def sales(dossier: Dossier, on: date) -> Explained | None:
    """Sales of an ACI over its charges (R14); None for others, and without charges."""
    values = dossier.facts.values
    sold = rules.total(("sales",), values)
    spent = rules.total(rules.CHARGES, values)
    if dossier.facts.ordinary is None or not spent:
        return None
    inputs = [
        Input(titled("sales"), "cents", sold),
        Input("Total des charges", "cents", spent),
    ]
    law = limits(dossier, on)
    formula = "Ventes ÷ total des charges, à comparer à ce que la loi permet."
    return Explained(
        "Ventes sur charges", "percent", sold / spent, formula, inputs, law, []
    )


def limits(dossier: Dossier, on: date) -> list[LegalValue]:
    """The ordinary limit, then the one a decision allows; one query (R14)."""
    known = LegalValue.objects.in_force(on=dossier.convention.starts_on, known_on=on)
    found = known.filter(parameter="aci_part_ventes", place=Place.METROPOLE)
    return sorted(found, key=lambda limit: limit.value)


FIGURES: dict[str, Maker] = {
    "charges": charges,
    "produits": products,
    "solde": balance,
    "ventes": sales,
}
OF_A_YEAR: dict[str, Callable[[Dossier, int, date], Explained | None]] = {
    "etp": posts,
    "aide": aid,
}
