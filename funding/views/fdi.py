"""FDI requests: the list of a year, a new one, the record of each."""

from django.contrib import messages
from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from funding.actions.fdi import Answers, move_fdi, request_fdi
from funding.enums import FdiAct, FdiKind, FdiStatus
from funding.figures import fdi as figures
from funding.figures.cdiae import waits_at
from funding.forms.fdi import HUNDRED, FdiActForm, FdiRequestForm
from funding.forms.words import seen_again
from funding.models import FdiRequest
from funding.views.asking import Asking, ask, done
from funding.views.fdi_tables import (
    NO_REQUEST,
    banner,
    effects_of,
    fdi_line,
    history_table,
    list_columns,
    summary,
)
from structures.figures.search import folded
from structures.rules.reading import year_in
from structures.rules.rounding import cents
from structures.templatetags import formats
from structures.views.context import business_date
from structures.views.exports import exported
from structures.views.listing import Listing
from structures.views.parts import Tab
from structures.views.tables import Table, list_state, rows_by_chunk, sorted_page

SORTS = {
    "nom": [F("sort_name")],
    "recue": [F("received_on")],
    "demande": [F("requested")],
    "accorde": [F("agreed")],
}


@require_safe
def fdi_list(request):
    years = figures.years_of(request.user) or [business_date().year]
    year = year_in(request.GET.get("annee", "")) or years[0]
    rows = figures.requests_of(request.user, year=year).annotate(
        sort_name=folded("structure__name")
    )
    status = request.GET.get("statut", "")
    found = rows.filter(status=status) if status in FdiStatus else rows
    state = list_state(request, sorts=SORTS, default="-recue")
    columns = list_columns(figures.sums_of(found))
    written = (fdi_line(it) for it in rows_by_chunk(found.order_by("sort_name")))
    if file := exported(request, f"fdi-{year}", columns, written):
        return file
    page = sorted_page(found, request, state, sorts=SORTS)
    name = f"Demandes FDI {year}"
    lines = [fdi_line(it) for it in page]
    table = Table(name, columns, lines, state, page, NO_REQUEST, has_title=True)
    tabs = status_tabs(figures.counts(rows), state, status)
    listing = Listing(table, "demande,demandes", tabs=tabs, tabs_label="Statuts")
    context = {"title": name, "listing": listing, "may_ask": may_ask(request.user)}
    return render(request, "funding/fdi_list.html", context)


def status_tabs(counts, state, current):
    every = Tab(
        "Toutes", state.url(statut=None, page=None), not current, sum(counts.values())
    )
    return [every] + [
        Tab(
            status.label,
            state.url(statut=status.value, page=None),
            status == current,
            counts[status],
        )
        for status in FdiStatus
        if counts.get(status)
    ]


def may_ask(user):
    """An agent records requests of the territory."""
    return user.is_agent


@require_http_methods(["GET", "HEAD", "POST"])
def fdi_add(request):
    if not may_ask(request.user):
        raise Http404
    form = FdiRequestForm(
        request.POST or None,
        options={"user": request.user},
        initial={"on": business_date()},
    )
    names = ("structure", "kind", "purpose", "cost", "requested", "on", "key")

    def record(values):
        kept = {"by": request.user, "today": business_date()}
        return request_fdi(**kept, **{name: values[name] for name in names})

    made = done(form, record)
    if made:
        messages.success(request, "La demande est enregistrée.")
        return redirect("fdi_detail", pk=made.pk)
    asking = Asking(
        "Nouvelle demande FDI",
        "Demandes FDI",
        reverse("fdi_list"),
        lead="Le CDIAE donne son avis avant la décision (R. 5132-47).",
    )

    def preview(asking, values):
        kind = FdiKind(values["kind"])
        cap = figures.cap_of(kind, on=values["on"])
        limit = (
            f" Cette nature d’aide est plafonnée à {formats.cents(cap)}." if cap else ""
        )
        asking.told = (
            f"{values['structure']}, {kind.label.lower()} : "
            f"{formats.cents(values['requested'])} demandés sur "
            f"{formats.cents(values['cost'])}.{limit}"
        )

    return ask(request, form, asking, preview)


def asked_request(request, pk):
    rows = FdiRequest.objects.visible_to(request.user).select_related(
        "structure__commune__departement", "envelope"
    )
    return get_object_or_404(rows, pk=pk)


@require_safe
def fdi_detail(request, pk):
    found = asked_request(request, pk)
    held = figures.held_by(found)
    acts = [
        act_link(found, row.act)
        for row in figures.possible(found, request.user, on=business_date())
    ]
    return render(
        request,
        "funding/fdi_detail.html",
        {
            "fdi": found,
            "banner": banner(found),
            "summary": summary(found, held),
            "acts": acts,
            "history": history_table(found),
            "list_url": f"{reverse('fdi_list')}?annee={found.envelope.year}",
        },
    )


def act_link(found, act):
    """An act and its page: an opinion is told from the session the request waits for."""
    session = waits_at(found) if act == FdiAct.RECORD_OPINION else None
    if session:
        url = reverse("cdiae_opinions", args=[session.pk])
        return "Enregistrer l’avis, depuis la séance", url
    return act.label, reverse("fdi_move", args=[found.pk, act.lower()])


@require_http_methods(["GET", "HEAD", "POST"])
def fdi_move(request, pk, act):
    """One act of a request: what it needs, what it moves, then done."""
    found, act = asked_request(request, pk), known(act)
    on = business_date()
    possible = [row.act for row in figures.possible(found, request.user, on=on)]
    is_late = request.method == "POST" and request.user.is_agent
    if act not in possible and not is_late:
        raise Http404
    form = FdiActForm(
        request.POST or None,
        options={"act": act.value},
        initial=initial(found, act, on),
    )

    def move(values):
        return move_fdi(
            request=found,
            act=act,
            by=request.user,
            answers=Answers(**form.answers()),
            today=on,
            expected=FdiStatus(values["expected"]),
        )

    if done(form, move):
        messages.success(request, f"{act.label} : c’est fait.")
        return redirect("fdi_detail", pk=pk)
    if form.non_field_errors():
        seen_again(form, expected=found.status)
    asking = Asking(
        f"{act.label}, {found.structure}",
        str(found),
        reverse("fdi_detail", args=[pk]),
        lead=f"{formats.cents(found.requested)} demandés, "
        f"{found.get_kind_display().lower()}.",
    )

    def preview(asking, values):
        asking.told = f"{act.label}, le {formats.long_day(values['on'])}."
        if act in possible:
            asking.tables = effects_of(found, act, Answers(**form.answers()))

    return ask(request, form, asking, preview)


def initial(found, act, on):
    values = {"on": on, "expected": found.status}
    if act == FdiAct.AGREE:
        share = figures.usual_share(on=on)
        cap = figures.cap_of(FdiKind(found.kind), on=on)
        most = min(found.requested, cap) if cap else found.requested
        values |= {"amount": cents(most), "share": cents(share * HUNDRED)}
    if act == FdiAct.SETTLE:
        values["amount"] = found.agreed
    return values


def known(word):
    try:
        return FdiAct(word.upper())
    except ValueError:
        raise Http404 from None
