"""The transfers behind a figure of an envelope or of an annexe."""

from decimal import Decimal

from django.db.models import F, Sum
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from funding.enums import Bucket, Level
from funding.figures.envelope_acts import kinds_for
from funding.figures.envelopes import own_envelopes, subtree, transfers_behind
from funding.figures.notified import (
    GAP,
    PROVISIONAL,
    REAL,
    kind_told,
    known_days,
    transfers_of_stage,
)
from funding.models import Account, AnnexeFinanciere, Envelope, FdiRequest
from funding.views.envelopes import name_of
from funding.views.transfer_paper import letter_of
from structures.rules.reading import number_in
from structures.views.exports import exported
from structures.views.listing import Listing
from structures.views.parts import Tab
from structures.views.tables import (
    Column,
    Empty,
    Link,
    Table,
    list_state,
    sorted_page,
)

TO_RETURN = "a-rendre"  # what a closing gives back, of what is not closed yet
WORDS = {
    "disponible": [Bucket.AVAILABLE],
    "gele": [Bucket.FROZEN],
    "reserve": [Bucket.RESERVED],
    "engage": [Bucket.COMMITTED, Bucket.PAID],
    "non-paye": [Bucket.COMMITTED],
    "paye": [Bucket.PAID],
    "tout": [bucket for bucket in Bucket if bucket != Bucket.OUTSIDE],
    TO_RETURN: [Bucket.AVAILABLE, Bucket.FROZEN, Bucket.RESERVED],
}
LABELS = {
    "disponible": "Disponible",
    "gele": "Gelé",
    "reserve": "Réservé",
    "engage": "Engagé",
    "non-paye": "Engagé non payé",
    "paye": "Payé",
    "tout": "Notifié",
    TO_RETURN: "Ni engagé ni payé",
}
STAGES = {
    PROVISIONAL: "Notifié à titre provisoire",
    REAL: "Notifié à titre définitif",
    GAP: "Écart du définitif au provisoire",
}
NO_TRANSFER = Empty("Aucun mouvement", "Ce compartiment n’a jamais rien reçu.")
SORTS = {
    "ordre": [F("pk")],
    "date": [F("on")],
    "montant": [F("signed")],
    "nature": [F("kind")],
}


@require_safe
def envelope_transfers(request, pk):
    envelopes = own_envelopes(request.user)
    rows = envelopes.select_related("region", "departement")
    envelope = get_object_or_404(rows, pk=pk)
    parent = ("Enveloppes", reverse("envelope_tree"))
    if stage := request.GET.get("etape", ""):
        return stage_transfers(request, envelope, stage, parent)
    word = asked_word(request)
    keys, told = reach(request, envelope, envelopes)
    accounts = Account.objects.filter(envelope__in=keys, bucket__in=WORDS[word])
    if word == TO_RETURN:
        accounts = accounts.filter(envelope__closing=None)
    title = f"{LABELS[word]} : {name_of(envelope)} {envelope.year}{told}"
    can_act = kinds_for(envelope, request.user)
    act_url = reverse("envelope_act", args=[envelope.pk]) if can_act else ""
    is_above = envelope.level == Level.NATIONAL
    known = known_days([*envelope.children.all()] if is_above else [envelope])
    return transfers_page(
        *(request, title, accounts, word, parent), act_url=act_url, known=known
    )


def reach(request, envelope, envelopes):
    """The envelopes asked for, and how the title says it: one, those below, or all."""
    if request.GET.get("seule") == "oui":
        return [envelope.pk], ", sans ce qu’elle a délégué"
    keys = subtree(envelope, envelopes)
    if request.GET.get("dessous") == "oui":
        return [pk for pk in keys if pk != envelope.pk], ", ce qu’elle a délégué"
    return keys, ""


def stage_transfers(request, envelope, stage, parent):
    """What makes the provisional amount, the real one, or their difference."""
    rows = transfers_of_stage(envelope, stage) if stage in STAGES else None
    if rows is None:
        raise Http404
    title = f"{STAGES[stage]} : {name_of(envelope)} {envelope.year}"
    known = known_days([envelope])
    return rows_page(request, title, rows, {}, parent, known=known)


@require_safe
def annexe_transfers(request, pk):
    annexes = AnnexeFinanciere.objects.visible_to(request.user)
    annexe = get_object_or_404(annexes.select_related("convention__structure"), pk=pk)
    word = asked_word(request)
    accounts = Account.objects.filter(annexe=annexe, bucket__in=WORDS[word])
    structure = annexe.convention.structure
    title = f"{LABELS[word]} : {structure.name}, annexe {annexe.year}"
    if envelope := asked_envelope_of(request, annexe):
        accounts = accounts.filter(envelope=envelope)
        title = f"{title}, {envelope.get_line_display()}"
    parent = (structure.name, reverse("structure_detail", args=[structure.pk]))
    return transfers_page(request, title, accounts, word, parent)


@require_safe
def fdi_transfers(request, pk):
    rows = FdiRequest.objects.visible_to(request.user).select_related("structure")
    fdi = get_object_or_404(rows, pk=pk)
    word = asked_word(request)
    accounts = Account.objects.filter(fdi=fdi, bucket__in=WORDS[word])
    title = f"{LABELS[word]} : {fdi}"
    parent = (f"FDI, {fdi.structure.name}", reverse("fdi_detail", args=[pk]))
    return transfers_page(request, title, accounts, word, parent)


def asked_envelope_of(request, annexe):
    """The one envelope asked for, among those that hold money of the annexe; or None."""
    key = number_in(request.GET.get("enveloppe", ""))
    if key is None:
        return None
    held = Envelope.objects.filter(accounts__annexe=annexe).distinct()
    return get_object_or_404(held, pk=key)


def asked_word(request):
    word = request.GET.get("compartiment", "tout")
    if word not in WORDS:
        raise Http404
    return word


def transfers_page(request, title, accounts, word, parent, *, act_url="", known=None):
    """Every transfer that changed the balance of the accounts: their sum is it.

    `known` are the days the real amounts of régions are known.
    """
    rows = transfers_behind(accounts)
    balance = accounts.aggregate(n=Sum("balance"))["n"] or Decimal(0)
    told = {"word": word, "balance": balance, "act_url": act_url}
    return rows_page(request, title, rows, told, parent, known=known)


def rows_page(request, title, rows, told, parent, *, known=None):
    """A list of transfers and its sum; `told` says what balance it is, if it is one."""
    known = known or {}
    total = rows.aggregate(n=Sum("signed"))["n"] or Decimal(0)
    columns = transfer_columns(total)
    lines = (transfer_line(row, known) for row in rows.order_by("pk").iterator())
    if file := exported(request, "mouvements", columns, lines):
        return file
    state = list_state(request, sorts=SORTS, default="-ordre")
    page = sorted_page(rows, request, state, sorts=SORTS)
    lines = [transfer_line(row, known) for row in page]
    table = Table(title, columns, lines, state, page, NO_TRANSFER, has_title=True)
    tabs = bucket_tabs(state, told["word"]) if told else []
    listing = Listing(
        table, "mouvement,mouvements", tabs=tabs, tabs_label="Compartiments"
    )
    context = {"title": title, "listing": listing, "total": total, "told": told}
    context |= dict(zip(("parent", "parent_url"), parent, strict=True))
    return render(request, "funding/transfers.html", context)


def bucket_tabs(state, word):
    """One per compartment; their sum before a closing, only where it was asked."""
    return [
        Tab(label, state.url(compartiment=w, page=None), w == word)
        for w, label in LABELS.items()
        if w == word or w != TO_RETURN
    ]


def transfer_columns(total):
    return [
        Column("Mouvement", sort="ordre"),
        Column("Date d’effet", "day", sort="date"),
        Column("Montant", "cents", sort="montant", total=total),
        Column("De"),
        Column("Vers"),
        Column("Référence"),
        Column("Par"),
    ]


def transfer_line(row, known):
    kind = kind_told(row, known.get(row.target.envelope_id))
    return (
        Link(kind.label, letter_of(row), f"n° {row.pk}"),
        row.on,
        row.signed,
        account_name(row.source),
        account_name(row.target),
        row.reference,
        str(row.by) if row.by else "Traitement",
    )


def account_name(account):
    if account.bucket == Bucket.OUTSIDE:
        return account.get_bucket_display()
    bucket, envelope = account.get_bucket_display(), account.envelope
    if account.annexe is None and account.fdi is None:
        return f"{bucket}, {envelope}"
    holder = account.annexe.convention if account.annexe else account.fdi
    name, line = holder.structure.name, envelope.get_line_display()
    return f"{bucket}, {name}, {line}"
