"""Exit outcomes of a year, by structure and by territory, and the modulated share."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from funding.models.annexe import AnnexeFinanciere
from structures.constraints import one_of, positive
from structures.enums import StructureKind
from structures.models import Departement, Perimeter, Structure

if TYPE_CHECKING:
    from structures.models import User


class OutcomeCounts(models.Model):
    """Exits by category; what does not count is kept beside, with its reason."""

    durable = models.PositiveIntegerField("emploi durable", default=0)
    transition = models.PositiveIntegerField("emploi de transition", default=0)
    positive = models.PositiveIntegerField("sorties positives", default=0)
    other = models.PositiveIntegerField("autres sorties", default=0)
    withdrawn = models.PositiveIntegerField("retraits", default=0)
    too_short = models.PositiveIntegerField("séjour trop court", default=0)
    too_few_hours = models.PositiveIntegerField("trop peu d’heures", default=0)

    class Meta:
        abstract = True

    @property
    def dynamic(self):
        return self.durable + self.transition + self.positive

    @property
    def examined(self):
        return self.dynamic + self.other


class OutcomeReportQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        return self.filter(structure__in=Structure.objects.visible_to(user))


class OutcomeReport(OutcomeCounts):
    structure = models.ForeignKey(
        Structure, models.CASCADE, related_name="outcomes", verbose_name="structure"
    )
    year = models.PositiveSmallIntegerField("année")
    as_of = models.DateField("arrêté au")
    minima_share = models.DecimalField(
        "part des minima sociaux", max_digits=7, decimal_places=6, null=True, blank=True
    )
    effort = models.DecimalField(
        "ETP d’encadrement par ETP d’insertion",
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
    )
    score = models.DecimalField(
        "score de modulation", max_digits=7, decimal_places=6, null=True, blank=True
    )

    objects = OutcomeReportQuerySet.as_manager()

    class Meta:
        verbose_name = "résultat à la sortie"
        verbose_name_plural = "résultats à la sortie"
        ordering = ["-year", "structure"]
        constraints = [
            models.UniqueConstraint(
                fields=["structure", "year"], name="outcome_report_once"
            ),
            models.CheckConstraint(
                name="outcome_report_score",
                condition=Q(score=None) | Q(score__gte=0, score__lte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.structure_id} {self.year}"


class OutcomeRollup(OutcomeCounts):
    """Sums over a département, or over the part of a perimeter that lies in it."""

    departement = models.ForeignKey(
        Departement, models.CASCADE, verbose_name="département"
    )
    perimeter = models.ForeignKey(
        Perimeter, models.CASCADE, null=True, blank=True, verbose_name="périmètre"
    )
    kind = models.CharField("type", max_length=4, choices=StructureKind)
    year = models.PositiveSmallIntegerField("année")
    as_of = models.DateField("arrêté au")
    structures = models.PositiveIntegerField("structures")

    class Meta:
        verbose_name = "résultat d’un territoire"
        verbose_name_plural = "résultats des territoires"
        constraints = [
            one_of("kind", StructureKind, name="rollup_kind"),
            models.UniqueConstraint(
                fields=["departement", "perimeter", "kind", "year"],
                name="rollup_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.departement_id} {self.kind} {self.year}"


class Modulation(models.Model):
    """The modulated share granted to an annexe, posted apart from the socle."""

    annexe = models.OneToOneField(
        AnnexeFinanciere,
        models.CASCADE,
        related_name="modulation",
        verbose_name="annexe",
    )
    rate = models.DecimalField("taux", max_digits=6, decimal_places=5)
    base = models.DecimalField("base", max_digits=14, decimal_places=2)
    amount = models.DecimalField("montant", max_digits=14, decimal_places=2)
    notified_on = models.DateField("notifiée le", null=True, blank=True)

    class Meta:
        verbose_name = "modulation"
        constraints = [
            positive(
                "rate",
                "base",
                "amount",
                name="modulation_positive",
                message="Une modulation ne peut pas être négative.",
            ),
            models.CheckConstraint(
                name="modulation_within_base",
                condition=Q(amount__lte=F("base")),
                violation_error_message="La modulation dépasse sa base.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} €"
