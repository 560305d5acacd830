"""What was done for a person: the act, by whom, and what was told before it."""

from django.conf import settings
from django.db import models

from parcours.enums import PersonAct
from parcours.models.contract import Contract
from parcours.models.parcours import Parcours
from structures.constraints import one_of


class PersonEvent(models.Model):
    """Only added. `told` holds the warnings that were shown and confirmed."""

    parcours = models.ForeignKey(
        Parcours, models.PROTECT, related_name="events", verbose_name="parcours"
    )
    contract = models.ForeignKey(
        Contract,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name="contrat",
    )
    act = models.CharField("acte", max_length=12, choices=PersonAct)
    told = models.JSONField("remarques confirmées", default=list, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="par"
    )
    on = models.DateField("date")
    at = models.DateTimeField("enregistré le", auto_now_add=True)

    class Meta:
        verbose_name = "acte sur une personne"
        verbose_name_plural = "actes sur les personnes"
        ordering = ["pk"]
        constraints = [one_of("act", PersonAct, name="person_event_act")]

    def __str__(self) -> str:
        return f"{self.get_act_display()} ({self.on:%d/%m/%Y})"
