"""What lets a contract go beyond the rule: a reason, who decided is elsewhere, until when."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from parcours.enums import DECISIONS
from parcours.models.contract import Contract
from structures.constraints import not_before


class ContractDecision(models.Model):
    """Beyond the total of months, or under the weekly minimum (R44-R46). Only added."""

    contract = models.ForeignKey(
        Contract, models.PROTECT, related_name="decisions", verbose_name="contrat"
    )
    kind = models.CharField("motif", max_length=12, choices=DECISIONS)
    decided_on = models.DateField("décidée le")
    starts_on = models.DateField("à partir du")
    until = models.DateField("jusqu’au")
    reference = models.CharField("référence", max_length=80)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name="enregistrée par",
    )
    at = models.DateTimeField("enregistrée le", auto_now_add=True)

    class Meta:
        verbose_name = "décision sur un contrat"
        verbose_name_plural = "décisions sur des contrats"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="contract_decision_kind",
                condition=Q(kind__in=[word for word, _ in DECISIONS]),
                violation_error_message="Cette valeur n’est pas dans la liste.",
            ),
            not_before(
                "until",
                "starts_on",
                name="contract_decision_dates",
                message="La décision finit avant de commencer : corrigez sa fin.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} jusqu’au {self.until:%d/%m/%Y}"
