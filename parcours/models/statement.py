"""Work: the monthly statement of a convention and the hours of each contract."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from parcours.enums import StatementAct, StatementState
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


class StatementEvent(models.Model):
    """What was done to a month, by whom and why. Only added.

    `hours` are those of the month then, and `lines` those of each contract, by its key:
    what a correction is compared with.
    """

    statement = models.ForeignKey(
        MonthlyStatement, models.PROTECT, related_name="events", verbose_name="état"
    )
    act = models.CharField("acte", max_length=9, choices=StatementAct)
    source = models.CharField("de", max_length=9, choices=StatementState)
    target = models.CharField("vers", max_length=9, choices=StatementState)
    hours = models.DecimalField("heures", max_digits=12, decimal_places=2)
    lines = models.JSONField("heures par contrat", default=dict, blank=True)
    reason = models.TextField("motif", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="par"
    )
    on = models.DateField("date")
    at = models.DateTimeField("enregistré le", auto_now_add=True)

    class Meta:
        verbose_name = "acte sur un état mensuel"
        verbose_name_plural = "actes sur les états mensuels"
        ordering = ["pk"]
        constraints = [
            one_of("act", StatementAct, name="statement_event_act"),
            models.CheckConstraint(
                name="statement_event_reason",
                condition=~Q(act__in=[StatementAct.UNLOCK, StatementAct.GIVE_BACK])
                | ~Q(reason=""),
                violation_error_message="Écrivez le motif.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()} ({self.on:%d/%m/%Y})"


class MonthlyHours(models.Model):
    """Hours of one contract in one statement, counted as its kind counts (R27).

    `days` holds what was typed for each day ("07": "4 MA3"), `entry` what was typed for
    the whole month when no day was; both empty when the hours came from a file.
    """

    statement = models.ForeignKey(
        MonthlyStatement, models.CASCADE, related_name="hours", verbose_name="état"
    )
    contract = models.ForeignKey(
        Contract, models.PROTECT, related_name="hours", verbose_name="contrat"
    )
    hours = models.DecimalField("heures", max_digits=6, decimal_places=2)
    worked = models.DecimalField(
        "heures travaillées", max_digits=6, decimal_places=2, null=True, blank=True
    )
    absences = models.JSONField(
        "heures d’absence par motif", default=dict, blank=True, db_default={}
    )
    days = models.JSONField("jours", default=dict, blank=True, db_default={})
    entry = models.CharField(
        "mois entier", max_length=80, blank=True, default="", db_default=""
    )

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
            models.CheckConstraint(
                name="monthly_hours_days_or_month",
                condition=Q(days={}) | Q(entry=""),
                violation_error_message=(
                    "Un mois se saisit jour par jour ou en entier, pas les deux."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hours} h"
