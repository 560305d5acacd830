"""The yearly annexe financière of a convention and its successive versions."""

import functools
import operator
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, F, Q, Value, When

from funding.enums import Stage, VersionState
from funding.models.envelope import Envelope
from funding.rules.lifecycle.asp import PAIRS
from structures.constraints import not_before, one_of, positive
from structures.enums import Status
from structures.models import Convention, Structure

if TYPE_CHECKING:
    from structures.models import User

CURRENT = [VersionState.VALIDE, VersionState.PROVISOIRE]
COUNTED = [*CURRENT, VersionState.CLOTURE]
BEING_WRITTEN = [VersionState.BROUILLON, VersionState.SAISI]
DROPPED = [VersionState.REJETE, VersionState.ANNULE]


class AnnexeFinanciereQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        return self.filter(convention__structure__in=Structure.objects.visible_to(user))


class AnnexeFinanciere(models.Model):
    """One year of a convention (ASP: af_id_annexe_financiere). The ledger hangs here."""

    convention = models.ForeignKey(
        Convention, models.PROTECT, related_name="annexes", verbose_name="convention"
    )
    year = models.PositiveSmallIntegerField("année")
    number = models.CharField("numéro", max_length=15, blank=True)
    renewal = models.PositiveSmallIntegerField("avenant de renouvellement", default=0)
    asp_id = models.PositiveBigIntegerField(
        "identifiant ASP", null=True, blank=True, unique=True
    )

    objects = AnnexeFinanciereQuerySet.as_manager()

    class Meta:
        verbose_name = "annexe financière"
        verbose_name_plural = "annexes financières"
        ordering = ["-year", "pk"]
        constraints = [
            # The same full number may cover two periods in the ASP's files: never a key.
            models.UniqueConstraint(
                fields=["convention", "year"],
                condition=Q(asp_id=None),
                name="annexe_once_a_year",
                violation_error_message="Cette convention a déjà une annexe pour l’année.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number or 'Annexe'} A{self.renewal} {self.year}"


class AnnexeVersionQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        return self.filter(
            annexe__convention__structure__in=Structure.objects.visible_to(user)
        )

    def current(self) -> Self:
        return self.filter(state__in=CURRENT)

    def last_first(self) -> Self:
        """The highest modification first; those refused or abandoned after all others."""
        dropped = Case(When(state__in=DROPPED, then=1), default=0)
        return self.order_by(dropped, "-modification")

    def counted(self) -> Self:
        """States that statistics and money take (R11)."""
        return self.filter(state__in=COUNTED)


class AnnexeVersion(models.Model):
    """A modification M (ASP: af_id_avenant_modification) and the terms it was signed with."""

    annexe = models.ForeignKey(
        AnnexeFinanciere, models.PROTECT, related_name="versions", verbose_name="annexe"
    )
    modification = models.PositiveSmallIntegerField(
        "avenant de modification", default=0
    )
    asp_id = models.PositiveBigIntegerField(
        "identifiant ASP", null=True, blank=True, unique=True
    )
    state = models.CharField(
        "état", max_length=10, choices=VersionState, default=VersionState.BROUILLON
    )
    stage = models.CharField(
        "étape", max_length=10, choices=Stage, blank=True, default="", db_default=""
    )
    # Both together are our own word for where it is: it can never disagree with them.
    status = models.GeneratedField(
        expression=Case(
            *(
                When(state=state, stage=stage, then=Value(status.value))
                for (state, stage), status in PAIRS.items()
            )
        ),
        output_field=models.CharField("statut", max_length=11, choices=Status),
        db_persist=True,
    )
    starts_on = models.DateField("début d’effet")
    ends_on = models.DateField("fin d’effet")
    etp = models.DecimalField("ETP", max_digits=8, decimal_places=2)
    unit_amount = models.DecimalField(
        "montant unitaire", max_digits=10, decimal_places=2
    )
    hours_per_etp = models.DecimalField(
        "heures par ETP", max_digits=7, decimal_places=2
    )
    total = models.DecimalField("montant total", max_digits=14, decimal_places=2)
    cofinanced = models.DecimalField(
        "cofinancement", max_digits=14, decimal_places=2, default=0
    )
    cofinancer = models.CharField("cofinanceur", max_length=120, blank=True)
    is_prison = models.BooleanField("milieu pénitentiaire", default=False)
    supervision_etp = models.DecimalField(
        "ETP d’encadrement et d’accompagnement",
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
    )
    forecast_exits = models.PositiveSmallIntegerField(
        "sorties prévues", null=True, blank=True
    )
    forecast_dynamic = models.DecimalField(
        "sorties dynamiques prévues (%)",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
    )
    forecast_durable = models.DecimalField(
        "dont emploi durable (%)", max_digits=5, decimal_places=2, null=True, blank=True
    )
    forecast_transition = models.DecimalField(
        "dont transition (%)", max_digits=5, decimal_places=2, null=True, blank=True
    )
    forecast_positive = models.DecimalField(
        "dont sorties positives (%)",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
    )
    signed_on = models.DateField("signée le", null=True, blank=True)
    computed_on = models.DateField("calculée au", null=True, blank=True)
    # The campaign then keeps its ETP and its parts, and only follows the law.
    is_written = models.BooleanField(
        "termes écrits par un agent", default=False, db_default=False
    )
    note = models.CharField("remarque", max_length=300, blank=True)

    objects = AnnexeVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "version d’annexe"
        verbose_name_plural = "versions d’annexe"
        ordering = ["annexe", "modification"]
        constraints = [
            one_of("state", VersionState, name="version_state"),
            models.UniqueConstraint(
                fields=["annexe", "modification"],
                name="version_once",
                violation_error_message="Cette modification existe déjà.",
            ),
            models.CheckConstraint(
                name="version_stage_of_state",
                condition=functools.reduce(
                    operator.or_, (Q(state=a, stage=b) for a, b in PAIRS)
                ),
                violation_error_message="Cette étape ne va pas avec cet état.",
            ),
            models.UniqueConstraint(
                fields=["annexe"],
                condition=Q(state__in=BEING_WRITTEN, asp_id=None),
                name="version_one_open",
                violation_error_message=(
                    "Un avenant est déjà en cours pour cette annexe : terminez-le ou "
                    "abandonnez-le d’abord."
                ),
            ),
            models.UniqueConstraint(
                fields=["annexe"],
                condition=Q(state__in=CURRENT),
                name="version_one_current",
                violation_error_message=(
                    "Une version est déjà en vigueur : archivez-la d’abord (R6)."
                ),
            ),
            not_before(
                "ends_on",
                "starts_on",
                name="version_dates",
                message="La fin d’effet ne peut pas précéder le début.",
            ),
            positive(
                "etp",
                "unit_amount",
                "total",
                "cofinanced",
                name="version_positive",
                message="ETP et montants ne peuvent pas être négatifs.",
            ),
            models.CheckConstraint(
                name="version_hours_per_etp",
                condition=Q(hours_per_etp__gt=0),
                violation_error_message="Les heures par ETP sont supérieures à zéro.",
            ),
            models.CheckConstraint(
                name="version_cofinanced_within_total",
                condition=Q(cofinanced__lte=F("total")),
                violation_error_message="Le cofinancement dépasse le total.",
            ),
            models.CheckConstraint(
                name="version_forecast_adds_up",
                condition=Q(forecast_dynamic=None)
                | Q(
                    forecast_dynamic=F("forecast_durable")
                    + F("forecast_transition")
                    + F("forecast_positive"),
                    forecast_dynamic__gte=0,
                    forecast_dynamic__lte=100,
                ),
                violation_error_message=(
                    "Les sorties dynamiques prévues sont la somme des trois catégories, "
                    "entre 0 et 100 (R10)."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"M{self.modification} ({self.get_state_display()})"


class AnnexePart(models.Model):
    """What one envelope bears of a version.

    `etp` is the equivalent over the year, `posts` the full-time posts open at the end:
    a post opened in July costs half a year now and a full one next year (R84).
    """

    version = models.ForeignKey(
        AnnexeVersion, models.CASCADE, related_name="parts", verbose_name="version"
    )
    envelope = models.ForeignKey(
        Envelope, models.PROTECT, related_name="parts", verbose_name="enveloppe"
    )
    etp = models.DecimalField("ETP sur l’année", max_digits=8, decimal_places=2)
    posts = models.DecimalField("postes à la fin", max_digits=8, decimal_places=2)
    amount = models.DecimalField("montant", max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = "part d’enveloppe"
        verbose_name_plural = "parts d’enveloppe"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "envelope"],
                name="part_once",
                violation_error_message="Cette enveloppe porte déjà une part.",
            ),
            positive(
                "etp",
                "posts",
                "amount",
                name="part_positive",
                message="Une part ne peut pas être négative.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} €"
