"""The closing of an exercise: what it will give back, row by row, then done."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from funding.actions.closing import close_year
from funding.figures.closing import preflight
from funding.forms.year import ClosingForm
from funding.rules.closing import closes_from
from funding.views.asking import Asking, ask, done
from funding.views.envelope import title_of
from funding.views.envelope_year import acted_on, detail_url
from funding.views.envelopes import name_of
from structures.enums import Status
from structures.templatetags import formats
from structures.views.context import business_date
from structures.views.tables import Column, Empty, Link, Table

SHOWN = 30
NO_RESERVED = Empty("Rien n’est réservé sans être signé")
NO_UNPAID = Empty("Tout ce qui est engagé est payé")
NO_REST = Empty("Rien à rendre")


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
        asking.told = (
            f"{summary(found)} Ensuite, l’exercice sera clos pour de bon : la base "
            "refusera tout nouvel engagement."
        )

    return ask(request, form, asking, preview)


def summary(found):
    where = "à l’enveloppe au-dessus" if found.envelope.parent_id else "hors budget"
    return (
        f"{formats.cents(found.released)} réservés et jamais signés seront rendus, puis "
        f"{formats.cents(found.returned)} reviendront {where}. "
        f"{formats.cents(found.owed)} engagés restent à payer après la clôture."
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
        Column("Sera rendu", "cents", total=found.released),
        Column("Le dossier reste"),
    ]
    rows = [
        (
            holder(line),
            line.envelope,
            line.amount,
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
        Column("Reste à payer", "cents", total=found.owed),
    ]
    rows = [(holder(it), it.envelope, it.amount) for it in found.unpaid[:SHOWN]]
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


def rests_table(found):
    columns = [
        Column("Enveloppe"),
        Column("Disponible", "cents"),
        Column("Gelé", "cents"),
        Column("Réservations rendues", "cents"),
        Column("Reçu d’en dessous", "cents"),
        Column("Rendu au-dessus", "cents"),
    ]
    rows = [
        (
            name_of(rest.envelope),
            *(rest.available, rest.frozen, rest.released),
            *(rest.below, rest.returned),
        )
        for rest in found.rests
    ]
    return Table("Enveloppe par enveloppe", columns, rows, empty=NO_REST, key="restes")
