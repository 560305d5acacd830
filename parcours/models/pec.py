"""Parcours emploi compétences: the person, the post, and the decision's terms."""

from django.db import models
from django.db.models import Q

from parcours.models.person import Person
from structures.constraints import positive
from structures.models import Commune


class Pec(models.Model):
    """Residents of a perimeter may be taken on at a preferential rate (R77)."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="pecs", verbose_name="personne"
    )
    employer = models.CharField("employeur", max_length=160)
    residence = models.ForeignKey(
        Commune, models.PROTECT, verbose_name="commune de résidence"
    )
    decided_on = models.DateField("décision du")
    starts_on = models.DateField("début")
    months = models.PositiveSmallIntegerField("durée en mois")
    weekly_hours = models.DecimalField(
        "heures par semaine", max_digits=4, decimal_places=2
    )
    rate = models.DecimalField(
        "taux de prise en charge", max_digits=4, decimal_places=3
    )
    is_preferential = models.BooleanField("taux préférentiel", default=False)
    is_simulated = models.BooleanField("données simulées", default=False)

    class Meta:
        verbose_name = "PEC"
        verbose_name_plural = "PEC"
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="pec_decided_first",
                condition=Q(decided_on__lte=models.F("starts_on")),
                violation_error_message=(
                    "La décision précède le contrat (art. R. 5134-26)."
                ),
            ),
            models.CheckConstraint(
                name="pec_rate",
                condition=Q(rate__gt=0, rate__lte=1),
                violation_error_message="Le taux va de 0 à 100 %.",
            ),
            positive(
                "weekly_hours",
                name="pec_weekly_hours",
                message="Les heures ne peuvent pas être négatives.",
            ),
        ]

    def __str__(self) -> str:
        return f"PEC du {self.starts_on:%d/%m/%Y}"
