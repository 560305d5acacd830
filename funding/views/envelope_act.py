"""Record a movement on an envelope: asked, shown with what it changes, then done."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from funding.actions.ledger_refusals import LedgerRefusal
from funding.actions.notifications import record_movement
from funding.enums import TransferKind
from funding.figures.envelope_acts import kinds_for, sides
from funding.figures.envelopes import own_envelopes
from funding.forms import EnvelopeActForm
from funding.views.envelopes import name_of
from structures.templatetags import formats
from structures.views.context import business_date
from structures.views.tables import Column, Table


@require_http_methods(["GET", "HEAD", "POST"])
def envelope_act(request, pk):
    envelopes = own_envelopes(request.user)
    rows = envelopes.select_related("region", "departement", "parent")
    envelope = get_object_or_404(rows, pk=pk)
    kinds = kinds_for(envelope, request.user)
    if not kinds:
        raise Http404
    form = EnvelopeActForm(
        request.POST or None, kinds=kinds, initial={"on": business_date()}
    )
    ready = form.is_valid()
    if (
        ready
        and form.cleaned_data["confirmed"]
        and is_recorded(request, envelope, form)
    ):
        return redirect(
            f"{reverse('envelope_transfers', args=[envelope.pk])}?compartiment=tout"
        )
    ready = ready and form.is_valid() and can_leave(envelope, form)
    return render(
        request,
        "funding/envelope_act.html",
        {
            "title": f"{name_of(envelope)} {envelope.year}",
            "form": form.to_confirm() if ready else form,
            "ready": ready,
            "table": effect(envelope, form) if ready else None,
            "back": reverse("envelope_tree") + f"?annee={envelope.year}",
        },
    )


def is_recorded(request, envelope, form):
    """Whether the money moved; why not is written in the form."""
    values = form.cleaned_data
    kind = TransferKind(values["kind"])
    try:
        record_movement(
            kind=kind,
            envelope=envelope,
            amount=values["amount"],
            on=values["on"],
            reference=values["reference"],
            by=request.user,
            key=values["key"],
        )
    except LedgerRefusal as refusal:
        form.add_error(None, refusal.user_message)
        return False
    told = f"{kind.label} de {formats.cents(values['amount'])} : enregistrée."
    messages.success(request, told)
    return True


def can_leave(envelope, form):
    """Whether the account that gives holds the amount; if not, told before any button."""
    values = form.cleaned_data
    for side in sides(TransferKind(values["kind"]), envelope, values["amount"]):
        if side.after < 0:
            form.add_error(
                "amount",
                f"{side.label} : il reste {formats.cents(side.before)}, il manque "
                f"{formats.cents(-side.after)}. Diminuez le montant, ou faites d’abord "
                "venir l’argent.",
            )
    return form.is_valid()


def effect(envelope, form):
    values = form.cleaned_data
    found = sides(TransferKind(values["kind"]), envelope, values["amount"])
    columns = [Column("Compte"), Column("Avant", "cents"), Column("Après", "cents")]
    rows = [(side.label, side.before, side.after) for side in found]
    return Table("Ce que le mouvement change", columns, rows, key="effet")
