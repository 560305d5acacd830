"""What each issued document is about, and the runs that print a year’s annexes."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from funding.enums import PrintOutcome
from funding.models.annexe import AnnexeVersion
from funding.models.cdiae import CdiaeSession
from funding.models.ledger import Transfer
from structures.constraints import one_of
from structures.models import Convention, Departement, Document

if TYPE_CHECKING:
    from structures.models import User

SUBJECTS = ("convention", "version", "transfer", "session")


def of_one_subject(name: str) -> models.CheckConstraint:
    """One of the subjects is named, and one only."""
    condition = Q()
    for one in SUBJECTS:
        named = {f"{other}__isnull": other != one for other in SUBJECTS}
        condition |= Q(**named)
    return models.CheckConstraint(
        name=name,
        condition=condition,
        violation_error_message="Un document porte sur une seule chose.",
    )


class DocumentLink(models.Model):
    """A document and its subject. Only added, as the document is."""

    document = models.OneToOneField(
        Document,
        models.PROTECT,
        primary_key=True,
        related_name="link",
        verbose_name="document",
    )
    convention = models.ForeignKey(
        Convention,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="papers",
        verbose_name="convention",
    )
    version = models.ForeignKey(
        AnnexeVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="papers",
        verbose_name="version d’annexe",
    )
    transfer = models.ForeignKey(
        Transfer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="papers",
        verbose_name="mouvement",
    )
    session = models.ForeignKey(
        CdiaeSession,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="papers",
        verbose_name="séance du CDIAE",
    )

    class Meta:
        verbose_name = "objet d’un document"
        verbose_name_plural = "objets des documents"
        constraints = [of_one_subject("document_of_one_subject")]

    def __str__(self) -> str:
        return str(self.document)


class PrintRunQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Those of the agent’s départements."""
        if user.is_superuser:
            return self
        return self.filter(departement__in=user.departements())


class PrintRun(models.Model):
    """Every annexe of a year in a département, printed in one go."""

    year = models.PositiveSmallIntegerField("année")
    departement = models.ForeignKey(
        Departement, models.PROTECT, verbose_name="département"
    )
    on = models.DateField("date des documents")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="lancé par",
    )
    at = models.DateTimeField("lancé le", auto_now_add=True)
    # The ledger’s state when it began, the same on all its documents.
    anchor = models.CharField("ancre", max_length=100, blank=True)
    moved_at = models.DateTimeField("avancé le", null=True, blank=True)
    finished_at = models.DateTimeField("fini le", null=True, blank=True)

    objects = PrintRunQuerySet.as_manager()

    class Meta:
        verbose_name = "lot de documents"
        verbose_name_plural = "lots de documents"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "departement"],
                condition=Q(finished_at=None),
                name="print_run_one_open",
                violation_error_message=(
                    "Les documents de cette année sont déjà en préparation pour ce "
                    "département : suivez ce lot jusqu’à sa fin."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Documents {self.year}, {self.departement.name}"


class PrintLine(models.Model):
    run = models.ForeignKey(
        PrintRun, models.CASCADE, related_name="lines", verbose_name="lot"
    )
    version = models.ForeignKey(
        AnnexeVersion, models.CASCADE, verbose_name="version d’annexe"
    )
    outcome = models.CharField(
        "résultat", max_length=9, choices=PrintOutcome, default=PrintOutcome.WAITING
    )
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, verbose_name="document"
    )
    reason = models.CharField("motif", max_length=300, blank=True)

    class Meta:
        verbose_name = "ligne de lot"
        verbose_name_plural = "lignes de lot"
        ordering = ["run", "pk"]
        constraints = [
            one_of("outcome", PrintOutcome, name="print_line_outcome"),
            models.UniqueConstraint(fields=["run", "version"], name="print_line_once"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.version_id} {self.outcome}"
