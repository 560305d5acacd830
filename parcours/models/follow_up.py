"""What became of somebody three and six months after they left, and corrected exits."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from parcours.enums import FollowUpState
from parcours.models.exit import Exit
from structures.constraints import one_of


class ExitFollowUp(models.Model):
    """The situation learnt some months after an exit; asked once at each term."""

    exit = models.ForeignKey(
        Exit, models.PROTECT, related_name="follow_ups", verbose_name="sortie"
    )
    months = models.PositiveSmallIntegerField("mois après la sortie")
    state = models.CharField("situation", max_length=10, choices=FollowUpState)
    note = models.CharField("précisions", max_length=300, blank=True)
    asked_on = models.DateField("appris le")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="par"
    )
    at = models.DateTimeField("enregistré le", auto_now_add=True)

    class Meta:
        verbose_name = "suivi après la sortie"
        verbose_name_plural = "suivis après la sortie"
        ordering = ["exit", "months"]
        constraints = [
            one_of("state", FollowUpState, name="follow_up_state"),
            models.CheckConstraint(
                name="follow_up_term",
                condition=Q(months__in=[3, 6]),
                violation_error_message="Le suivi se fait à trois et à six mois.",
            ),
            models.UniqueConstraint(
                fields=["exit", "months"],
                name="follow_up_once",
                violation_error_message="Ce suivi est déjà enregistré.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} à {self.months} mois"


class ExitChange(models.Model):
    """An exit corrected: what it said before, by whom and why. Only added."""

    exit = models.ForeignKey(
        Exit, models.PROTECT, related_name="changes", verbose_name="sortie"
    )
    before = models.CharField("avant", max_length=200)
    after = models.CharField("après", max_length=200)
    reason = models.CharField("motif de la correction", max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="par"
    )
    at = models.DateTimeField("le", auto_now_add=True)

    class Meta:
        verbose_name = "sortie corrigée"
        verbose_name_plural = "sorties corrigées"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
