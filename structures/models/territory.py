"""Where things happen: the official geography, and perimeters drawn over it."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from structures.constraints import not_before


class Region(models.Model):
    code = models.CharField("code INSEE", max_length=2, primary_key=True)
    name = models.CharField("nom", max_length=80)

    class Meta:
        verbose_name = "région"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Departement(models.Model):
    code = models.CharField("code INSEE", max_length=3, primary_key=True)
    name = models.CharField("nom", max_length=80)
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="departements", verbose_name="région"
    )

    class Meta:
        verbose_name = "département"
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class Epci(models.Model):
    """Intercommunalité à fiscalité propre."""

    siren = models.CharField("SIREN", max_length=9, primary_key=True)
    name = models.CharField("nom", max_length=160)

    class Meta:
        verbose_name = "EPCI"
        verbose_name_plural = "EPCI"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Commune(models.Model):
    code = models.CharField("code INSEE", max_length=5, primary_key=True)
    name = models.CharField("nom", max_length=80, db_index=True)
    departement = models.ForeignKey(
        Departement,
        models.PROTECT,
        related_name="communes",
        verbose_name="département",
    )
    epci = models.ForeignKey(
        Epci,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="communes",
        verbose_name="EPCI",
    )
    population = models.PositiveIntegerField("population", default=0)
    postcode = models.CharField("code postal", max_length=5, blank=True)

    class Meta:
        verbose_name = "commune"
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class Perimeter(models.Model):
    """A named set of communes, such as the ERBM or one of its four territories."""

    code = models.SlugField("code", unique=True)
    name = models.CharField("nom", max_length=160)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name="fait partie de",
    )
    source = models.CharField("source", max_length=300, blank=True)
    is_to_confirm = models.BooleanField("à confirmer", default=False)

    class Meta:
        verbose_name = "périmètre"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PerimeterCommuneQuerySet(models.QuerySet):
    def in_force(self, day: date) -> Self:
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


class PerimeterCommune(models.Model):
    perimeter = models.ForeignKey(
        Perimeter, models.CASCADE, related_name="members", verbose_name="périmètre"
    )
    commune = models.ForeignKey(Commune, models.PROTECT, verbose_name="commune")
    since = models.DateField("depuis le")
    until = models.DateField("jusqu’au", null=True, blank=True)

    objects = PerimeterCommuneQuerySet.as_manager()

    class Meta:
        verbose_name = "commune du périmètre"
        verbose_name_plural = "communes du périmètre"
        constraints = [
            models.UniqueConstraint(
                fields=["perimeter", "commune", "since"],
                name="perimeter_commune_once",
                violation_error_message="Cette commune est déjà dans le périmètre.",
            ),
            not_before(
                "until",
                "since",
                name="perimeter_commune_dates",
                message="La fin ne peut pas précéder le début.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commune_id} ∈ {self.perimeter_id}"
