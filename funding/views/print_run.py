"""One run that prints the annexes of a year: its progress, its lines, its zip."""

from tempfile import TemporaryFile

from django.db.models import F
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from funding.enums import PrintOutcome
from funding.figures.prints import print_progress, with_names
from funding.models import PrintRun
from funding.views.annexe import title
from funding.views.looks import LOOKS
from funding.views.published import agents_only
from structures.views.badges import badge_of
from structures.views.documents import archive
from structures.views.exports import exported
from structures.views.listing import Listing
from structures.views.parts import Progress, Tab
from structures.views.tables import (
    Column,
    Empty,
    Link,
    Table,
    list_state,
    rows_by_chunk,
    sorted_page,
)

SORTS = {"nom": [F("sort_name")], "resultat": [F("outcome")]}
COLUMNS = [
    Column("Structure", sort="nom"),
    Column("Annexe"),
    Column("Résultat", "badge", sort="resultat"),
    Column("Document"),
    Column("Pourquoi"),
]
NOTHING = Empty("Aucune annexe", "Aucune n’est dans ce cas.")
PLURALS = {
    PrintOutcome.MADE: "Faits",
    PrintOutcome.UNCHANGED: "Inchangés",
    PrintOutcome.REFUSED: "Refusés",
}


def asked(request, pk):
    agents_only(request.user)
    runs = PrintRun.objects.visible_to(request.user).select_related("departement", "by")
    return get_object_or_404(runs, pk=pk)


@require_safe
def print_run(request, pk):
    run = asked(request, pk)
    lines = with_names(run.lines.all())
    word = request.GET.get("resultat", "")
    rows = lines.filter(outcome=word) if word in PrintOutcome else lines
    written = (line(one) for one in rows_by_chunk(rows.order_by("sort_name", "pk")))
    if file := exported(request, f"lot-{pk}", COLUMNS, written):
        return file
    counts = print_progress(run)
    state = list_state(request, sorts=SORTS, default="nom")
    page = sorted_page(rows, request, state, sorts=SORTS)
    table = Table(
        *(str(run), COLUMNS, [line(one) for one in page], state, page, NOTHING),
        has_title=True,
    )
    tabs = [
        Tab("Toutes", state.url(resultat=None, page=None), not word, counts.total),
        *(
            Tab(
                label,
                state.url(resultat=outcome.value, page=None),
                word == outcome,
                counts.of(outcome),
            )
            for outcome, label in PLURALS.items()
        ),
    ]
    listing = Listing(table, "annexe,annexes", tabs=tabs, tabs_label="Résultats")
    context = {"run": run, "listing": listing, "progress": follow(run, counts)}
    return render(request, "funding/print_run.html", context)


def line(one):
    structure = one.version.annexe.convention.structure
    document = one.document
    return (
        Link(structure.name, reverse("version_detail", args=[one.version_id])),
        title(one.version),
        badge_of(PrintOutcome(one.outcome), LOOKS),
        document and Link("PDF", reverse("document_file", args=[document.code])),
        one.reason,
    )


@require_safe
def print_progress_part(request, pk):
    """The part of the page that asks for itself again while documents are made."""
    run = asked(request, pk)
    progress = follow(run, print_progress(run))
    context = {"run": run, "progress": progress}
    response = render(request, "funding/print_progress.html", context)
    if not progress.is_running:
        response["HX-Refresh"] = "true"
    return response


def follow(run, counts):
    label = (
        "Préparation des documents" if run.finished_at is None else "Documents prêts"
    )
    is_running = run.finished_at is None
    return Progress(label, counts.over, counts.total, is_running, "document,documents")


@require_safe
def print_zip(request, pk):
    """Every document of a run in one archive, a file each."""
    run = asked(request, pk)
    keys = run.lines.filter(document__isnull=False).values_list("document", flat=True)
    if run.finished_at is None or not keys:
        raise Http404
    file = TemporaryFile()  # noqa: SIM115 (the response closes it)
    archive(list(keys), file)
    file.seek(0)
    name = f"{slugify(str(run))}.zip"
    return FileResponse(file, as_attachment=True, filename=name)
