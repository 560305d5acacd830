"""The law's figures by date of effect: from the TOML files, or added by hand."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from structures.constraints import one_of
from structures.enums import Confidence, Origin, Place, StructureKind


class LegalValueQuerySet(models.QuerySet):
    def known_on(self, day: date) -> Self:
        """What somebody could have read on that day."""
        return self.filter(published_on__lte=day)

    def in_force(self, *, on: date, known_on: date | None = None) -> Self:
        """One row per parameter, kind and place: the last in effect and published."""
        return (
            self.known_on(known_on or on)
            .filter(effective_on__lte=on)
            .order_by("parameter", "kind", "place", "-effective_on", "-published_on")
            .distinct("parameter", "kind", "place")
        )


class LegalValue(models.Model):
    parameter = models.CharField("paramètre", max_length=60)
    kind = models.CharField("type", max_length=20, blank=True)
    place = models.CharField(
        "lieu", max_length=10, choices=Place, default=Place.METROPOLE
    )
    effective_on = models.DateField("prend effet le")
    published_on = models.DateField("publiée le")
    value = models.DecimalField("valeur", max_digits=16, decimal_places=7)
    unit = models.CharField("unité", max_length=30)
    source = models.CharField("texte", max_length=300)
    confidence = models.CharField("confiance", max_length=12, choices=Confidence)
    origin = models.CharField("origine", max_length=5, choices=Origin)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="ajoutée par",
    )
    added_at = models.DateTimeField("ajoutée le", auto_now_add=True)

    objects = LegalValueQuerySet.as_manager()

    class Meta:
        verbose_name = "valeur légale"
        verbose_name_plural = "valeurs légales"
        ordering = ["parameter", "kind", "place", "-effective_on", "-published_on"]
        constraints = [
            one_of("place", Place, name="legal_value_place"),
            one_of("confidence", Confidence, name="legal_value_confidence"),
            models.UniqueConstraint(
                fields=["parameter", "kind", "place", "effective_on", "published_on"],
                name="legal_value_once",
                violation_error_message=(
                    "Une valeur publiée ce jour-là prend déjà effet à cette date."
                ),
            ),
            models.CheckConstraint(
                name="legal_value_has_source",
                condition=~Q(source=""),
                violation_error_message="Indiquez le texte qui fixe cette valeur.",
            ),
            models.CheckConstraint(
                name="legal_value_author",
                condition=Q(origin=Origin.FILE, added_by=None)
                | Q(origin=Origin.ADMIN, added_by__isnull=False),
                violation_error_message="Une valeur ajoutée à la main a un auteur.",
            ),
        ]

    def __str__(self) -> str:
        kind = (
            StructureKind(self.kind).value if self.kind in StructureKind else self.kind
        )
        return f"{self.parameter} {kind} {self.effective_on:%d/%m/%Y}".replace(
            "  ", " "
        )
