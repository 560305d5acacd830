"""Make a document: of an annexe, of its convention, of a breach."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from funding.actions.papers import (
    make_annexe,
    make_breach,
    make_convention,
    make_session_paper,
)
from funding.figures.dossiers import before
from funding.figures.ledger_export import anchor
from funding.figures.papers import papers_of
from funding.models import AnnexeVersion, CdiaeSession, DocumentLink
from funding.views.documents import copy_of, told_of
from structures.actions.documents import DocumentRefused
from structures.enums import DROPPED, DocumentKind, Status
from structures.figures.documents import with_copies
from structures.models import Convention, Document
from structures.views.badges import SUCCESS, Badge
from structures.views.context import business_date
from structures.views.tables import Column, Empty, Link, Table

CURRENT = Badge("En vigueur", *SUCCESS)
NO_PAPER = Empty("Aucun document", "Rien n’a encore été imprimé.")


@require_POST
@transaction.non_atomic_requests
def version_paper(request, pk, kind):
    """The annexe, its convention or its letter of breach, made or made again."""
    versions = AnnexeVersion.objects.visible_to(request.user)
    version = get_object_or_404(versions.select_related("annexe__convention"), pk=pk)
    convention = version.annexe.convention
    making = {
        "annexe": lambda **now: make_annexe(version=version, **now),
        "convention": lambda **now: make_convention(convention=convention, **now),
        "mise-en-demeure": lambda **now: make_breach(
            convention=convention, version=version, **now
        ),
    }
    back = f"{reverse('version_detail', args=[pk])}#documents-titre"
    return made(request, making.get(kind), back)


@require_POST
@transaction.non_atomic_requests
def convention_paper(request, pk, kind):
    """The convention or its letter of breach."""
    conventions = Convention.objects.visible_to(request.user)
    convention = get_object_or_404(conventions, pk=pk)
    making = {
        "convention": lambda **now: make_convention(convention=convention, **now),
        "mise-en-demeure": lambda **now: make_breach(
            convention=convention, version=None, **now
        ),
    }
    back = f"{reverse('convention_detail', args=[pk])}#documents-titre"
    return made(request, making.get(kind), back)


@require_POST
@transaction.non_atomic_requests
def session_paper(request, pk, kind):
    """The agenda or the minutes of a session of the CDIAE."""
    sessions = CdiaeSession.objects.visible_to(request.user)
    session = get_object_or_404(sessions, pk=pk)
    kinds = {
        "ordre-du-jour": DocumentKind.AGENDA,
        "proces-verbal": DocumentKind.MINUTES,
    }
    found = kinds.get(kind)

    def make(**now):
        return make_session_paper(session=session, kind=found, **now)

    back = f"{reverse('cdiae_session', args=[pk])}#documents-titre"
    return made(request, make if found else None, back)


def made(request, make, back):
    """Make it, say so, and go back; the ledger is held for its anchor only."""
    if make is None or not request.user.is_agent:
        raise Http404
    try:
        document = make(by=request.user, on=business_date(), anchor=str(anchor()))
    except DocumentRefused as refusal:
        messages.error(request, refusal.user_message)
    else:
        messages.success(request, f"{document.title} : le document est prêt.")
    return redirect(back)


def papers_section(version, user):
    """What the page of an annexe says of its documents, and what may be made."""
    return {
        "table": documents_table(papers_of(version)),
        "buttons": paper_buttons(version) if user.is_agent else [],
    }


def convention_papers(convention, user):
    """The same for a convention: itself, and its letter of breach."""
    words = {"convention": "la convention"}
    if convention.state == Status.BREACH:
        words["mise-en-demeure"] = "la mise en demeure"
    buttons = [
        (
            f"Imprimer {name}",
            reverse("convention_paper", args=[convention.pk, word]),
        )
        for word, name in words.items()
    ]
    can_print = user.is_agent and convention.state not in DROPPED
    return {
        "table": documents_table(documents_about(convention=convention)),
        "buttons": buttons if can_print else [],
    }


def session_papers(session, user):
    """The same for a session of the CDIAE: its agenda and its minutes."""
    words = {
        "ordre-du-jour": "de l’ordre du jour",
        "proces-verbal": "du procès-verbal",
    }
    buttons = [
        (f"Faire le PDF {name}", reverse("session_paper", args=[session.pk, word]))
        for word, name in words.items()
    ]
    return {
        "table": documents_table(documents_about(session=session)),
        "buttons": buttons if user.is_agent else [],
    }


def documents_about(**subject):
    return Document.objects.filter(link__in=DocumentLink.objects.filter(**subject))


def documents_table(documents):
    """The documents of one subject, the last one first."""
    columns = [
        Column("Document"),
        Column("Nature", on_phone=False),
        Column("Date", "day"),
        Column("Pages", "count"),
        Column("Copie signée", "badge"),
        Column("État", "badge"),
    ]
    return Table(
        "Documents",
        columns,
        [paper_line(one) for one in with_copies(documents).order_by("-pk")],
        empty=NO_PAPER,
        key="documents",
        has_title=True,
    )


def paper_line(document):
    return (
        Link(document.title, reverse("document_file", args=[document.code])),
        DocumentKind(document.kind).label,
        document.on,
        document.pages,
        copy_of(document),
        told_of(document) or CURRENT,
    )


def paper_buttons(version):
    """(label, address) of what this version may print today."""
    if version.status in DROPPED:
        return []
    words = {
        "annexe": "l’avenant"
        if version.modification and before(version)
        else "l’annexe",
        "convention": "la convention",
    }
    if version.status == Status.BREACH:
        words["mise-en-demeure"] = "la mise en demeure"
    return [
        (f"Imprimer {name}", reverse("version_paper", args=[version.pk, word]))
        for word, name in words.items()
    ]
