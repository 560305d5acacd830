"""The opinions of a session, told in one screen, then reported file by file."""

from django.db import transaction
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from funding.actions.cdiae import record_opinions
from funding.actions.files import MoveRefused
from funding.figures.cdiae import session_agenda
from funding.forms.cdiae import OpinionsForm
from funding.views.cdiae import address, asked_session, title
from funding.views.cdiae_tables import file_url
from structures.views.badges import SUCCESS, WARNING, Badge
from structures.views.context import business_date
from structures.views.tables import Column, Link, Table


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.non_atomic_requests
def cdiae_opinions(request, pk):
    """Each opinion moves its file by the table, in a transaction of its own."""
    session = asked_session(request, pk)
    posted = request.POST if request.method == "POST" else None
    if not request.user.is_agent or (session.closed_at and posted is None):
        raise Http404
    form = OpinionsForm(posted, lines=session_agenda(session).lines)
    if form.is_valid():
        told = recorded(request, session, form)
        if told is not None:
            return report(request, session, told, form.opinions())
    return render(
        request,
        "funding/cdiae_opinions.html",
        {
            "session": session,
            "title": title(session),
            "form": form,
            "lines": form.lines,
            "back": address(session),
        },
    )


def recorded(request, session, form):
    opinions = form.opinions()
    if form.lines and not opinions:
        form.add_error(None, "Choisissez au moins un avis.")
    if not opinions:
        return None
    try:
        return record_opinions(
            session=session, opinions=opinions, by=request.user, on=business_date()
        )
    except MoveRefused as refusal:
        form.add_error(None, refusal.user_message)


def report(request, session, told, opinions):
    """File by file; what was typed on a refused one stays to be read."""
    columns = [
        Column("Dossier"),
        Column("Avis"),
        Column("Observations"),
        Column("Résultat", "badge"),
        Column("Pourquoi"),
    ]
    rows = [
        (
            Link(
                it.item.file.structure.name,
                file_url(it.item.convention_id, it.item.fdi_id),
            ),
            opinions[it.item.pk].sense.label,
            opinions[it.item.pk].text,
            Badge("Refusé", *WARNING) if it.refusal else Badge("Enregistré", *SUCCESS),
            it.refusal,
        )
        for it in told
    ]
    table = Table("Avis enregistrés", columns, rows, key="compte-rendu")
    context = {"session": session, "title": title(session), "table": table}
    return render(request, "funding/cdiae_report.html", context)
