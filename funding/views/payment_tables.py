"""Tables of an annexe’s payments: month by month, one by one, what is left to pay."""

from decimal import Decimal

from django.urls import reverse

from funding.actions.payments import accounts_of, committed
from funding.models import Envelope
from funding.rules.payments import shared
from funding.views.openings import movements
from structures.templatetags import formats
from structures.views.badges import SUCCESS, WARNING, Badge
from structures.views.parts import Figure, Formula
from structures.views.tables import Column, Empty, Link, Table

NO_MONTH = Empty(
    "Pas encore d’échéancier",
    "Il se calcule quand une version de l’annexe est signée.",
)
NO_PAYMENT = Empty(
    "Aucun paiement saisi ici",
    "Les paiements viennent du grand livre, d’un fichier de l’ASP ou d’une saisie.",
)
NOTHING_LEFT = Empty(
    "Rien n’est engagé et non payé",
    "Un paiement n’est possible que sur une annexe signée, dont tout n’est pas payé.",
)


def summary(version, schedule, *, on):
    now = schedule.at(on)
    paid = f"{reverse('annexe_transfers', args=[version.annexe_id])}?compartiment=paye"
    figures = [
        Figure(
            *("Payé", "cents", schedule.paid, paid),
            badge=late_or_not(now),
            note=f"sur {formats.cents(schedule.due)} dus dans l’année",
        ),
        Figure(
            *("Dû à ce jour", "cents", now.due_so_far if now else None),
            "#legende-echeancier",
            note=f"jusqu’à {formats.month(now.month)}" if now else "",
        ),
        Figure(
            *("Valeur des heures", "cents", schedule.earned),
            hours_of(version),
            note="mois non saisis comptés comme prévu",
        ),
    ]
    if schedule.modulated:
        figures.append(
            Figure("Part modulée payée", "cents", schedule.modulated, note="à part")
        )
    return figures


def hours_of(version):
    """The months of the structure, whose hours are worth it."""
    structure = version.annexe.convention.structure_id
    return f"{reverse('structure_detail', args=[structure])}#mois-titre"


def late_or_not(now):
    """Behind or ahead of what is due, beyond a euro: the cents are roundings."""
    if now is None or abs(now.gap) < 1:
        return Badge("À jour", *SUCCESS) if now else None
    word = "Payé d’avance" if now.gap > 0 else "En retard"
    return Badge(f"{word} : {formats.money(abs(now.gap))}", *WARNING)


def schedule_table(schedule):
    columns = [
        Column("Mois"),
        Column("Dû", "cents"),
        Column("Payé", "cents"),
        Column("Dû cumulé", "cents", on_phone=False),
        Column("Payé cumulé", "cents", on_phone=False),
        Column("Écart", "cents", hint="cumulé"),
    ]
    rows = [
        (
            Link(
                formats.month(it.month),
                note="régularisé" if it.is_regularised else "",
            ),
            *(it.due, it.paid, it.due_so_far, it.paid_so_far, it.gap),
        )
        for it in schedule.months
    ]
    footer = ("Ensemble", schedule.due, schedule.paid, None, None, None)
    formula = Formula(
        "Dû",
        "aide de l’annexe ÷ mois, le dernier prenant le reste ; les derniers mois paient "
        "ce que valent les heures",
        "arrêté du 6 mars 2014 (R18)",
    )
    return Table(
        "Échéancier",
        columns,
        rows,
        empty=NO_MONTH,
        key="echeancier",
        footer=footer if rows else (),
        formulas=[formula],
    )


def payments_table(payments):
    columns = [
        Column("Référence"),
        Column("Mois payé", "month"),
        Column("Payé le", "day"),
        Column("Montant", "cents"),
        Column("Origine"),
        Column("Par"),
    ]
    rows = [
        (
            Link(it.reference, note="annulé" if it.cancelled_on else modulated(it)),
            it.period,
            it.paid_on,
            it.amount
            if it.cancelled_on
            else movements(it.amount, it.annexe_id, "paye"),
            it.get_origin_display(),
            str(it.by) if it.by else "Traitement",
        )
        for it in payments
    ]
    return Table("Paiements saisis", columns, rows, empty=NO_PAYMENT, key="paiements")


def modulated(payment):
    return "part modulée" if payment.is_modulated else ""


def left_table(annexe, values=None):
    """What each envelope has committed and not paid; what a payment would leave."""
    is_modulated = bool(values and values["is_modulated"])
    held = committed(accounts_of(annexe, is_modulated=is_modulated))
    held = {key: amount for key, amount in held.items() if amount}
    amount = min(values["amount"], sum(held.values(), Decimal(0))) if values else None
    parts = shared(amount, held) if amount else {}
    envelopes = Envelope.objects.in_bulk(list(held))
    columns = [Column("Enveloppe"), Column("Engagé non payé", "cents")]
    if values:
        columns += [Column("Ce paiement", "cents"), Column("Reste après", "cents")]
    rows = []
    for key, balance in sorted(held.items()):
        row = (envelopes[key].get_line_display(), balance)
        if values:
            part = parts.get(key, Decimal(0))
            row = (*row, part, balance - part)
        rows.append(row)
    return Table("Ce qui reste à payer", columns, rows, empty=NOTHING_LEFT, key="reste")
