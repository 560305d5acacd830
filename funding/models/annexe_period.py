"""The unit amounts of an annexe whose socle changes within its year."""

from django.db import models

from funding.models.annexe import AnnexeVersion
from structures.constraints import positive


class AnnexePeriod(models.Model):
    """An amount from a day; a version with one amount all along has none.

    The last one is the version’s `unit_amount`: next year, and what is read at a glance.
    """

    version = models.ForeignKey(
        AnnexeVersion,
        models.CASCADE,
        related_name="periods",
        verbose_name="version",
    )
    starts_on = models.DateField("à partir du")
    unit_amount = models.DecimalField(
        "montant unitaire", max_digits=10, decimal_places=2
    )

    class Meta:
        verbose_name = "période d’une annexe"
        verbose_name_plural = "périodes d’une annexe"
        ordering = ["version", "starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "starts_on"],
                name="period_once",
                violation_error_message="Une période commence déjà ce jour.",
            ),
            positive(
                "unit_amount",
                name="period_positive",
                message="Un montant ne peut pas être négatif.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_amount} € à partir du {self.starts_on:%d/%m/%Y}"
