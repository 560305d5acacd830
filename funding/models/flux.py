"""What an import of the ASP's files read, wrote and refused."""

from django.conf import settings
from django.db import models

from funding.enums import IssueKind
from funding.models.annexe import AnnexeFinanciere
from parcours.enums import FreinTheme
from structures.constraints import one_of


class ImportRun(models.Model):
    started_at = models.DateTimeField("commencé", auto_now_add=True)
    finished_at = models.DateTimeField("fini", null=True, blank=True)
    directory = models.CharField("dossier", max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="par",
    )
    is_applied = models.BooleanField("appliqué", default=False)
    summary = models.JSONField("rapprochement", default=dict)

    class Meta:
        verbose_name = "import"
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"Import du {self.started_at:%d/%m/%Y}"


class ImportRejection(models.Model):
    """One line that was rejected, set aside, or read without one of its values."""

    run = models.ForeignKey(
        ImportRun, models.CASCADE, related_name="rejections", verbose_name="import"
    )
    file = models.CharField("fichier", max_length=120)
    line = models.PositiveIntegerField("ligne")
    column = models.CharField("colonne", max_length=80, blank=True)
    value = models.CharField("valeur", max_length=200, blank=True)
    reason = models.CharField("motif", max_length=300)
    kind = models.CharField(
        "suite donnée", max_length=9, choices=IssueKind, default=IssueKind.REJECTED
    )

    class Meta:
        verbose_name = "ligne rejetée"
        verbose_name_plural = "lignes rejetées"
        ordering = ["file", "line"]
        constraints = [one_of("kind", IssueKind, name="import_rejection_kind")]

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class FreinCount(models.Model):
    """The ASP's accompaniment counters of an annexe, by barrier."""

    annexe = models.ForeignKey(
        AnnexeFinanciere,
        models.CASCADE,
        related_name="frein_counts",
        verbose_name="annexe",
    )
    theme = models.CharField("thème", max_length=14, choices=FreinTheme)
    concerned = models.PositiveIntegerField("concernés", default=0)
    internal = models.PositiveIntegerField("suivis en interne", default=0)
    external = models.PositiveIntegerField("suivis en externe", default=0)
    both = models.PositiveIntegerField("suivis des deux façons", default=0)

    class Meta:
        verbose_name = "comptage de frein"
        verbose_name_plural = "comptages de freins"
        constraints = [
            one_of("theme", FreinTheme, name="frein_count_theme"),
            models.UniqueConstraint(
                fields=["annexe", "theme"], name="frein_count_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.theme} {self.concerned}"
