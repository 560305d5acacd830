"""How a stay ends: its date and motive. The category comes from the motive."""

from django.conf import settings
from django.db import models

from parcours.enums import ExitCategory
from parcours.models.contract import Contract
from structures.constraints import one_of


class ExitMotive(models.Model):
    """Editable: the ASP's full coded list is not public, so its code may be unknown."""

    code = models.CharField("code", max_length=4, primary_key=True)
    label = models.CharField("libellé", max_length=160)
    category = models.CharField("catégorie", max_length=10, choices=ExitCategory)
    asp_code = models.CharField(
        "code ASP", max_length=6, null=True, blank=True, unique=True
    )
    stays_in_iae = models.BooleanField("reste dans l’IAE", default=False)
    source = models.CharField("source", max_length=200, blank=True)

    class Meta:
        verbose_name = "motif de sortie"
        verbose_name_plural = "motifs de sortie"
        ordering = ["code"]
        constraints = [one_of("category", ExitCategory, name="exit_motive_category")]

    def __str__(self) -> str:
        return self.label


class Exit(models.Model):
    contract = models.OneToOneField(
        Contract, models.PROTECT, related_name="exit", verbose_name="contrat"
    )
    exited_on = models.DateField("date de fin réelle", db_index=True)
    motive = models.ForeignKey(ExitMotive, models.PROTECT, verbose_name="motif")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="enregistrée par",
    )
    recorded_at = models.DateTimeField("enregistrée le", auto_now_add=True)

    class Meta:
        verbose_name = "sortie"
        ordering = ["-exited_on", "pk"]

    def __str__(self) -> str:
        return f"{self.motive_id} le {self.exited_on:%d/%m/%Y}"
