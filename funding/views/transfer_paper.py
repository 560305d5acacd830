"""A movement told by letter: what it is, and its letters."""

from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from funding.actions.papers import TOLD, make_notification
from funding.figures.envelopes import own_envelopes
from funding.figures.notified import kind_read
from funding.models import Transfer
from funding.views.papers import documents_about, documents_table, made
from structures.models import Departement
from structures.templatetags import formats
from structures.views.parts import Banner


@transaction.non_atomic_requests
@require_http_methods(["GET", "HEAD", "POST"])
def transfer_paper(request, pk):
    transfer = asked(request, pk)
    if request.method == "POST":
        place = place_of(transfer, request.user)
        return made(
            request,
            lambda **now: make_notification(
                transfer=transfer, departement=place, **now
            ),
            request.path,
        )
    documents = documents_about(transfer=transfer).visible_to(request.user)
    can_print = request.user.is_agent
    return render(
        request,
        "funding/transfer_paper.html",
        {
            "banner": banner(transfer),
            "back": reverse("envelope_tree"),
            "papers": {
                "table": documents_table(documents),
                "buttons": [("Imprimer la lettre", request.path)] if can_print else [],
            },
        },
    )


def letter_of(transfer):
    """Where a movement is told by letter; empty for those that are not."""
    return (
        reverse("transfer_paper", args=[transfer.pk]) if transfer.kind in TOLD else ""
    )


def asked(request, pk):
    """A movement of an envelope of theirs, of those that are told."""
    envelopes = own_envelopes(request.user)
    rows = Transfer.objects.filter(kind__in=TOLD).select_related(
        "source__envelope__departement", "target__envelope__departement", "by"
    )
    transfer = get_object_or_404(rows, pk=pk)
    ends = {transfer.source.envelope_id, transfer.target.envelope_id} - {None}
    if not envelopes.filter(pk__in=ends).exists():
        raise Http404
    return transfer


def banner(transfer):
    envelope = transfer.target.envelope or transfer.source.envelope
    facts = [
        ("Montant", "text", formats.cents(transfer.amount)),
        ("Enveloppe", "text", str(envelope)),
        ("Date d’effet", "day", transfer.on),
        ("Référence", "text", transfer.reference),
        ("Enregistré par", "text", str(transfer.by) if transfer.by else "Traitement"),
    ]
    return Banner(f"{kind_read(transfer).label} n° {transfer.pk}", [], facts)


def place_of(transfer, user):
    """The département the letter is filed under: the envelope’s, else one of theirs."""
    for account in (transfer.target, transfer.source):
        if account.envelope and account.envelope.departement:
            return account.envelope.departement
    place = user.departements().first()
    if place is None:
        raise Http404
    return Departement.objects.get(pk=place.pk)
