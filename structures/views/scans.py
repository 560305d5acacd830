"""Signed paper sent back: deposit a scan, follow its reading, file what was not."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from structures.actions.scans import (
    ScanRefused,
    file_page,
    ignore_page,
    receive_scan,
)
from structures.enums import TO_FILE, PageOutcome
from structures.figures.documents import scan_progress, with_counts
from structures.forms import FilePageForm, ScanForm
from structures.models import Scan, ScanPage
from structures.printing.reading import NotAPdf, PageDamaged, preview
from structures.tasks import read_scan
from structures.views.badges import badge_of
from structures.views.exports import exported
from structures.views.listing import Listing
from structures.views.parts import Progress, Tab
from structures.views.scan_looks import LOOKS
from structures.views.tables import (
    Column,
    Empty,
    Link,
    Table,
    list_state,
    rows_by_chunk,
    sorted_page,
)

SORTS = {"date": [F("at")], "nom": [F("name")]}
PAGE_SORTS = {"page": [F("number")], "resultat": [F("outcome")]}
NOTHING = Empty(
    "Aucune numérisation",
    "Aucun document signé n’a encore été déposé par votre service.",
    who="Le dépôt se fait sur cette page.",
)
NO_PAGE = Empty("Aucune page", "Aucune page de ce fichier n’est dans ce cas.")
COLUMNS = [
    Column("Fichier", sort="nom"),
    Column("État", "badge"),
    Column("Déposé le", "moment", sort="date"),
    Column("Par", on_phone=False),
    Column("Pages", "count"),
    Column("Classées", "count"),
    Column("À regarder", "count"),
]
PAGE_COLUMNS = [
    Column("Page du fichier", sort="page"),
    Column("Résultat", "badge", sort="resultat"),
    Column("Document"),
    Column("Page du document", "count"),
    Column("Classée par", on_phone=False),
]


def agents_only(user):
    if not (user.is_agent or user.is_superuser):
        raise PermissionDenied


@require_http_methods(["GET", "HEAD", "POST"])
def scan_list(request):
    agents_only(request.user)
    form = ScanForm(request.POST or None, request.FILES or None)
    if form.is_valid() and (scan := received(request, form)):
        return redirect("scan_detail", pk=scan.pk)
    rows = with_counts(Scan.objects.visible_to(request.user))
    written = (scan_line(scan) for scan in rows_by_chunk(rows.order_by("-pk")))
    if file := exported(request, "numerisations", COLUMNS, written):
        return file
    state = list_state(request, sorts=SORTS, default="-date")
    page = sorted_page(rows, request, state, sorts=SORTS)
    lines = [scan_line(scan) for scan in page]
    table = Table(
        *("Numérisations déposées", COLUMNS, lines, state, page, NOTHING),
        has_title=True,
    )
    listing = Listing(table, "numérisation,numérisations")
    return render(
        request, "structures/scan_list.html", {"form": form, "listing": listing}
    )


def received(request, form):
    """The scan, whose reading starts once it is kept; None when it was refused."""
    file = form.cleaned_data["fichier"]
    try:
        scan = receive_scan(content=file.read(), name=file.name, by=request.user)
    except ScanRefused as refusal:
        form.add_error("fichier", refusal.user_message)
        return None
    # Robust: without a queue the scan waits for the next sweep, nothing is lost.
    transaction.on_commit(partial(read_scan.delay, scan.pk), robust=True)
    return scan


def scan_line(scan):
    return (
        Link(scan.name, reverse("scan_detail", args=[scan.pk])),
        LOOKS[state_of(scan)],
        scan.at,
        str(scan.by),
        scan.number_of_pages,
        scan.filed,
        scan.to_file,
    )


def state_of(scan):
    if scan.error:
        return "failed"
    return "read" if scan.finished_at else "reading"


def asked(request, pk):
    agents_only(request.user)
    scans = Scan.objects.visible_to(request.user).select_related("by")
    return get_object_or_404(scans, pk=pk)


@require_safe
def scan_detail(request, pk):
    scan = asked(request, pk)
    word = request.GET.get("pages", "a-classer")
    pages = scan.pages.select_related("document", "filed_by")
    rows = pages.filter(outcome__in=TO_FILE) if word == "a-classer" else pages
    written = (page_line(one) for one in rows_by_chunk(rows.order_by("number")))
    if file := exported(request, f"numerisation-{pk}", PAGE_COLUMNS, written):
        return file
    return render(
        request,
        "structures/scan_detail.html",
        {
            "scan": scan,
            "badge": LOOKS[state_of(scan)],
            "run": run_of(scan),
            "listing": pages_listing(request, rows, word, scan),
        },
    )


def pages_listing(request, rows, word, scan):
    state = list_state(request, sorts=PAGE_SORTS, default="page")
    page = sorted_page(rows, request, state, sorts=PAGE_SORTS)
    table = Table(
        *("Pages de la numérisation", PAGE_COLUMNS, [page_line(one) for one in page]),
        *(state, page, NO_PAGE),
        has_title=True,
    )
    counts = scan_progress(scan)
    tabs = [
        Tab(
            "À regarder",
            state.url(pages=None, page=None),
            word == "a-classer",
            counts.to_file,
        ),
        Tab(
            "Toutes",
            state.url(pages="toutes", page=None),
            word == "toutes",
            counts.total,
        ),
    ]
    return Listing(table, "page,pages", tabs=tabs, tabs_label="Pages")


def page_line(page):
    document = page.document
    url = reverse("scan_page", args=[page.pk])
    return (
        Link(page.number, url if page.outcome in TO_FILE else ""),
        badge_of(PageOutcome(page.outcome), LOOKS),
        document
        and Link(document.title, reverse("document_file", args=[document.code])),
        page.page,
        str(page.filed_by) if page.filed_by else "",
    )


@require_safe
def scan_progress_part(request, pk):
    """The part of the page that asks for itself again while pages are read."""
    scan = asked(request, pk)
    run = run_of(scan)
    response = render(request, "structures/scan_run.html", {"scan": scan, "run": run})
    if not run["progress"].is_running:
        response["HX-Refresh"] = "true"
    return response


def run_of(scan):
    """Where the reading stands, and what it filed so far."""
    counts = scan_progress(scan)
    is_running = scan.finished_at is None
    label = "Lecture des pages" if is_running else "Numérisation lue"
    progress = Progress(label, counts.read, counts.total or 1, is_running, "page,pages")
    return {"progress": progress, "counts": counts}


def page_asked(request, pk):
    agents_only(request.user)
    pages = ScanPage.objects.filter(scan__in=Scan.objects.visible_to(request.user))
    return get_object_or_404(pages.select_related("scan"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def scan_page(request, pk):
    """One page as it was scanned, and the number somebody reads on it."""
    page = page_asked(request, pk)
    form = FilePageForm(request.POST or None)
    if form.is_valid() and is_filed(request, page, form):
        return redirect("scan_detail", pk=page.scan_id)
    return render(
        request,
        "structures/scan_page.html",
        {
            "page": page,
            "badge": badge_of(PageOutcome(page.outcome), LOOKS),
            "form": form if page.outcome in TO_FILE else None,
        },
    )


def is_filed(request, page, form):
    try:
        _, document = file_page(
            page=page,
            code=form.cleaned_data["numero"],
            number=form.cleaned_data["page"],
            by=request.user,
        )
    except ScanRefused as refusal:
        form.add_error(None, refusal.user_message)
        return False
    messages.success(request, f"Page classée : {document.title}.")
    return True


@require_POST
def scan_page_ignore(request, pk):
    page = page_asked(request, pk)
    try:
        ignore_page(page=page, by=request.user)
    except ScanRefused as refusal:
        messages.error(request, refusal.user_message)
    else:
        messages.success(request, f"La page {page.number} est écartée.")
    return redirect("scan_detail", pk=page.scan_id)


@require_safe
@cache_control(private=True, max_age=3600)
def scan_page_picture(request, pk):
    page = page_asked(request, pk)
    try:
        picture = preview(bytes(page.scan.file.content), page.number - 1)
    except (NotAPdf, PageDamaged, IndexError):
        raise Http404 from None
    return HttpResponse(picture, content_type="image/png")
