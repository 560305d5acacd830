"""What the hours of a month use of an annexe."""

from django.db import models

from funding.models.annexe import AnnexeFinanciere, AnnexeVersion
from structures.constraints import positive


class Consumption(models.Model):
    """Recomputed from the statements, never incremented."""

    annexe = models.ForeignKey(
        AnnexeFinanciere,
        models.CASCADE,
        related_name="consumption",
        verbose_name="annexe",
    )
    month = models.DateField("mois")
    version = models.ForeignKey(
        AnnexeVersion, models.CASCADE, verbose_name="version en vigueur"
    )
    persons = models.PositiveIntegerField("salariés avec au moins une heure")
    hours = models.DecimalField("heures", max_digits=12, decimal_places=2)
    etp = models.DecimalField("ETP du mois", max_digits=12, decimal_places=6)
    amount = models.DecimalField("montant utilisé", max_digits=14, decimal_places=2)
    due = models.DecimalField("montant dû, plafonné", max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = "consommation"
        ordering = ["month"]
        constraints = [
            models.UniqueConstraint(
                fields=["annexe", "month"], name="consumption_once"
            ),
            positive(
                "hours",
                "etp",
                "amount",
                name="consumption_positive",
                message="Une consommation ne peut pas être négative.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%m/%Y} {self.etp}"
