"""Tables and banner of over-payments and their titres."""

from django.db.models import Sum
from django.urls import reverse

from funding.views.looks import CLAIMED, DROPPED, RECOVERED, TO_CLAIM
from funding.views.openings import movements, schedule
from structures.views.parts import Banner, Formula
from structures.views.tables import Column, Empty, Link, Table

NO_EXCESS = Empty(
    "Aucun trop-perçu",
    "Seules les annexes terminées, dont les heures sont calculées, sont comparées.",
    who="La campagne calcule la consommation d’une année passée.",
)


def list_columns(rows):
    names = ("paid", "due", "excess")
    sums = rows.aggregate(**{f"sum_{name}": Sum(name) for name in names})
    return [
        Column("Structure", sort="nom"),
        Column("Payé", "cents", sort="paye", total=sums["sum_paid"]),
        Column("Dû", "cents", hint="heures, plafonné", total=sums["sum_due"]),
        Column("Trop-perçu", "cents", sort="excedent", total=sums["sum_excess"]),
        Column("Suite", "badge"),
    ]


FORMULA = Formula(
    "Trop-perçu",
    "payé, sans la part modulée, − dû ; le dû est la valeur des heures, plafonnée à l’annexe",
    "Code du travail, art. R. 5132-5 (R32, R86)",
)


def claim_line(annexe, user):
    """The titre, or what leads to it: an agent makes it, others read the payments."""
    structure = annexe.convention.structure
    if annexe.claim:
        url = reverse("claim_detail", args=[annexe.claim])
    else:
        name = "claim_add" if user.is_agent else "payment_schedule"
        url = reverse(name, args=[annexe.version])
    return (
        Link(structure.name, url, f"{structure.kind}, {annexe}"),
        movements(annexe.paid, annexe.pk, "paye"),
        schedule(annexe.due, annexe.version),
        annexe.excess,
        badge_of_annexe(annexe),
    )


def badge_of_annexe(annexe):
    if annexe.claim is None:
        return TO_CLAIM
    return RECOVERED if annexe.recovered_on else CLAIMED


def badge_of_claim(claim):
    if claim.recovered_on:
        return RECOVERED
    return DROPPED if claim.cancelled_on else CLAIMED


def standing_table(annexe, stands):
    columns = [
        Column("Annexe"),
        Column("Payé", "cents"),
        Column("Dû d’après les heures", "cents"),
        Column("Trop-perçu", "cents"),
    ]
    paid = movements(stands.paid, annexe.pk, "paye")
    row = (str(annexe), paid, stands.due, stands.excess)
    return Table("Payé et dû", columns, [row], key="trop-percu")


def banner(claim):
    facts = [
        ("Structure", "text", claim.annexe.convention.structure.name),
        ("Annexe", "text", str(claim.annexe)),
        ("Payé", "cents", movements(claim.paid, claim.annexe_id, "paye")),
        ("Dû", "cents", claim.due),
        ("À reverser", "cents", claim.amount),
        ("Émis le", "day", claim.issued_on),
        ("Reversé le", "day", claim.recovered_on),
    ]
    if claim.cancelled_on:
        facts.append(("Annulé le", "day", claim.cancelled_on))
        facts.append(("Motif d’annulation", "text", claim.cancel_reason))
    return Banner(f"Titre de reversement n° {claim.pk}", [badge_of_claim(claim)], facts)
