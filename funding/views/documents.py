"""The documents of a year: the list, and the run that prints the annexes."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, F, Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from funding.actions.print_runs import RunRefused, start_run
from funding.forms.documents import DocumentFilter, PrintForm
from funding.models import PrintRun
from funding.tasks import wake_printers
from funding.views.campaigns import territory
from structures.enums import DocumentKind
from structures.figures.documents import with_copies
from structures.figures.search import folded, structures_matching
from structures.models import Document, Structure
from structures.printing.codes import spelled
from structures.rules.reading import year_in
from structures.views.badges import SUCCESS, WARNING, Badge
from structures.views.context import business_date
from structures.views.exports import exported
from structures.views.listing import Listing, read_filter
from structures.views.parts import Tab
from structures.views.tables import (
    Column,
    Empty,
    Link,
    Table,
    list_state,
    rows_by_chunk,
    sorted_page,
)

SORTS = {
    "titre": [folded("title")],
    "date": [F("on")],
    "ordre": [F("pk")],
}
COLUMNS = [
    Column("Document", sort="titre"),
    Column("Numéro", on_phone=False),
    Column("Nature"),
    Column("Date", "day", sort="date"),
    Column("Pages", "count"),
    Column("Copie signée", "badge"),
    Column("Remplacé ou projet", "badge", on_phone=False),
]
NOTHING = Empty(
    "Aucun document",
    "Aucun ne correspond aux filtres, ou ceux de l’année ne sont pas faits.",
    "Voir toute l’année",
    "?",
    "Ils se font depuis une annexe, ou tous à la fois sur cette page.",
)
# Word of the address, what it asks, its tab.
VIEWS = {
    "": (
        {"replaced_by": None, "is_draft": False},
        "En vigueur",
    ),
    "a-signer": (
        {"replaced_by": None, "is_draft": False, "copy_id": None},
        "Sans copie signée",
    ),
    "projets": ({"replaced_by": None, "is_draft": True}, "Projets"),
    "remplaces": ({"replaced_by__isnull": False}, "Remplacés"),
}
FILED = Badge("Classée", *SUCCESS)
PARTIAL = Badge("Incomplète", *WARNING)
REPLACED = Badge("Remplacé", "neutral")
DRAFT = Badge("Projet", *WARNING)


@require_http_methods(["GET", "HEAD", "POST"])
def document_list(request):
    """What the person may see of a year; an agent may have all its annexes printed."""
    run_form = form_of(request)
    if run_form and run_form.is_valid() and (runs := started(request, run_form)):
        return redirect(arrival(runs))
    year = asked_year(request.GET)
    form = filter_form(request.GET, request.user, year)
    values = read_filter(form)
    values.pop("annee", None)
    word = request.GET.get("vue", "")
    found = filtered(of_year(request.user, year), values)
    rows = found.filter(**VIEWS.get(word, VIEWS[""])[0])
    written = (line(one) for one in rows_by_chunk(rows.order_by("pk")))
    if file := exported(request, f"documents-{year}", COLUMNS, written):
        return file
    state = list_state(request, sorts=SORTS, default="-ordre")
    page = sorted_page(rows, request, state, sorts=SORTS)
    table = Table(
        *(f"Documents {year}", COLUMNS, [line(one) for one in page], state, page),
        empty=NOTHING,
        has_title=True,
    )
    tabs = view_tabs(found, state, word)
    listing = Listing(table, "document,documents", form, values, tabs, "Documents")
    return render(
        request,
        "funding/document_list.html",
        {
            "year": year,
            "listing": listing,
            "form": run_form,
            "runs": last_runs(request.user, year) if run_form else [],
        },
    )


def of_year(user, year):
    return with_copies(Document.objects.visible_to(user).filter(year=year))


def asked_year(params):
    return year_in(params.get("annee", "")) or business_date().year


def filter_form(params, user, year):
    seen = Document.objects.visible_to(user).order_by().values_list("year", flat=True)
    years = sorted({*seen.distinct(), year, business_date().year + 1}, reverse=True)
    return DocumentFilter({**params.dict(), "annee": str(year)}, years=years)


def filtered(documents, values):
    if kind := values.get("nature"):
        documents = documents.filter(kind=kind)
    if words := values.get("q", ""):
        found = structures_matching(Structure.objects.all(), words)
        documents = documents.filter(structure__in=found)
    return documents


def view_tabs(found, state, current):
    counts = found.order_by().aggregate(
        **{
            f"n_{index}": Count("pk", filter=Q(**asked))
            for index, (asked, _) in enumerate(VIEWS.values())
        }
    )
    return [
        Tab(
            label,
            state.url(vue=word or None, page=None),
            word == current,
            counts[f"n_{index}"],
        )
        for index, (word, (_, label)) in enumerate(VIEWS.items())
    ]


def line(document):
    return (
        Link(document.title, reverse("document_file", args=[document.code])),
        spelled(document.code).replace(" ", "\u00a0"),
        DocumentKind(document.kind).label,
        document.on,
        document.pages,
        copy_of(document),
        told_of(document),
    )


def told_of(document):
    """What keeps a document from being the one in force."""
    if document.is_replaced:
        return REPLACED
    return DRAFT if document.is_draft else None


def copy_of(document):
    """The signed copy, if any, with what it lacks."""
    if document.copy_id is None:
        return None
    url = reverse("document_copy", args=[document.code])
    if document.copy_missing:
        numbers = ", ".join(map(str, document.copy_missing))
        return Link(PARTIAL, url, f"manque : page {numbers}")
    return Link(FILED, url)


def form_of(request):
    """The form that prints a year, for agents."""
    if not request.user.is_agent:
        if request.method == "POST":
            raise PermissionDenied
        return None
    initial = {"year": business_date().year}
    return PrintForm(
        request.POST or None, initial=initial, departements=territory(request.user)
    )


def started(request, form):
    """A run for each département asked for; None when one is refused."""
    runs = []
    try:
        with transaction.atomic():
            for place in form.chosen():
                runs.append(
                    start_run(
                        year=form.cleaned_data["year"],
                        departement=place,
                        by=request.user,
                        on=business_date(),
                    )
                )
    except RunRefused as refusal:
        form.add_error(None, refusal.user_message)
        return None
    for run in runs:
        # Robust: without a queue the run waits for the next sweep, nothing is lost.
        transaction.on_commit(partial(wake_printers, run.pk), robust=True)
    messages.success(request, "Les documents se préparent.")
    return runs


def arrival(runs):
    if len(runs) == 1:
        return reverse("print_run", args=[runs[0].pk])
    return f"{reverse('document_list')}?annee={runs[0].year}"


def last_runs(user, year):
    """The last run of each département, with where it stands."""
    runs = PrintRun.objects.visible_to(user).filter(year=year)
    last = runs.order_by("departement_id", "-pk").distinct("departement_id")
    return list(last.select_related("departement"))
