"""Documents and scans as their lists show them."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from structures.enums import TO_FILE, PageOutcome
from structures.models import Document, Scan, SignedCopy


def with_copies(documents: QuerySet[Document]) -> QuerySet[Document]:
    """Documents with `copy_missing`, the pages their signed copy lacks; None without one."""
    last = SignedCopy.objects.filter(document=OuterRef("pk")).order_by("-pk")
    return documents.annotate(
        copy_id=Subquery(last.values("pk")[:1]),
        copy_missing=Subquery(last.values("missing")[:1]),
    ).select_related("structure", "made_by", "replaced_by")


@dataclass(frozen=True)
class ScanProgress:
    """Pages of a scan by what became of them."""

    total: int
    read: int
    filed: int
    documents: int
    to_file: int


def scan_progress(scan: Scan) -> ScanProgress:
    """One query, whatever the number of pages."""
    waiting = Q(outcome=PageOutcome.WAITING)
    filed = Q(outcome=PageOutcome.FILED)
    counts = scan.pages.aggregate(
        total=Count("pk"),
        read=Count("pk", filter=~waiting),
        filed=Count("pk", filter=filed),
        documents=Count("document", filter=filed, distinct=True),
        to_file=Count("pk", filter=Q(outcome__in=TO_FILE)),
    )
    return ScanProgress(**counts)


def with_counts(scans: QuerySet[Scan]) -> QuerySet[Scan]:
    """Scans with `filed` and `to_file`, for their list."""
    return scans.annotate(
        filed=Count("pages", filter=Q(pages__outcome=PageOutcome.FILED)),
        to_file=Count("pages", filter=Q(pages__outcome__in=TO_FILE)),
    ).select_related("by")
