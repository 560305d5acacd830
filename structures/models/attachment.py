"""Files that a structure joins to its request, kept in the database with their act."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from structures.constraints import one_of
from structures.enums import AttachmentKind
from structures.models.convention import Convention

if TYPE_CHECKING:
    from structures.models import User


class AttachmentQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        return self.filter(convention__in=Convention.objects.visible_to(user))

    def kept(self) -> Self:
        return self.filter(removed_at=None)


class Attachment(models.Model):
    """A file and what is known of it; its bytes are apart, so that lists do not read them."""

    convention = models.ForeignKey(
        Convention,
        models.CASCADE,
        related_name="attachments",
        verbose_name="convention",
    )
    kind = models.CharField("pièce", max_length=9, choices=AttachmentKind)
    name = models.CharField("nom du fichier", max_length=120)
    content_type = models.CharField("type", max_length=100)
    size = models.PositiveIntegerField("taille, en octets")
    sha256 = models.CharField("empreinte", max_length=64)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name="jointe par",
    )
    added_at = models.DateTimeField("jointe le", auto_now_add=True)
    # Taken out, it is still there: somebody may have read it.
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="retirée par",
    )
    removed_at = models.DateTimeField("retirée le", null=True, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = "pièce jointe"
        verbose_name_plural = "pièces jointes"
        ordering = ["pk"]
        constraints = [
            one_of("kind", AttachmentKind, name="attachment_kind"),
            models.UniqueConstraint(
                fields=["convention", "kind", "sha256"],
                condition=Q(removed_at=None),
                name="attachment_once",
                violation_error_message="Cette pièce est déjà jointe.",
            ),
            models.CheckConstraint(
                name="attachment_removed_whole",
                condition=Q(removed_at=None, removed_by=None)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                violation_error_message="Une pièce retirée l’est par quelqu’un.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AttachmentContent(models.Model):
    """The bytes of an attachment, written once."""

    attachment = models.OneToOneField(
        Attachment,
        models.CASCADE,
        primary_key=True,
        related_name="content",
        verbose_name="pièce jointe",
    )
    data = models.BinaryField("contenu")

    class Meta:
        verbose_name = "contenu d’une pièce jointe"
        verbose_name_plural = "contenus des pièces jointes"

    def __str__(self) -> str:
        return f"{self.attachment_id}"
