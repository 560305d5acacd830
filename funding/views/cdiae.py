"""Sessions of the CDIAE: planned, their agenda, their opinions, their minutes."""

from django.contrib import messages
from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from funding.actions.cdiae import (
    close_session,
    keep_session,
    put_on_agenda,
    take_off_agenda,
)
from funding.actions.files import MoveRefused
from funding.figures.cdiae import (
    fdi_waiting_for,
    minutes_mark,
    session_agenda,
    session_minutes,
    sessions_of,
    waiting_for,
)
from funding.forms.cdiae import MinutesForm, SessionForm
from funding.forms.words import seen_again
from funding.models import AgendaItem, CdiaeSession, FdiRequest
from funding.views.cdiae_tables import agenda_table, sessions_line, waiting_table
from funding.views.conventions import sections
from funding.views.files import Button, arranged, is_done
from funding.views.papers import session_papers
from structures.models import Convention
from structures.rules.reading import number_in
from structures.templatetags import formats
from structures.views.badges import INFO, SUCCESS, Badge
from structures.views.context import business_date
from structures.views.listing import Listing
from structures.views.parts import Banner
from structures.views.tables import Column, Empty, Table, list_state, sorted_page

SORTS = {"date": [F("held_on")]}
NONE = Empty(
    "Aucune séance du CDIAE",
    "Prévoyez la prochaine : les dossiers en attente d’avis s’y inscriront.",
)


def for_the_state(user):
    """Sessions are the services’ business; an administrator reads them."""
    if not (user.is_agent or user.is_superuser):
        raise Http404


def asked_session(request, pk):
    for_the_state(request.user)
    rows = CdiaeSession.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("departement", "closed_by"), pk=pk)


def address(session):
    return reverse("cdiae_session", args=[session.pk])


def title(session):
    return f"CDIAE du {formats.long_day(session.held_on)}, {session.departement.name}"


@require_http_methods(["GET", "HEAD", "POST"])
def cdiae_list(request):
    """The sessions, the next one first; a form plans another."""
    for_the_state(request.user)
    form = session_form(request)
    if form and form.is_valid():
        session = CdiaeSession(**form.cleaned_data)
        if is_done(form, keep_session, session=session, by=request.user):
            is_past = session.held_on < business_date()
            told = "enregistrée" if is_past else "prévue"
            messages.success(request, f"La séance est {told}.")
            return redirect(address(session))
    state = list_state(request, sorts=SORTS, default="-date")
    page = sorted_page(sessions_of(request.user), request, state, sorts=SORTS)
    columns = [
        Column("Séance", sort="date"),
        Column("Lieu"),
        Column("Dossiers", "count"),
        Column("Avis enregistrés", "count"),
        Column("Procès-verbal", "badge"),
    ]
    rows = [sessions_line(session) for session in page]
    table = Table("Séances", columns, rows, state, page, NONE, has_title=True)
    listing = Listing(table, "séance,séances", has_export=False)
    return render(
        request,
        "funding/cdiae_list.html",
        {"listing": listing, "sections": sections(request), "form": form},
    )


def session_form(request):
    """None for who may not plan one."""
    if not request.user.is_agent:
        return None
    places = request.user.departements()
    return SessionForm(request.POST or None, departements=places, on=business_date())


@require_safe
def cdiae_session(request, pk):
    session = asked_session(request, pk)
    agenda = session_agenda(session)
    is_open = session.closed_at is None and request.user.is_agent
    tables = [agenda_table(agenda, can_change=is_open)]
    waiting = list(waiting_for(session)) if is_open else []
    asking = list(fdi_waiting_for(session)) if is_open else []
    return render(
        request,
        "funding/cdiae_session.html",
        {
            "session": session,
            "banner": banner(session, agenda),
            "buttons": arranged(buttons(session, agenda, is_open=is_open)),
            "tables": tables,
            "lines": [line for line in agenda.lines if not line.sense]
            if is_open
            else [],
            "waiting": waiting_table(waiting, asking) if waiting or asking else None,
            "papers": session_papers(session, request.user),
        },
    )


def banner(session, agenda):
    done = sum(1 for line in agenda.lines if line.sense)
    badge = Badge("Arrêté", *SUCCESS) if session.closed_at else Badge("Ouvert", *INFO)
    facts = [
        ("Date", "day", session.held_on),
        ("Heure", "clock", session.starts_at),
        ("Lieu", "text", session.place),
        ("Présidence", "text", session.president),
        ("Dossiers", "count", len(agenda.lines)),
        ("Avis enregistrés", "count", done),
    ]
    return Banner(title(session), [badge], facts)


def buttons(session, agenda, *, is_open):
    key = [session.pk]
    if is_open:
        if any(not line.sense for line in agenda.lines):
            url = reverse("cdiae_opinions", args=key)
            yield Button("Enregistrer les avis", url)
        yield Button("Écrire le procès-verbal", reverse("cdiae_write", args=key))
        url = reverse("cdiae_close", args=key)
        yield Button("Arrêter le procès-verbal", url, is_post=True)
    yield Button("Lire le procès-verbal", reverse("cdiae_minutes", args=key))


@require_POST
def agenda_add(request, pk):
    """The files ticked, among those that wait in this département."""
    session = asked_session(request, pk)
    if not request.user.is_agent:
        raise Http404
    try:
        added = put_on_agenda(
            session=session,
            conventions=ticked(request, "convention", Convention.objects),
            fdi=ticked(request, "fdi", FdiRequest.objects),
            by=request.user,
        )
    except MoveRefused as refusal:
        messages.error(request, refusal.user_message)
    else:
        words = "dossier inscrit,dossiers inscrits"
        messages.success(request, f"{formats.counted(added, words)} à l’ordre du jour.")
    return redirect(address(session))


def ticked(request, name, rows):
    words = request.POST.getlist(name)
    keys = [key for word in words if (key := number_in(word)) is not None]
    return rows.visible_to(request.user).filter(pk__in=keys)


@require_POST
def agenda_remove(request, pk):
    item = get_object_or_404(AgendaItem.objects.select_related("session"), pk=pk)
    session = asked_session(request, item.session_id)
    if not request.user.is_agent:
        raise Http404
    try:
        take_off_agenda(item=item, by=request.user)
    except MoveRefused as refusal:
        messages.error(request, refusal.user_message)
    else:
        messages.success(request, "Le dossier attend une autre séance.")
    return redirect(address(session))


@require_http_methods(["GET", "HEAD", "POST"])
def cdiae_write(request, pk):
    """Who was there and what was said, kept until the minutes are closed."""
    session = asked_session(request, pk)
    if not request.user.is_agent or (session.closed_at and request.method != "POST"):
        raise Http404
    there, heading = session_minutes(session), title(session)
    initial = {"seen": minutes_mark(session)}
    form = MinutesForm(request.POST or None, instance=session, initial=initial)
    if form.is_valid() and is_done(
        *(form, keep_session),
        session=form.instance,
        by=request.user,
        seen=form.cleaned_data["seen"],
    ):
        messages.success(request, "Le procès-verbal est enregistré.")
        return redirect(address(session))
    if form.is_bound and form.non_field_errors():
        seen_again(form, **initial)
    context = {"session": session, "form": form, "title": heading}
    context["there"] = there if form.non_field_errors() else None
    return render(request, "funding/cdiae_write.html", context)


@require_POST
def cdiae_close(request, pk):
    session = asked_session(request, pk)
    if not request.user.is_agent:
        raise Http404
    try:
        close_session(session=session, by=request.user, on=business_date())
    except MoveRefused as refusal:
        messages.error(request, refusal.user_message)
    else:
        messages.success(request, "Le procès-verbal est arrêté : il ne change plus.")
    return redirect(address(session))


@require_safe
def cdiae_minutes(request, pk):
    """The minutes, read on the screen; a draft says so."""
    session = asked_session(request, pk)
    context = {"session": session, "title": title(session)}
    return render(
        request,
        "funding/cdiae_minutes.html",
        {**context, "minutes": session_minutes(session)},
    )
