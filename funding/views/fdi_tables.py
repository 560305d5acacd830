"""Tables, banner and sums of FDI requests."""

from decimal import Decimal

from django.urls import reverse

from funding.enums import Bucket, FdiAct, FdiStatus
from funding.figures.fdi import available_for, held_by
from funding.rules.fdi import advance_of, balance_of
from funding.views.looks import LOOKS
from structures.views.badges import badge_of
from structures.views.parts import Banner, Figure
from structures.views.tables import Column, Empty, Link, Table

ZERO = Decimal(0)
NO_REQUEST = Empty(
    "Aucune demande FDI cette année",
    "Une demande est saisie par l’agent qui l’instruit.",
)
NO_EVENT = Empty("Aucun acte encore", "L’avis du CDIAE est le premier.")


def list_columns(sums):
    return [
        Column("Structure", sort="nom"),
        Column("Nature"),
        Column("Statut", "badge"),
        Column("Reçue le", "day", sort="recue"),
        Column("Demandé", "cents", sort="demande", total=sums.requested),
        Column("Accordé", "cents", sort="accorde", total=sums.agreed),
    ]


def fdi_line(found):
    return (
        Link(
            found.structure.name,
            reverse("fdi_detail", args=[found.pk]),
            found.structure.kind,
        ),
        found.get_kind_display(),
        badge_of(FdiStatus(found.status), LOOKS),
        found.received_on,
        found.requested,
        found.agreed,
    )


def banner(found):
    facts = [
        ("Structure", "text", found.structure.name),
        ("Nature", "text", found.get_kind_display()),
        ("Reçue le", "day", found.received_on),
        ("Avis du CDIAE", "text", opinion(found)),
        ("Décidée le", "day", found.decided_on),
        ("Coût du projet", "cents", found.cost),
    ]
    badge = badge_of(FdiStatus(found.status), LOOKS)
    return Banner(f"FDI, {found.structure.name}", [badge], facts)


def opinion(found):
    if found.opinion_on is None:
        return ""
    return f"{found.get_opinion_display()}, {found.opinion_on:%d/%m/%Y}"


def summary(found, held):
    """Each sum of the ledger opens the request’s own transfers."""
    base = f"{reverse('fdi_transfers', args=[found.pk])}?compartiment="
    paid, left = (
        held[bucket] if found.agreed else None
        for bucket in (Bucket.PAID, Bucket.COMMITTED)
    )
    figures = [
        Figure("Aide accordée", "cents", found.agreed, f"{base}engage"),
        Figure("Aide demandée", "cents", found.requested),
        Figure("Part versée d’avance", "percent", found.advance_share),
        Figure("Payé", "cents", paid, f"{base}paye"),
        Figure("Reste à payer", "cents", left, f"{base}non-paye"),
    ]
    if found.approved is not None:
        figures.insert(2, Figure("Aide justifiée", "cents", found.approved))
    return figures


def history_table(found):
    columns = [
        Column("Acte"),
        Column("Date d’effet", "day"),
        Column("Statut", "badge"),
        Column("Montant", "cents"),
        Column("Par"),
        Column("Motif"),
    ]
    rows = [
        (
            event.get_act_display(),
            event.on,
            badge_of(FdiStatus(event.target), LOOKS),
            event.amount,
            str(event.by) if event.by else "Application",
            event.reason,
        )
        for event in found.events.select_related("by").order_by("-pk")
    ]
    return Table("Historique", columns, rows, empty=NO_EVENT, key="historique")


def effects_of(found, act, answers):
    """What an act changes in the FDI line and in the request; none when nothing."""
    held = held_by(found)
    changes = changes_of(found, act, answers, held)
    if not changes:
        return []
    before = {"Reste de l’enveloppe FDI": available_for(found, on=answers.on)}
    before |= {
        "Engagé non payé": held[Bucket.COMMITTED],
        "Payé": held[Bucket.PAID],
    }
    columns = [Column("Compte"), Column("Avant", "cents"), Column("Après", "cents")]
    rows = [
        (name, amount, amount + changes.get(name, ZERO))
        for name, amount in before.items()
    ]
    return [Table("Ce que l’acte change", columns, rows, key="effet")]


def changes_of(found, act, answers, held):
    """Euros added to each account, by the words of the table above."""
    free, engaged, paid = "Reste de l’enveloppe FDI", "Engagé non payé", "Payé"
    if act == FdiAct.AGREE:
        return {free: -answers.amount, engaged: answers.amount}
    if act == FdiAct.PAY_ADVANCE:
        advance = advance_of(agreed=found.agreed, share=found.advance_share)
        return {engaged: -advance, paid: advance}
    if act == FdiAct.SETTLE:
        balance = max(balance_of(approved=answers.amount, paid=held[Bucket.PAID]), ZERO)
        rest = held[Bucket.COMMITTED] - balance
        return {free: rest, engaged: -held[Bucket.COMMITTED], paid: balance}
    if act == FdiAct.RECOVER:
        excess = held[Bucket.PAID] - found.approved
        return {free: excess, paid: -excess}
    if act == FdiAct.CANCEL and held[Bucket.COMMITTED]:
        return {free: held[Bucket.COMMITTED], engaged: -held[Bucket.COMMITTED]}
    return {}
