"""Social and professional accompaniment: interviews and freins, the third lane."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from parcours.enums import THEMES, FreinMode, FreinState, Medium
from parcours.models.contract import Contract
from structures.constraints import not_before, one_of


class Interview(models.Model):
    """`counsellor` is a name as a file gives it; `by`, whoever wrote it here."""

    contract = models.ForeignKey(
        Contract, models.CASCADE, related_name="interviews", verbose_name="contrat"
    )
    held_on = models.DateField("date")
    medium = models.CharField("forme", max_length=7, choices=Medium)
    minutes = models.PositiveSmallIntegerField("durée en minutes")
    summary = models.CharField("synthèse partagée", max_length=500, blank=True)
    counsellor = models.CharField("conseiller", max_length=120, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="enregistré par",
    )

    class Meta:
        verbose_name = "entretien"
        ordering = ["-held_on", "pk"]
        constraints = [one_of("medium", Medium, name="interview_medium")]

    def __str__(self) -> str:
        return f"Entretien du {self.held_on:%d/%m/%Y}"


class Frein(models.Model):
    """A barrier of one stay, from the day it was seen to the day it was lifted.

    `state` and `mode` are what its actions say, written by parcours.actions.freins.
    """

    contract = models.ForeignKey(
        Contract, models.CASCADE, related_name="freins", verbose_name="contrat"
    )
    theme = models.CharField("thème", max_length=14, choices=THEMES)
    state = models.CharField("état", max_length=11, choices=FreinState)
    mode = models.CharField("suivi", max_length=7, choices=FreinMode, blank=True)
    identified_on = models.DateField("identifié le")
    lifted_on = models.DateField("levé le", null=True, blank=True)

    class Meta:
        verbose_name = "frein"
        ordering = ["identified_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="frein_theme",
                condition=Q(theme__in=[value for value, _ in THEMES]),
                violation_error_message="Cette valeur n’est pas dans la liste.",
            ),
            one_of("state", FreinState, name="frein_state"),
            one_of("mode", FreinMode, name="frein_mode"),
            models.UniqueConstraint(
                fields=["contract", "theme"],
                name="frein_once",
                violation_error_message="Ce frein est déjà suivi.",
            ),
            not_before(
                "lifted_on",
                "identified_on",
                name="frein_dates",
                message="Un frein ne peut pas être levé avant d’être identifié.",
            ),
            models.CheckConstraint(
                name="frein_lifted_with_date",
                condition=Q(state=FreinState.LIFTED, lifted_on__isnull=False)
                | (~Q(state=FreinState.LIFTED) & Q(lifted_on=None)),
                violation_error_message="Un frein levé a une date, les autres non.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_theme_display()
