"""The right to a parcours: agrément in 2018-2019, PASS IAE after."""

from typing import TYPE_CHECKING, Self

from django.db import models

from parcours.enums import Regime
from parcours.models.person import Person
from structures.constraints import no_overlap, not_before, one_of
from structures.models import Structure

if TYPE_CHECKING:
    from structures.models import User


class ParcoursQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """A parcours is seen from the structures that employ or employed the person."""
        mine = self.model.contracts.rel.related_model.objects.filter(
            parcours=models.OuterRef("pk"),
            structure__in=Structure.objects.visible_to(user),
        )
        return self.filter(models.Exists(mine))


class Parcours(models.Model):
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="parcours", verbose_name="personne"
    )
    regime = models.CharField("régime", max_length=10, choices=Regime)
    number = models.CharField("numéro", max_length=15, blank=True)
    starts_on = models.DateField("début")
    ends_on = models.DateField("fin du droit")

    objects = ParcoursQuerySet.as_manager()

    class Meta:
        verbose_name = "parcours"
        verbose_name_plural = "parcours"
        ordering = ["-starts_on", "pk"]
        constraints = [
            one_of("regime", Regime, name="parcours_regime"),
            not_before(
                "ends_on",
                "starts_on",
                name="parcours_dates",
                message="La fin du droit ne peut pas précéder son début.",
            ),
            no_overlap(
                "person",
                start="starts_on",
                end="ends_on",
                name="parcours_one_at_a_time",
                message="Cette personne a déjà un parcours à ces dates.",
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"Parcours du {self.starts_on:%d/%m/%Y}"
