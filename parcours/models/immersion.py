"""An immersion (PMSMP) during a contract: with whom, for what, from when to when."""

from django.conf import settings
from django.db import models

from parcours.models.contract import Contract
from structures.constraints import no_overlap, not_before


class Immersion(models.Model):
    """One convention, or its renewal for the same object (R49)."""

    contract = models.ForeignKey(
        Contract, models.PROTECT, related_name="immersions", verbose_name="contrat"
    )
    host = models.CharField("hôte", max_length=120)
    purpose = models.CharField("objet", max_length=160)
    starts_on = models.DateField("début")
    ends_on = models.DateField("fin")
    is_renewal = models.BooleanField("renouvellement", default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name="enregistrée par",
    )
    at = models.DateTimeField("enregistrée le", auto_now_add=True)

    class Meta:
        verbose_name = "immersion"
        ordering = ["-starts_on", "pk"]
        constraints = [
            not_before(
                "ends_on",
                "starts_on",
                name="immersion_dates",
                message="L’immersion finit avant de commencer : corrigez ses dates.",
            ),
            no_overlap(
                "contract",
                start="starts_on",
                end="ends_on",
                name="immersion_one_at_a_time",
                message="Une autre immersion couvre déjà une partie de ces dates.",
            ),
        ]

    def __str__(self) -> str:
        return f"Immersion chez {self.host} du {self.starts_on:%d/%m/%Y}"
