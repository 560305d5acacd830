"""Make a document: of an annexe, of its convention, of a breach."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from funding.actions.papers import (
    make_annexe,
    make_breach,
    make_convention,
)
from funding.figures.ledger_export import anchor
from funding.figures.papers import papers_of
from funding.models import AnnexeVersion
from funding.views.documents import REPLACED, copy_of
from structures.actions.documents import DocumentRefused
from structures.enums import DROPPED, DocumentKind, Status
from structures.figures.documents import with_copies
from structures.models import Convention
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
    back = reverse("structure_detail", args=[convention.structure_id])
    return made(request, making.get(kind), safe_back(request, back))


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


def safe_back(request, default):
    asked = request.POST.get("retour", "")
    is_ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if asked and is_ours else default


def papers_section(version, user):
    """What the page of an annexe says of its documents, and what may be made."""
    return {
        "table": documents_table(papers_of(version)),
        "buttons": paper_buttons(version) if user.is_agent else [],
    }


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
        REPLACED if document.is_replaced else CURRENT,
    )


def paper_buttons(version):
    """(label, address) of what this version may print today."""
    if version.status in DROPPED:
        return []
    words = {
        "annexe": "l’avenant" if version.modification else "l’annexe",
        "convention": "la convention",
    }
    if version.status == Status.BREACH:
        words["mise-en-demeure"] = "la mise en demeure"
    return [
        (f"Imprimer {name}", reverse("version_paper", args=[version.pk, word]))
        for word, name in words.items()
    ]
