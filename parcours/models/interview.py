"""What is kept beside an interview: what it said before, and notes nobody else reads."""

from django.conf import settings
from django.db import models

from parcours.enums import Medium
from parcours.models.accompaniment import Interview
from structures.constraints import one_of


class InterviewRevision(models.Model):
    """What an interview said before its author corrected it. Only added."""

    interview = models.ForeignKey(
        Interview, models.CASCADE, related_name="revisions", verbose_name="entretien"
    )
    held_on = models.DateField("date")
    medium = models.CharField("forme", max_length=7, choices=Medium)
    minutes = models.PositiveSmallIntegerField("durée en minutes")
    summary = models.CharField("synthèse partagée", max_length=500, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name="corrigé par",
    )
    at = models.DateTimeField("corrigé le", auto_now_add=True)

    class Meta:
        verbose_name = "entretien avant correction"
        verbose_name_plural = "entretiens avant correction"
        ordering = ["-pk"]
        constraints = [one_of("medium", Medium, name="interview_revision_medium")]

    def __str__(self) -> str:
        return f"Avant le {self.at:%d/%m/%Y}"


class PrivateNote(models.Model):
    """Read by who wrote it and by the person’s referent; the last one counts. Only added.

    In no timeline, no list and no export: `parcours.figures.notes` alone reads it.
    """

    interview = models.ForeignKey(
        Interview, models.CASCADE, related_name="notes", verbose_name="entretien"
    )
    text = models.TextField("notes privées", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="par"
    )
    at = models.DateTimeField("écrit le", auto_now_add=True)

    class Meta:
        verbose_name = "note privée"
        verbose_name_plural = "notes privées"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Note du {self.at:%d/%m/%Y}"
