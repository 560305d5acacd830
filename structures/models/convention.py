"""The agreement between the préfet and a structure, for three years at most."""

from typing import TYPE_CHECKING, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.expressions import CombinedExpression

from structures.constraints import no_overlap, not_before, one_of
from structures.enums import DROPPED, IN_FORCE, OPEN, Measure, OpinionSense, Status
from structures.models.structure import Structure

if TYPE_CHECKING:
    from structures.models import User

REVERSED = "La fin ne peut pas précéder le début."


class ConventionQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        return self.filter(structure__in=Structure.objects.visible_to(user))

    def running_in(self, year: int) -> Self:
        return self.filter(starts_on__year__lte=year, ends_on__year__gte=year)

    def signed(self) -> Self:
        return self.filter(state__in=IN_FORCE)


class Convention(models.Model):
    structure = models.ForeignKey(
        Structure,
        models.PROTECT,
        related_name="conventions",
        verbose_name="structure",
    )
    measure = models.CharField("mesure", max_length=10, choices=Measure)
    number = models.CharField("numéro", max_length=30, blank=True)
    state = models.CharField(
        "état", max_length=12, choices=Status, default=Status.DRAFT
    )
    starts_on = models.DateField("début")
    ends_on = models.DateField("fin")
    signed_on = models.DateField("signée le", null=True, blank=True)
    cdiae_opinion_on = models.DateField("avis du CDIAE le", null=True, blank=True)
    cdiae_opinion = models.CharField(
        "sens de l’avis",
        max_length=12,
        choices=OpinionSense,
        blank=True,
        default="",
        db_default="",
    )
    # Written by funding, so that the lower apps know without asking about money (R8).
    active_until = models.DateField("active jusqu’au", null=True, blank=True)

    objects = ConventionQuerySet.as_manager()

    class Meta:
        verbose_name = "convention"
        ordering = ["-starts_on", "pk"]
        constraints = [
            one_of("measure", Measure, name="convention_measure"),
            one_of("state", Status, name="convention_state"),
            models.CheckConstraint(
                name="convention_opinion_with_date",
                condition=Q(cdiae_opinion="")
                | Q(
                    cdiae_opinion__in=OpinionSense.values,
                    cdiae_opinion_on__isnull=False,
                ),
                violation_error_message="L’avis du CDIAE a un sens et une date.",
            ),
            not_before(
                "ends_on",
                "starts_on",
                name="convention_dates",
                message=REVERSED,
            ),
            models.CheckConstraint(
                name="convention_three_years",
                condition=Q(
                    ends_on__lt=CombinedExpression(
                        F("starts_on"),
                        "+",
                        Func(
                            Value(3), template="make_interval(years => %(expressions)s)"
                        ),
                        output_field=models.DateTimeField(),
                    )
                ),
                violation_error_message=(
                    "Une convention dure trois ans au plus (art. R. 5132-3). "
                    "Ramenez la fin à trois ans moins un jour après le début."
                ),
            ),
            models.CheckConstraint(
                name="convention_signed_with_date",
                condition=Q(state__in=[*OPEN, *DROPPED]) | Q(signed_on__isnull=False),
                violation_error_message="Indiquez la date de signature.",
            ),
            no_overlap(
                "structure",
                "measure",
                start="starts_on",
                end="ends_on",
                name="convention_one_at_a_time",
                when=~Q(state__in=[Status.TERMINATED, *DROPPED]),
                message=(
                    "Une autre convention de cette structure pour la même mesure "
                    "couvre déjà une partie de ces dates."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.measure} {self.starts_on:%Y}"

    def clean(self) -> None:
        """Reversed dates are told alone: nothing else can be read from such a period."""
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": REVERSED})
