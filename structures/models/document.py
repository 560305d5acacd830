"""What the service issued: never altered, replaced by another when it must change."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from structures.constraints import one_of
from structures.enums import DocumentKind
from structures.models.structure import Structure
from structures.models.territory import Departement, Region

if TYPE_CHECKING:
    from structures.models import User


class StoredFile(models.Model):
    """The bytes of a file, in the base: written with the act, saved with everything else."""

    sha256 = models.CharField("empreinte", max_length=64, db_index=True)
    size = models.PositiveIntegerField("octets")
    content = models.BinaryField("contenu")

    class Meta:
        verbose_name = "fichier conservé"
        verbose_name_plural = "fichiers conservés"
        constraints = [
            models.CheckConstraint(
                name="stored_file_sha256", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
            )
        ]

    def __str__(self) -> str:
        return self.sha256[:12]


class DocumentTemplate(models.Model):
    """The text of a kind of document, for a territory, from a day. Another one replaces it."""

    kind = models.CharField("document", max_length=12, choices=DocumentKind)
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, verbose_name="région"
    )
    departement = models.ForeignKey(
        Departement, models.PROTECT, null=True, blank=True, verbose_name="département"
    )
    since = models.DateField("à partir du")
    text = models.TextField("texte")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="écrit par",
    )
    at = models.DateTimeField("écrit le", auto_now_add=True)

    class Meta:
        verbose_name = "modèle de document"
        verbose_name_plural = "modèles de document"
        ordering = ["kind", "-since", "-pk"]
        constraints = [
            one_of("kind", DocumentKind, name="template_kind"),
            models.CheckConstraint(
                name="template_one_territory",
                condition=Q(region=None) | Q(departement=None),
                violation_error_message=(
                    "Un modèle vaut pour une région, un département, ou partout."
                ),
            ),
            models.CheckConstraint(
                name="template_not_empty",
                condition=~Q(text=""),
                violation_error_message="Un modèle a un texte.",
            ),
        ]

    def __str__(self) -> str:
        place = self.departement or self.region or "partout"
        return f"{self.get_kind_display()}, {place}, {self.since:%d/%m/%Y}"


class DocumentQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Those of one’s structures; those of no structure, to the territory’s agents."""
        if user.is_superuser:
            return self
        return self.filter(
            Q(structure__in=Structure.objects.visible_to(user))
            | Q(structure=None, departement__in=user.departements())
        )

    def last(self) -> Self:
        """Those that no other replaces."""
        return self.filter(replaced_by=None)


class Document(models.Model):
    code = models.CharField("numéro", max_length=12, unique=True)
    kind = models.CharField("nature", max_length=12, choices=DocumentKind)
    title = models.CharField("titre", max_length=250)
    year = models.PositiveSmallIntegerField("exercice")
    structure = models.ForeignKey(
        Structure,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name="structure",
    )
    departement = models.ForeignKey(
        Departement, models.PROTECT, verbose_name="département"
    )
    service = models.CharField("service", max_length=160)
    template = models.ForeignKey(
        DocumentTemplate,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name="modèle",
    )
    # The hash of what it says, on each of its pages; that of its bytes is the file’s.
    digest = models.CharField("empreinte des données", max_length=64)
    pages = models.PositiveSmallIntegerField("pages", validators=[MinValueValidator(1)])
    file = models.OneToOneField(
        StoredFile, models.PROTECT, related_name="document", verbose_name="fichier"
    )
    on = models.DateField("date du document")
    made_at = models.DateTimeField("fait le", auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="fait par",
    )
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name="remplace",
    )
    is_simulated = models.BooleanField("données simulées", default=False)
    # It said so when it was made, whatever became of its subject since.
    is_draft = models.BooleanField("projet", default=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "document"
        ordering = ["-pk"]
        constraints = [
            one_of("kind", DocumentKind, name="document_kind"),
            models.CheckConstraint(
                name="document_digest", condition=Q(digest__regex=r"^[0-9a-f]{64}$")
            ),
            models.CheckConstraint(
                name="document_has_pages", condition=Q(pages__gte=1)
            ),
        ]
        indexes = [models.Index(fields=["year", "kind"], name="document_year_kind")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_replaced(self) -> bool:
        return hasattr(self, "replaced_by")
