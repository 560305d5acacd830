"""Where a request stands: what is saved, what another window wrote, what is missing."""

from functools import partial

from django.urls import reverse

from funding.figures.requests import expected_aid, label_of, lacks, unit_amount
from funding.forms.requests import titled
from funding.views.convention_looks import SALES
from funding.views.openings import of_request
from structures.enums import RequestStep
from structures.rules import requests as rules
from structures.rules.merging import fingerprint
from structures.templatetags import formats
from structures.views.context import business_date
from structures.views.parts import Tab


def step_url(convention, step):
    return reverse("request_step", args=[convention.pk, step.value])


def told(form):
    """(field, label, sentence) of what could not be read, and of what was refused."""
    return [
        (f"id_{name}" if name in form.fields else "", label_in(form, name), sentence)
        for name, sentences in form.errors.items()
        for sentence in sentences
    ]


def label_in(form, name):
    return form.fields[name].label if name in form.fields else ""


def conflicts_of(saved):
    """What two windows wrote: theirs, mine, and what a button keeps."""
    return [
        {
            "label": titled(label_of(it.field)),
            "theirs": it.theirs,
            "mine": it.mine,
            "mark": f"{it.field}:{fingerprint(it.theirs)}",
        }
        for it in (saved.conflicts if saved else [])
    ]


def marks(saved):
    """What this window has now seen of each field that it wrote."""
    if saved is None:
        return []
    return [(name, fingerprint(saved.dossier.values[name])) for name in saved.written]


def state_of(dossier, step):
    """What the step lacks, and what its figures make."""
    return {
        "lacks": [titled(label) for label in lacks(dossier).get(step, [])],
        "computed": computed(dossier, step),
        "verdict": SALES.get(rules.verdict_of(dossier.facts))
        if step == RequestStep.BUDGET
        else None,
    }


def computed(dossier, step):
    """(label, kind, value) of what follows from the figures typed."""
    on = business_date()
    opened = partial(opens, dossier)
    found = unit_amount(dossier.convention, on=on)
    known = found.value if found else None
    if step == RequestStep.POSTS:
        aid = expected_aid(dossier.convention, dossier.etp, known)
        return [
            (f"Aide attendue pour {year}", "money", opened(amount, f"aide-{year}"))
            for year, amount in aid.items()
        ]
    if step == RequestStep.BUDGET:
        return budget_lines(dossier, known)
    return []


def opens(dossier, value, code):
    """What nothing was typed for is not known: it opens nothing."""
    return of_request(value or None, dossier.convention, code)


def budget_lines(dossier, unit):
    values, year = dossier.facts.values, dossier.years[0]
    charges = rules.total(rules.CHARGES, values)
    products = rules.total(rules.PRODUCTS, values)
    aid = expected_aid(dossier.convention, dossier.etp, unit)[year]
    left = products + (aid or 0) - charges
    share = rules.sales_share(sales=rules.total(("sales",), values), charges=charges)
    balance = of_request(left if charges else None, dossier.convention, "solde")
    lines = [
        ("Total des charges", "cents", opens(dossier, charges, "charges")),
        ("Total des produits saisis", "cents", opens(dossier, products, "produits")),
        (
            *(f"Aide de l’État attendue, {year}", "cents"),
            opens(dossier, aid, f"aide-{year}"),
        ),
        ("Produits moins charges", "cents", balance),
    ]
    if dossier.facts.ordinary is not None:
        limit = formats.percent(dossier.facts.ordinary)
        share = of_request(share, dossier.convention, "ventes")
        lines.append((f"Ventes sur charges, limite {limit}", "percent", share))
    return lines


def steps(dossier, current):
    """The steps as tabs, each with how many things it lacks: those its page lists."""
    missing = lacks(dossier)
    return [
        Tab(
            step.label,
            step_url(dossier.convention, step),
            step == current,
            len(missing.get(step, [])) or None,
            key=f"manque-{step.value}",
        )
        for step in RequestStep
    ]
