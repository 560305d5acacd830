"""The closing of an exercise: what it will give back, row by row, then done."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from funding.actions.closing import close_year
from funding.figures.closing import preflight
from funding.forms.year import ClosingForm
from funding.rules.closing import closes_from
from funding.views.asking import Asking, ask, done
from funding.views.envelope import title_of
from funding.views.envelope_year import acted_on, detail_url
from funding.views.envelopes import name_of
from funding.views.openings import in_words, movements, of_envelope, of_fdi
from funding.views.transfers import TO_RETURN
from structures.enums import Status
from structures.templatetags import formats
from structures.views.context import business_date
from structures.views.parts import Formula
from structures.views.tables import Column, Empty, Link, Table

SHOWN = 30
AFTERWARDS = "Ensuite, l’exercice sera clos pour de bon : la base refusera tout nouvel engagement."
NO_RESERVED = Empty("Rien n’est réservé sans être signé")
NO_UNPAID = Empty("Tout ce qui est engagé est payé")
NO_REST = Empty("Rien à rendre")
RETURNED = Formula(
    "Rendu au-dessus",
    "disponible + gelé + réservations rendues + reçu d’en dessous",
    "annualité budgétaire, art. 8 de la loi organique du 1er août 2001 (LOLF)",
)


@require_http_methods(["GET", "HEAD", "POST"])
def envelope_closing(request, pk):
    envelope = acted_on(request, pk)
    on = business_date()
    found = preflight(envelope, on=on)
    form = ClosingForm(
        request.POST or None,
        initial={
            "on": max(on, closes_from(envelope.year)),
            "expected": found.returned,
        },
    )

    def close(values):
        return close_year(
            envelope=envelope,
            on=values["on"],
            today=on,
            by=request.user,
            expected=values["expected"],
        )

    made = done(form, close)
    if made:
        messages.success(request, report(envelope, made))
        return redirect(detail_url(envelope))
    asking = Asking(
        f"Clôture de l’exercice {envelope.year}, {name_of(envelope)}",
        title_of(envelope),
        detail_url(envelope),
        lead=summary(found),
        refusal=found.refusal,
        tables=[reserved_table(found), unpaid_table(found), rests_table(found)],
    )

    def preview(asking, values):
        asking.told = format_html("{} {}", summary(found), AFTERWARDS)

    return ask(request, form, asking, preview)


def summary(found):
    where = "à l’enveloppe au-dessus" if found.envelope.parent_id else "hors budget"
    released, returned, owed = totals(found)
    return format_html(
        "{} réservés et jamais signés seront rendus, puis {} reviendront {}. {} engagés "
        "restent à payer après la clôture.",
        *(in_words(released), in_words(returned), where, in_words(owed)),
    )


def totals(found):
    """What is released, returned and still owed, each on the transfers that make it."""
    place = found.envelope.pk
    return (
        of_envelope(found.released, place, "reserve"),
        of_envelope(found.returned, place, TO_RETURN),
        of_envelope(found.owed, place, "non-paye"),
    )


def report(envelope, made):
    lines = formats.counted(
        len(made.reserved), "réservation rendue,réservations rendues"
    )
    places = formats.counted(len(made.rests), "enveloppe close,enveloppes closes")
    return (
        f"Exercice {envelope.year} clos : {lines}, {places}, "
        f"{formats.cents(made.returned)} rendus."
    )


def reserved_table(found):
    columns = [
        Column("Réservé et jamais signé"),
        Column("Enveloppe"),
        Column("Sera rendu", "cents", total=totals(found)[0]),
        Column("Le dossier reste"),
    ]
    rows = [
        (
            holder(line),
            line.envelope,
            held_amount(line, "reserve"),
            Status(line.status).label if line.status else "Sans dossier en cours",
        )
        for line in found.reserved[:SHOWN]
    ]
    caption = first_of("À rendre", found.reserved)
    return Table(caption, columns, rows, empty=NO_RESERVED, key="reserve")


def unpaid_table(found):
    columns = [
        Column("Engagé et non payé"),
        Column("Enveloppe"),
        Column("Reste à payer", "cents", total=totals(found)[2]),
    ]
    rows = [
        (holder(it), it.envelope, held_amount(it, "non-paye"))
        for it in found.unpaid[:SHOWN]
    ]
    caption = first_of("Qui restera à payer", found.unpaid)
    return Table(caption, columns, rows, empty=NO_UNPAID, key="impaye")


def first_of(caption, lines):
    """The largest are shown; the total above is that of all."""
    if len(lines) <= SHOWN:
        return caption
    return f"{caption} : les {SHOWN} plus gros montants sur {len(lines)}"


def holder(line):
    if line.annexe:
        return Link(line.name, reverse("annexe_transfers", args=[line.annexe]))
    return Link(line.name, reverse("fdi_detail", args=[line.fdi]))


def held_amount(line, word):
    if line.annexe:
        return movements(line.amount, line.annexe, word, line.place)
    return of_fdi(line.amount, line.fdi, word)


def rests_table(found):
    columns = [
        Column("Enveloppe"),
        Column("Disponible", "cents"),
        Column("Gelé", "cents"),
        Column("Réservations rendues", "cents"),
        Column("Reçu d’en dessous", "cents"),
        Column("Rendu au-dessus", "cents"),
    ]
    rows = [rest_line(rest) for rest in found.rests]
    return Table(
        *("Enveloppe par enveloppe", columns, rows),
        empty=NO_REST,
        key="restes",
        formulas=[RETURNED],
    )


def rest_line(rest):
    place, alone = rest.envelope.pk, {"reach": "seule"}
    return (
        name_of(rest.envelope),
        of_envelope(rest.available, place, "disponible", **alone),
        of_envelope(rest.frozen, place, "gele", **alone),
        of_envelope(rest.released, place, "reserve", **alone),
        of_envelope(rest.below, place, TO_RETURN, reach="dessous"),
        of_envelope(rest.returned, place, TO_RETURN),
    )
