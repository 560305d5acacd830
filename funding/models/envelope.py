"""The tree of the State's envelopes: national, région, département, line, earmark."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from funding.enums import Level, Line
from structures.constraints import one_of
from structures.models import Departement, Perimeter, Region

if TYPE_CHECKING:
    from structures.models import User


class EnvelopeQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Agents see their territory's envelopes and what they come from."""
        if user.is_superuser:
            return self
        departements = user.departements()
        return self.filter(
            Q(departement__in=departements)
            | Q(departement=None, region__in=departements.values("region"))
        )


class Envelope(models.Model):
    year = models.PositiveSmallIntegerField("année")
    level = models.CharField("niveau", max_length=12, choices=Level)
    line = models.CharField("ligne", max_length=10, choices=Line)
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, verbose_name="région"
    )
    departement = models.ForeignKey(
        Departement, models.PROTECT, null=True, blank=True, verbose_name="département"
    )
    perimeter = models.ForeignKey(
        Perimeter, models.PROTECT, null=True, blank=True, verbose_name="périmètre"
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="enveloppe mère",
    )

    objects = EnvelopeQuerySet.as_manager()

    class Meta:
        verbose_name = "enveloppe"
        ordering = ["-year", "pk"]
        constraints = [
            one_of("level", Level, name="envelope_level"),
            one_of("line", Line, name="envelope_line"),
            models.UniqueConstraint(
                fields=["year", "line", "level", "region", "departement"],
                name="envelope_once",
                nulls_distinct=False,
                violation_error_message="Cette enveloppe existe déjà pour l’année.",
            ),
            models.CheckConstraint(
                name="envelope_territory",
                condition=Q(level=Level.NATIONAL, region=None, departement=None)
                | Q(level=Level.REGIONAL, region__isnull=False, departement=None)
                | Q(
                    level__in=[Level.DEPARTMENTAL, Level.LINE, Level.EARMARK],
                    departement__isnull=False,
                ),
                violation_error_message="Le territoire ne correspond pas au niveau.",
            ),
            models.CheckConstraint(
                name="envelope_earmark_has_parent",
                condition=~Q(level=Level.EARMARK) | Q(parent__isnull=False),
                violation_error_message=(
                    "Un fléchage fait partie d’une ligne : indiquez laquelle (R79)."
                ),
            ),
        ]

    def __str__(self) -> str:
        place = self.departement_id or self.region_id or "France"
        return f"{self.get_line_display()} {self.year} – {place}"
