"""Signed paper that comes back: a file of pages in any order, filed by their codes."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from structures.constraints import one_of
from structures.enums import PageOutcome
from structures.models.document import Document, StoredFile
from structures.models.membership import Membership

if TYPE_CHECKING:
    from structures.models import User


class ScanQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """One’s own, and those of one’s colleagues of the same service."""
        if user.is_superuser:
            return self
        agencies = user.memberships.filter(agency__isnull=False).values("agency")
        colleagues = Membership.objects.filter(agency__in=agencies)
        return self.filter(by__in=colleagues.values("user"))


class Scan(models.Model):
    name = models.CharField("fichier", max_length=200)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, related_name="scans", verbose_name="contenu"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="déposée par"
    )
    at = models.DateTimeField("déposée le", auto_now_add=True)
    number_of_pages = models.PositiveIntegerField("pages", null=True, blank=True)
    error = models.CharField("ce qui l’a arrêtée", max_length=300, blank=True)
    # When a worker last read some of its pages: an old one is woken again.
    moved_at = models.DateTimeField("avancée le", null=True, blank=True)
    finished_at = models.DateTimeField("lue le", null=True, blank=True)

    objects = ScanQuerySet.as_manager()

    class Meta:
        verbose_name = "numérisation"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name


class ScanPage(models.Model):
    scan = models.ForeignKey(
        Scan, models.CASCADE, related_name="pages", verbose_name="numérisation"
    )
    number = models.PositiveIntegerField("page du fichier")
    outcome = models.CharField(
        "résultat",
        max_length=10,
        choices=PageOutcome,
        default=PageOutcome.WAITING,
    )
    document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="scanned_pages",
        verbose_name="document",
    )
    page = models.PositiveSmallIntegerField("page du document", null=True, blank=True)
    # Empty when its code filed it.
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="classée par",
    )

    class Meta:
        verbose_name = "page numérisée"
        verbose_name_plural = "pages numérisées"
        ordering = ["scan", "number"]
        constraints = [
            one_of("outcome", PageOutcome, name="scan_page_outcome"),
            models.UniqueConstraint(fields=["scan", "number"], name="scan_page_once"),
            models.UniqueConstraint(
                fields=["scan", "document", "page"],
                condition=Q(outcome=PageOutcome.FILED),
                name="scan_page_filed_once",
                violation_error_message=(
                    "Cette page du document est déjà classée dans cette numérisation."
                ),
            ),
            models.CheckConstraint(
                name="scan_page_filed_somewhere",
                condition=~Q(outcome=PageOutcome.FILED)
                | Q(document__isnull=False, page__isnull=False),
                violation_error_message="Une page classée l’est dans un document.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scan_id}, page {self.number}"


class SignedCopy(models.Model):
    """The signed pages of a document, in its order. The last one is its signed copy."""

    document = models.ForeignKey(
        Document, models.PROTECT, related_name="copies", verbose_name="document"
    )
    scan = models.ForeignKey(
        Scan, models.PROTECT, related_name="copies", verbose_name="numérisation"
    )
    file = models.OneToOneField(
        StoredFile, models.PROTECT, related_name="copy", verbose_name="fichier"
    )
    # Pages of the scans it is made of: the same ones make no other copy.
    made_of = ArrayField(models.BigIntegerField(), verbose_name="faite de")
    missing = ArrayField(
        models.PositiveSmallIntegerField(), default=list, verbose_name="manquent"
    )
    at = models.DateTimeField("classée le", auto_now_add=True)

    class Meta:
        verbose_name = "copie signée"
        verbose_name_plural = "copies signées"
        ordering = ["document", "pk"]

    def __str__(self) -> str:
        return f"Copie signée de {self.document_id}"
