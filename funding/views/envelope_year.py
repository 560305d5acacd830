"""Acts of an envelope's year: its real amount, and credits moved to another line."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from funding.actions.fongibilite import move_credits
from funding.actions.notifications import can_give_back, notify_definitively
from funding.enums import Level, Line, TransferKind
from funding.figures.envelope_acts import kinds_for, sides
from funding.figures.whereabouts import received_by, whereabouts
from funding.figures.worth import worth_of
from funding.forms.year import FongibiliteForm, NotificationForm
from funding.models import Envelope
from funding.rules.closing import difference
from funding.rules.fongibilite import other_side
from funding.views.asking import Asking, ask, done
from funding.views.envelope import asked_envelope, title_of
from funding.views.envelopes import name_of
from funding.views.openings import in_words, of_envelope
from structures.templatetags import formats
from structures.views.context import business_date
from structures.views.parts import Formula
from structures.views.tables import Column, Table

GAP = Formula(
    "Écart",
    "montant définitif − reçu à ce jour",
    "calcul ; les annexes de janvier précèdent la circulaire (R87)",
)


def acted_on(request, pk):
    """The envelope, if this person moves its money; 404 otherwise."""
    envelope = asked_envelope(request, pk)
    if not kinds_for(envelope, request.user):
        raise Http404
    return envelope


def detail_url(envelope):
    return reverse("envelope_detail", args=[envelope.pk])


@require_http_methods(["GET", "HEAD", "POST"])
def envelope_notification(request, pk):
    envelope = acted_on(request, pk)
    form = NotificationForm(request.POST or None, initial={"on": business_date()})

    def notify(values):
        return notify_definitively(
            envelope=envelope,
            by=request.user,
            **{name: values[name] for name in ("amount", "on", "reference", "key")},
        )

    made = done(form, notify)
    if made:
        told = f"Montant définitif : {formats.cents(made.amount)}. {gap_in_words(made.difference)}"
        messages.success(request, told)
        return redirect(detail_url(envelope))
    received = received_by(envelope)
    asking = Asking(
        f"Notification définitive, {title_of(envelope)}",
        title_of(envelope),
        detail_url(envelope),
        lead=format_html(
            "L’enveloppe a reçu {} à ce jour. Donnez le montant définitif de l’année : seul "
            "l’écart bouge.",
            in_words(of_envelope(received, envelope.pk, "tout")),
        ),
        tables=[standing_table(envelope)],
    )

    def preview(asking, values):
        gap = difference(notified=values["amount"], received=received)
        if gap < 0:
            can_give_back(envelope, -gap)
        asking.told = gap_in_words(gap)
        asking.tables.insert(0, gap_table(envelope, values["amount"], received))

    return ask(request, form, asking, preview)


def gap_in_words(gap):
    if not gap:
        return "Rien ne bouge : c’est ce qui était reçu."
    verb = "s’ajoutent" if gap > 0 else "sont repris"
    return f"{formats.cents(abs(gap))} {verb}."


def gap_table(envelope, notified, received):
    """What came, what is the real amount, and what moves: made of the two above it."""
    columns = [Column("Notification"), Column("Montant", "cents")]
    rows = [
        ("Montant définitif, saisi", notified),
        ("Reçu à ce jour", of_envelope(received, envelope.pk, "tout")),
        ("Écart, qui bouge", difference(notified=notified, received=received)),
    ]
    table = Table("Ce que la notification change", columns, rows, key="ecart")
    table.formulas.append(GAP)
    return table


def standing_table(envelope):
    """What is already reserved and committed on it."""
    place = whereabouts(envelope)
    columns = [
        Column("Enveloppe"),
        Column("Libre ici", "cents"),
        Column("Libre plus bas", "cents"),
        Column("Gelé", "cents"),
        Column("Réservé", "cents"),
        Column("Engagé non payé", "cents"),
        Column("Payé", "cents"),
    ]
    row = (
        title_of(envelope),
        of_envelope(place.free, envelope.pk, "disponible", reach="seule"),
        of_envelope(place.below, envelope.pk, "disponible", reach="dessous"),
        of_envelope(place.frozen, envelope.pk, "gele"),
        of_envelope(place.reserved, envelope.pk, "reserve"),
        of_envelope(place.committed, envelope.pk, "non-paye"),
        of_envelope(place.paid, envelope.pk, "paye"),
    )
    return Table("Ce qui y est déjà employé", columns, [row], key="emploi")


@require_http_methods(["GET", "HEAD", "POST"])
def envelope_fongibilite(request, pk):
    envelope = acted_on(request, pk)
    targets = targets_of(envelope)
    if not targets:
        raise Http404
    options = {"targets": [(it.pk, it.get_line_display()) for it in targets]}
    form = FongibiliteForm(
        request.POST or None, options=options, initial={"on": business_date()}
    )

    def move(values):
        return move_credits(
            source=envelope,
            target=chosen(targets, values),
            amount=values["amount"],
            on=values["on"],
            reason=values["reason"],
            by=request.user,
            key=values["key"],
        )

    made = done(form, move)
    if made:
        told = f"{formats.cents(made.amount)} vers {made.target.get_line_display()} : la décision est enregistrée."
        messages.success(request, told)
        return redirect(detail_url(envelope))
    asking = Asking(
        f"Fongibilité, {title_of(envelope)}",
        title_of(envelope),
        detail_url(envelope),
        lead="Des crédits passent d’une ligne à l’autre dans le fonds d’inclusion du "
        f"département (R83). Reste ici : {formats.cents(whereabouts(envelope).free)}.",
    )

    def preview(asking, values):
        target, amount = chosen(targets, values), values["amount"]
        asking.told = (
            f"{formats.cents(amount)} vers {target.get_line_display()}. "
            f"{in_posts(amount, envelope.year, values['on'])}"
        )
        asking.tables = [effect_table(envelope, target, amount)]

    return ask(request, form, asking, preview)


def targets_of(envelope):
    """The lines of the same territory that may receive its credits (R83)."""
    if envelope.level != Level.LINE or envelope.parent_id is None:
        return []
    lines = other_side(Line(envelope.line))
    found = Envelope.objects.filter(
        parent=envelope.parent, level=Level.LINE, line__in=lines
    )
    return list(found.select_related("parent", "departement").order_by("pk"))


def chosen(targets, values):
    return next(it for it in targets if str(it.pk) == values["target"])


def in_posts(amount, year, on):
    """How many PEC or ETP the amount is worth (R83)."""
    worth = worth_of(amount, year=year, on=on)
    etp = " ou ".join(f"{formats.etp(n)} ETP d’{kind}" for kind, n in worth.etp)
    return f"Soit {formats.counted(worth.pec, 'PEC,PEC')}, ou {etp}, sur une année."


def effect_table(source, target, amount):
    columns = [Column("Ligne"), Column("Avant", "cents"), Column("Après", "cents")]
    gives = sides(TransferKind.RETURN, source, amount)[0]
    takes = sides(TransferKind.DELEGATION, target, amount)[-1]
    rows = [
        (name_of(place), side.before, side.after)
        for place, side in ((source, gives), (target, takes))
    ]
    return Table("Ce que la décision change", columns, rows, key="effet")
