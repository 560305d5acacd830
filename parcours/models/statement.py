"""Work: the monthly statement of a convention and the hours of each contract."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from parcours.enums import StatementState
from parcours.models.contract import Contract
from structures.constraints import one_of
from structures.models import Convention, Structure

if TYPE_CHECKING:
    from structures.models import User


class MonthlyStatementQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        return self.filter(convention__structure__in=Structure.objects.visible_to(user))

    def closed(self) -> Self:
        return self.filter(state=StatementState.VALIDE)


class MonthlyStatement(models.Model):
    """One month of one convention; `month` is its first day."""

    convention = models.ForeignKey(
        Convention,
        models.PROTECT,
        related_name="statements",
        verbose_name="convention",
    )
    month = models.DateField("mois")
    state = models.CharField(
        "état", max_length=9, choices=StatementState, default=StatementState.BROUILLON
    )
    validated_on = models.DateField("validé le", null=True, blank=True)

    objects = MonthlyStatementQuerySet.as_manager()

    class Meta:
        verbose_name = "état mensuel"
        verbose_name_plural = "états mensuels"
        ordering = ["-month"]
        constraints = [
            one_of("state", StatementState, name="statement_state"),
            models.UniqueConstraint(
                fields=["convention", "month"],
                name="statement_once",
                violation_error_message="Ce mois a déjà un état mensuel.",
            ),
            models.CheckConstraint(
                name="statement_first_of_month",
                condition=Q(month__day=1),
                violation_error_message="Un mois est désigné par son premier jour.",
            ),
            models.CheckConstraint(
                name="statement_validated_with_date",
                condition=~Q(state=StatementState.VALIDE)
                | Q(validated_on__isnull=False),
                violation_error_message="Indiquez la date de validation.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%m/%Y}"


class MonthlyHours(models.Model):
    """Hours of one contract in one statement, counted as its kind counts (R27)."""

    statement = models.ForeignKey(
        MonthlyStatement, models.CASCADE, related_name="hours", verbose_name="état"
    )
    contract = models.ForeignKey(
        Contract, models.PROTECT, related_name="hours", verbose_name="contrat"
    )
    hours = models.DecimalField("heures", max_digits=6, decimal_places=2)

    class Meta:
        verbose_name = "heures du mois"
        verbose_name_plural = "heures du mois"
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "contract"],
                name="monthly_hours_once",
                violation_error_message="Ce contrat est déjà dans cet état mensuel.",
            ),
            models.CheckConstraint(
                name="monthly_hours_possible",
                condition=Q(hours__gte=0, hours__lte=744),
                violation_error_message=(
                    "Un mois compte de 0 à 744 heures. Corrigez les heures saisies."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hours} h"
