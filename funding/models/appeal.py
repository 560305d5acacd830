"""Appeals against a decision: a refusal, a suspension, a termination."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from funding.enums import AppealKind, AppealOutcome
from funding.models.lifecycle import StatusChange
from structures.constraints import not_before, one_of
from structures.models import Structure

if TYPE_CHECKING:
    from structures.models import User


class AppealQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        visible = Structure.objects.visible_to(user)
        return self.filter(
            Q(change__convention__structure__in=visible)
            | Q(change__version__annexe__convention__structure__in=visible)
        )


class Appeal(models.Model):
    """Filed once a kind against a decision; its outcome, once written, is kept."""

    change = models.ForeignKey(
        StatusChange, models.PROTECT, related_name="appeals", verbose_name="décision"
    )
    kind = models.CharField("nature", max_length=13, choices=AppealKind)
    notified_on = models.DateField("décision notifiée le")
    filed_on = models.DateField("formé le")
    reason = models.TextField("moyens")
    reference = models.CharField("référence", max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="par"
    )
    at = models.DateTimeField("enregistré le", auto_now_add=True)
    outcome = models.CharField(
        "issue", max_length=9, choices=AppealOutcome, blank=True, default=""
    )
    decided_on = models.DateField("décidé le", null=True, blank=True)
    grounds = models.TextField("motif de l’issue", blank=True, default="")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="enregistrée par",
    )

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = "recours"
        verbose_name_plural = "recours"
        ordering = ["-filed_on", "-pk"]
        constraints = [
            one_of("kind", AppealKind, name="appeal_kind"),
            models.CheckConstraint(
                name="appeal_outcome_whole",
                condition=Q(outcome="", decided_on=None, decided_by=None, grounds="")
                | Q(
                    outcome__in=AppealOutcome.values,
                    decided_on__isnull=False,
                    decided_by__isnull=False,
                )
                & ~Q(grounds=""),
                violation_error_message="Une issue a une date, un motif et un auteur.",
            ),
            models.CheckConstraint(
                name="appeal_reason",
                condition=~Q(reason=""),
                violation_error_message="Écrivez les moyens du recours.",
            ),
            not_before(
                "filed_on",
                "notified_on",
                name="appeal_after_its_decision",
                message="Un recours suit la notification de la décision.",
            ),
            not_before(
                "decided_on",
                "filed_on",
                name="appeal_decided_after",
                message="L’issue suit le recours.",
            ),
            models.UniqueConstraint(
                fields=["change", "kind"],
                name="appeal_once",
                violation_error_message="Ce recours est déjà enregistré.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.filed_on:%d/%m/%Y})"
