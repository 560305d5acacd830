"""A run of the yearly jobs: one row per job, year and département, claimed by lease."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from funding.enums import Job, LineOutcome, Phase, StepStatus
from funding.models.annexe import AnnexeFinanciere
from structures.constraints import one_of
from structures.models import Departement, Structure

if TYPE_CHECKING:
    from structures.models import User

OPEN = [StepStatus.WAITING, StepStatus.RUNNING]


class CampaignQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Campaigns that ran a step in the person's territory."""
        return self.filter(
            models.Exists(
                Step.objects.visible_to(user).filter(campaign=models.OuterRef("pk"))
            )
        )


class StepQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """A step belongs to its département's agents."""
        if user.is_superuser:
            return self
        return self.filter(departement__in=user.departements())


class StepLineQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Of the steps the person sees, the structures they see."""
        return self.filter(
            step__in=Step.objects.visible_to(user),
            structure__in=Structure.objects.visible_to(user),
        )


class Campaign(models.Model):
    year = models.PositiveSmallIntegerField("année")
    business_on = models.DateField("date de référence")
    launched_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="lancée par",
    )
    launched_at = models.DateTimeField("lancée le", auto_now_add=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = "campagne"
        ordering = ["-launched_at"]

    def __str__(self) -> str:
        return f"Campagne {self.year}"


class Step(models.Model):
    """Claimed by conditional update; an expired lease is given back by a beat task."""

    campaign = models.ForeignKey(
        Campaign, models.CASCADE, related_name="steps", verbose_name="campagne"
    )
    job = models.CharField("traitement", max_length=11, choices=Job)
    phase = models.PositiveSmallIntegerField("ordre", choices=Phase)
    year = models.PositiveSmallIntegerField("année")
    departement = models.ForeignKey(
        Departement, models.PROTECT, verbose_name="département"
    )
    status = models.CharField(
        "état", max_length=7, choices=StepStatus, default=StepStatus.WAITING
    )
    claimed_by = models.CharField("pris par", max_length=80, blank=True)
    lease_until = models.DateTimeField("bail jusqu’au", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    created = models.PositiveIntegerField("créées", default=0)
    refreshed = models.PositiveIntegerField("mises à jour", default=0)
    unchanged = models.PositiveIntegerField("inchangées", default=0)
    blocked = models.PositiveIntegerField("bloquées", default=0)
    error = models.TextField("erreur", blank=True)
    started_at = models.DateTimeField("commencée", null=True, blank=True)
    finished_at = models.DateTimeField("finie", null=True, blank=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = "étape"
        ordering = ["campaign", "phase", "year", "departement"]
        constraints = [
            one_of("job", Job, name="step_job"),
            one_of("status", StepStatus, name="step_status"),
            models.UniqueConstraint(
                fields=["campaign", "job", "year", "departement"], name="step_once"
            ),
            models.UniqueConstraint(
                fields=["job", "year", "departement"],
                condition=Q(status__in=OPEN),
                name="step_one_open",
                violation_error_message=(
                    "Ce traitement est déjà en cours pour cette année et ce département. "
                    "Attendez sa fin ou suivez-le sur la page de la campagne."
                ),
            ),
            models.CheckConstraint(
                name="step_running_has_lease",
                condition=~Q(status=StepStatus.RUNNING) | Q(lease_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_job_display()} {self.year} – {self.departement_id}"


class StepLine(models.Model):
    """What a step did for one structure, and why when it could not."""

    step = models.ForeignKey(
        Step, models.CASCADE, related_name="lines", verbose_name="étape"
    )
    structure = models.ForeignKey(Structure, models.CASCADE, verbose_name="structure")
    annexe = models.ForeignKey(
        AnnexeFinanciere, models.SET_NULL, null=True, blank=True, verbose_name="annexe"
    )
    outcome = models.CharField("résultat", max_length=9, choices=LineOutcome)
    reason = models.CharField("motif", max_length=300, blank=True)

    objects = StepLineQuerySet.as_manager()

    class Meta:
        verbose_name = "ligne d’étape"
        verbose_name_plural = "lignes d’étape"
        ordering = ["structure"]
        constraints = [
            one_of("outcome", LineOutcome, name="step_line_outcome"),
            models.CheckConstraint(
                name="step_line_blocked_says_why",
                condition=~Q(outcome=LineOutcome.BLOCKED) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.structure_id} {self.outcome}"
