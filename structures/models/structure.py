"""The structures of insertion through economic activity, and their groups."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from structures.constraints import one_of
from structures.enums import StructureKind

if TYPE_CHECKING:
    from structures.models import Perimeter, User

siret_validator = RegexValidator(
    r"^\d{14}$", "Un SIRET compte 14 chiffres, sans espace."
)


class Group(models.Model):
    name = models.CharField("nom", max_length=160, unique=True)

    class Meta:
        verbose_name = "groupe"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class StructureQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """State agents see their territory; others, the structures they work in."""
        if user.is_superuser:
            return self
        return self.filter(
            Q(commune__departement__in=user.departements())
            | Q(pk__in=user.memberships.values("structure"))
        )

    def in_departement(self, code: str) -> Self:
        return self.filter(commune__departement=code)

    def inside(self, perimeter: "Perimeter", *, on: date) -> Self:
        members = perimeter.members.in_force(on).values("commune")
        return self.filter(commune__in=members)


class Structure(models.Model):
    """One dossier: an employer and its kind. EI + ACI on one SIRET are two."""

    kind = models.CharField("type", max_length=4, choices=StructureKind)
    name = models.CharField("dénomination", max_length=200)
    siret = models.CharField("SIRET", max_length=14, validators=[siret_validator])
    siret_at_signature = models.CharField(
        "SIRET à la signature", max_length=14, blank=True
    )
    asp_id = models.PositiveIntegerField("identifiant ASP", null=True, blank=True)
    commune = models.ForeignKey(
        "structures.Commune",
        models.PROTECT,
        related_name="structures",
        verbose_name="commune",
    )
    group = models.ForeignKey(
        Group,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="structures",
        verbose_name="groupe",
    )
    address = models.CharField("adresse", max_length=250, blank=True)
    postcode = models.CharField("code postal", max_length=5, blank=True)
    phone = models.CharField("téléphone", max_length=20, blank=True)
    email = models.EmailField("courriel", blank=True)
    activity = models.CharField("activités", max_length=200, blank=True)
    naf = models.CharField("code NAF", max_length=6, blank=True)
    created_on = models.DateField("créée le", null=True, blank=True)
    # Written by the act that closes it; what it had signed keeps its dates.
    closed_on = models.DateField("fermée le", null=True, blank=True)
    is_simulated = models.BooleanField("données simulées", default=False)

    objects = StructureQuerySet.as_manager()

    class Meta:
        verbose_name = "structure"
        ordering = ["name", "pk"]
        constraints = [
            one_of("kind", StructureKind, name="structure_kind"),
            models.UniqueConstraint(
                fields=["asp_id", "kind"],
                name="structure_asp_id_kind",
                violation_error_message=(
                    "Une structure de ce type porte déjà cet identifiant ASP."
                ),
            ),
            models.UniqueConstraint(
                fields=["siret", "kind"],
                name="structure_siret_kind",
                violation_error_message="Une structure de ce type porte déjà ce SIRET.",
            ),
            models.CheckConstraint(
                name="structure_siret_digits",
                condition=Q(siret__regex=r"^[0-9]{14}$"),
                violation_error_message="Un SIRET compte 14 chiffres, sans espace.",
            ),
        ]
        indexes = [models.Index(Upper("name"), name="structure_name_upper")]

    def __str__(self) -> str:
        return self.name
