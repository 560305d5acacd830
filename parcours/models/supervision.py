"""Technical supervision and training: the second lane."""

from django.db import models

from parcours.models.contract import Contract
from structures.constraints import not_before, positive


class SupervisionSession(models.Model):
    contract = models.ForeignKey(
        Contract, models.CASCADE, related_name="sessions", verbose_name="contrat"
    )
    held_on = models.DateField("date")
    task = models.CharField("tâche ou atelier", max_length=120)
    observation = models.CharField("observation", max_length=500, blank=True)
    supervisor = models.CharField("encadrant", max_length=120, blank=True)

    class Meta:
        verbose_name = "séance d’encadrement"
        verbose_name_plural = "séances d’encadrement"
        ordering = ["-held_on", "pk"]

    def __str__(self) -> str:
        return f"{self.task} ({self.held_on:%d/%m/%Y})"


class Training(models.Model):
    contract = models.ForeignKey(
        Contract, models.CASCADE, related_name="trainings", verbose_name="contrat"
    )
    title = models.CharField("intitulé", max_length=160)
    objective = models.CharField("objectif", max_length=10, blank=True)
    starts_on = models.DateField("début")
    ends_on = models.DateField("fin", null=True, blank=True)
    hours = models.DecimalField(
        "durée en heures", max_digits=7, decimal_places=2, null=True, blank=True
    )
    asp_id = models.PositiveBigIntegerField(
        "identifiant ASP", null=True, blank=True, unique=True
    )

    class Meta:
        verbose_name = "formation"
        ordering = ["-starts_on", "pk"]
        constraints = [
            not_before(
                "ends_on",
                "starts_on",
                name="training_dates",
                message="La fin ne peut pas précéder le début.",
            ),
            positive(
                "hours",
                name="training_hours",
                message="Une durée ne peut pas être négative.",
            ),
        ]

    def __str__(self) -> str:
        return self.title
