"""What a user may act for: a direction of the State, or a structure."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from structures.constraints import one_of
from structures.enums import Role
from structures.models.structure import Structure
from structures.models.territory import Departement, Region


class Agency(models.Model):
    """A direction of the State, in charge of a région or of a département."""

    name = models.CharField("nom", max_length=160, unique=True)
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, verbose_name="région"
    )
    departement = models.ForeignKey(
        Departement, models.PROTECT, null=True, blank=True, verbose_name="département"
    )

    class Meta:
        verbose_name = "service de l’État"
        verbose_name_plural = "services de l’État"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="agency_one_territory",
                condition=Q(region=None, departement__isnull=False)
                | Q(region__isnull=False, departement=None),
                violation_error_message=(
                    "Un service a un territoire et un seul : une région ou un département."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def territory(self):
        return self.departement or self.region


class Membership(models.Model):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="memberships",
        verbose_name="utilisateur",
    )
    agency = models.ForeignKey(
        Agency,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name="service de l’État",
    )
    structure = models.ForeignKey(
        Structure,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name="structure",
    )
    role = models.CharField("rôle", max_length=12, choices=Role)

    class Meta:
        verbose_name = "rattachement"
        constraints = [
            one_of("role", Role, name="membership_role"),
            models.CheckConstraint(
                name="membership_one_place",
                condition=Q(agency__isnull=False, structure=None, role=Role.AGENT)
                | (Q(agency=None, structure__isnull=False) & ~Q(role=Role.AGENT)),
                violation_error_message=(
                    "Un rattachement vise un service de l’État (rôle d’agent) "
                    "ou une structure (autre rôle)."
                ),
            ),
            models.UniqueConstraint(
                fields=["user", "agency", "structure", "role"],
                name="membership_once",
                nulls_distinct=False,
                violation_error_message="Ce rattachement existe déjà.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} – {self.agency or self.structure}"
