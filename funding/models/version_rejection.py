"""Why the ASP rejected a version: one row a motif."""

from django.db import models

from funding.models.annexe import AnnexeVersion


class VersionRejection(models.Model):
    """A version comes once per motif de rejet in the ASP's file: they are kept here."""

    version = models.ForeignKey(
        AnnexeVersion,
        models.CASCADE,
        related_name="rejections",
        verbose_name="version",
    )
    code = models.CharField("code", max_length=20)

    class Meta:
        verbose_name = "motif de rejet"
        verbose_name_plural = "motifs de rejet"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "code"], name="version_rejection_once"
            )
        ]

    def __str__(self) -> str:
        return self.code
