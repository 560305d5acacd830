"""Signed paper filed by the codes of its pages, or by hand where there is none.

A page is filed under a document only when its code names it **and** carries its hash, and
the person who sent the scan may see it. Everything else waits for somebody to look.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.timezone import now

from structures.actions.documents import keep
from structures.enums import PageOutcome
from structures.models import Document, Scan, ScanPage, SignedCopy, StoredFile, User
from structures.printing import codes
from structures.printing.reading import (
    NotAPdf,
    PageDamaged,
    assembled,
    codes_on,
    opened,
    page_count,
)

BATCH = 8
PDF = b"%PDF-"
HEAD = 1024
NOT_A_PDF = (
    "Ce fichier n’est pas un PDF lisible. Numérisez en PDF, sans mot de passe, "
    "puis déposez de nouveau."
)


class ScanRefused(Exception):
    """Nothing was filed; `user_message` says why and what next."""

    def __init__(self, user_message: str) -> None:
        super().__init__(user_message)
        self.user_message = user_message


@transaction.atomic
def receive_scan(*, content: bytes, name: str, by: User) -> Scan:
    """Keep a file of scanned pages, to be read by a worker. Raises ScanRefused."""
    if PDF not in content[:HEAD]:
        raise ScanRefused(NOT_A_PDF)
    file = keep(content)
    earlier = (
        Scan.objects.visible_to(by)
        .filter(file__sha256=file.sha256, error="")
        .order_by("pk")
        .first()
    )
    if earlier:
        raise ScanRefused(
            f"Ce fichier a déjà été déposé le {earlier.at:%d/%m/%Y} sous le nom "
            f"« {earlier.name} » : ses pages sont dans cette numérisation."
        )
    return Scan.objects.create(name=name[-200:], file=file, by=by)


def read_scan(*, scan_id: int) -> None:
    """Read all the pages that wait, a few at a time; run twice, it goes on.

    Each batch is a transaction of its own that holds its pages: another worker takes
    others, and a killed one leaves its own to be read again.
    """
    scan = Scan.objects.select_related("by").get(pk=scan_id)
    if scan.finished_at:
        return
    content = bytes(StoredFile.objects.get(pk=scan.file_id).content)
    try:
        lay_out(scan, content)
    except NotAPdf:
        Scan.objects.filter(pk=scan.pk).update(error=NOT_A_PDF, finished_at=now())
        return
    while read_batch(scan, content):
        Scan.objects.filter(pk=scan.pk).update(moved_at=now())
    finish(scan)


@transaction.atomic
def lay_out(scan: Scan, content: bytes) -> None:
    """One line a page, all waiting. Raises NotAPdf."""
    Scan.objects.select_for_update().get(pk=scan.pk)
    if scan.pages.exists():
        return
    pages = page_count(content)
    ScanPage.objects.bulk_create(
        ScanPage(scan=scan, number=number) for number in range(1, pages + 1)
    )
    Scan.objects.filter(pk=scan.pk).update(number_of_pages=pages, moved_at=now())


@transaction.atomic
def read_batch(scan: Scan, content: bytes) -> int:
    """How many pages were read; 0 when none waits that another worker does not hold."""
    pages = list(
        scan.pages.filter(outcome=PageOutcome.WAITING)
        .select_for_update(skip_locked=True)
        .order_by("number")[:BATCH]
    )
    with opened(content) as document:
        for page in pages:
            settle(page, codes_on(document, page.number - 1), by=scan.by)
    return len(pages)


def settle(page: ScanPage, found: list[codes.PageCode], *, by: User) -> None:
    """Say what became of a page from the codes seen on it."""
    page.outcome, page.document, page.page = decided(found, by=by)
    try:
        with transaction.atomic():
            page.save(update_fields=["outcome", "document", "page"])
    except IntegrityError:  # the same page of the document is filed already
        page.outcome = PageOutcome.DUPLICATE
        page.save(update_fields=["outcome", "document", "page"])


def decided(
    found: list[codes.PageCode], *, by: User
) -> tuple[PageOutcome, Document | None, int | None]:
    """Filed only under a document of ours, with its own hash and one of its pages."""
    if not found:
        return PageOutcome.UNREADABLE, None, None
    if len(found) > 1:
        return PageOutcome.UNKNOWN, None, None
    [one] = found
    document = Document.objects.visible_to(by).filter(code=one.code).first()
    if (
        document is None
        or codes.shown(document.digest) != one.digest
        or not 1 <= one.page <= document.pages
    ):
        return PageOutcome.UNKNOWN, None, None
    return PageOutcome.FILED, document, one.page


@transaction.atomic
def finish(scan: Scan) -> None:
    """Once no page waits, put together the signed copy of each document of the scan."""
    Scan.objects.select_for_update().get(pk=scan.pk)
    if scan.pages.filter(outcome=PageOutcome.WAITING).exists():
        return  # another worker holds the last ones, and will finish
    filed = scan.pages.filter(outcome=PageOutcome.FILED)
    put_together(scan, filed.values_list("document", flat=True).distinct())
    Scan.objects.filter(pk=scan.pk, finished_at=None).update(finished_at=now())


def put_together(scan: Scan, documents: Iterable[int | None]) -> list[SignedCopy]:
    """The signed copies of these documents, from all that was ever filed under them.

    Of a page filed twice, the last one received counts. A copy that would be made of the
    same pages as the one before is not made again.
    """
    kept = latest_pages(documents)
    sources = StoredFile.objects.in_bulk(
        {page.scan.file_id for pages in kept.values() for page in pages.values()}
    )
    contents = {key: bytes(file.content) for key, file in sources.items()}
    made = []
    for document, pages in kept.items():
        made_of = [pages[number].pk for number in sorted(pages)]
        last = document.copies.order_by("-pk").first()
        if last and last.made_of == made_of:
            continue
        parts = [
            (contents[pages[number].scan.file_id], pages[number].number - 1)
            for number in sorted(pages)
        ]
        copy = SignedCopy.objects.create(
            document=document,
            scan=scan,
            file=keep(assembled(parts)),
            made_of=made_of,
            missing=sorted(set(range(1, document.pages + 1)) - set(pages)),
        )
        made.append(copy)
    return made


def latest_pages(
    documents: Iterable[int | None],
) -> dict[Document, dict[int, ScanPage]]:
    """By document, then by page of it, the page of a scan that stands for it."""
    filed = (
        ScanPage.objects.filter(outcome=PageOutcome.FILED, document__in=documents)
        .select_related("scan", "document")
        .order_by("scan_id", "pk")
    )
    kept: dict[Document, dict[int, ScanPage]] = defaultdict(dict)
    for page in filed:
        assert page.document is not None
        assert page.page is not None
        kept[page.document][page.page] = page
    return kept


@transaction.atomic
def file_page(
    *, page: ScanPage, code: str, number: int, by: User
) -> tuple[ScanPage, Document]:
    """File a page by hand under the document somebody read on it. Raises ScanRefused."""
    page = ScanPage.objects.select_for_update().select_related("scan").get(pk=page.pk)
    if page.outcome == PageOutcome.FILED:
        raise ScanRefused("Cette page est déjà classée : rechargez la numérisation.")
    document = Document.objects.visible_to(by).filter(code=codes.typed(code)).first()
    if document is None:
        raise ScanRefused(
            "Aucun document ne porte ce numéro dans votre territoire. Il a douze "
            "signes, au bas de la page : 7Q2M 0KXA 9TRB."
        )
    if not 1 <= number <= document.pages:
        raise ScanRefused(f"Ce document a {document.pages} pages.")
    page.outcome, page.document, page.page = PageOutcome.FILED, document, number
    page.filed_by = by
    try:
        with transaction.atomic():
            page.save()
    except IntegrityError as error:
        raise ScanRefused(
            f"La page {number} de ce document est déjà classée dans cette "
            "numérisation. Écartez celle-ci si c’est un double."
        ) from error
    complete(page.scan, document)
    return page, document


def complete(scan: Scan, document: Document) -> None:
    """The signed copy with the page just filed. Raises ScanRefused on a damaged one."""
    try:
        put_together(scan, [document.pk])
    except PageDamaged as error:
        raise ScanRefused(
            "Cette page est abîmée dans le fichier : numérisez-la de nouveau, puis "
            "écartez celle-ci."
        ) from error


@transaction.atomic
def ignore_page(*, page: ScanPage, by: User) -> ScanPage:
    """A blank page, or one that is not ours: nothing to file. Raises ScanRefused."""
    page = ScanPage.objects.select_for_update().get(pk=page.pk)
    if page.outcome in (PageOutcome.FILED, PageOutcome.WAITING):
        raise ScanRefused("Cette page est classée ou pas encore lue : rechargez.")
    page.outcome, page.filed_by = PageOutcome.IGNORED, by
    page.save(update_fields=["outcome", "filed_by"])
    return page
