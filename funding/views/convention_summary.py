"""The figures on top of a convention: what its request asks of the first year."""

from django.urls import reverse

from funding.figures.requests import expected_aid, months_in, unit_amount
from funding.views.convention_looks import SALES
from structures.rules import requests as rules
from structures.templatetags import formats
from structures.views.parts import Figure


def summary(convention, dossier, *, on):
    """What is asked for the first year, in ETP and in euros; nothing without a file."""
    if dossier is None:
        return []
    year = dossier.years[0]
    unit = unit_amount(convention, on=on)
    aid = expected_aid(convention, dossier.etp, unit.value if unit else None)[year]
    charges = rules.total(rules.CHARGES, dossier.facts.values)
    etp = dossier.etp[year] or None
    figures = [
        opened(convention, f"ETP demandés, {year}", "etp", etp, f"etp-{year}"),
        opened(
            *(convention, f"Aide attendue, {year}", "money", aid or None),
            f"aide-{year}",
            note=product(convention, dossier, unit),
        ),
        opened(convention, "Charges prévues", "money", charges or None, "charges"),
    ]
    if dossier.facts.ordinary is not None:
        figures.append(sales_figure(convention, dossier.facts, charges))
    return figures


def opened(convention, label, kind, value, code, **options):
    """A figure that opens on its lines; nothing opens “—”."""
    if value is None:
        return Figure(label, kind, value, **options)
    url = reverse("request_figure", args=[convention.pk, code])
    return Figure(label, kind, value, url, **options)


def product(convention, dossier, unit):
    """What an expected aid is made of, in its own figures."""
    if unit is None:
        return "montant socle pas encore connu"
    year = dossier.years[0]
    months = months_in(convention, year)
    part = "" if months == 12 else f" ÷ 12 × {months} mois"
    return f"{formats.etp(dossier.etp[year])} × {formats.cents(unit.value)}{part}"


def sales_figure(convention, facts, charges):
    share = rules.sales_share(
        sales=rules.total(("sales",), facts.values), charges=charges
    )
    return opened(
        *(convention, "Ventes sur charges", "percent", share, "ventes"),
        note=f"moins de {formats.percent(facts.ordinary)}, ou une décision",
        badge=SALES.get(rules.verdict_of(facts)),
    )
