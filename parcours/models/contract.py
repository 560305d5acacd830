"""One person's insertion contract in one structure."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from parcours.enums import ContractKind, Rsa, Unemployment
from parcours.models.parcours import Parcours
from parcours.models.person import Person
from structures.constraints import no_overlap, not_before, one_of
from structures.models import Structure

if TYPE_CHECKING:
    from structures.models import User


class ContractQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        return self.filter(structure__in=Structure.objects.visible_to(user))

    def running_on(self, day: date) -> Self:
        return self.filter(
            Q(ends_on=None) | Q(ends_on__gte=day),
            Q(exit=None) | Q(exit__exited_on__gte=day),
            starts_on__lte=day,
        )

    def entered_in(self, year: int) -> Self:
        """First contracts of a stay: a renewal is not an entry (R66)."""
        return self.filter(hired_on__year=year, renews=None)


class Contract(models.Model):
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="contracts", verbose_name="personne"
    )
    structure = models.ForeignKey(
        Structure, models.PROTECT, related_name="contracts", verbose_name="structure"
    )
    parcours = models.ForeignKey(
        Parcours, models.PROTECT, related_name="contracts", verbose_name="parcours"
    )
    kind = models.CharField("nature", max_length=13, choices=ContractKind)
    hired_on = models.DateField("date d’embauche")
    starts_on = models.DateField("début")
    ends_on = models.DateField("fin prévue", null=True, blank=True)
    renews = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="renewed_by",
        verbose_name="renouvelle",
    )
    weekly_hours = models.DecimalField(
        "heures par semaine", max_digits=4, decimal_places=2, null=True, blank=True
    )
    job = models.CharField("emploi (ROME)", max_length=5, blank=True)
    asp_id = models.PositiveBigIntegerField(
        "identifiant ASP", null=True, blank=True, unique=True
    )
    # The person's situation at entry, in the ASP's terms.
    rsa = models.CharField("RSA", max_length=6, choices=Rsa, default=Rsa.NO)
    is_ass = models.BooleanField("ASS", default=False)
    is_aah = models.BooleanField("AAH", default=False)
    is_rqth = models.BooleanField("RQTH", default=False)
    is_ase = models.BooleanField("sortant de l’ASE", default=False)
    is_single_parent = models.BooleanField("parent isolé", default=False)
    is_homeless = models.BooleanField("sans hébergement stable", default=False)
    is_refugee = models.BooleanField("réfugié", default=False)
    is_ex_detainee = models.BooleanField("sortant de détention", default=False)
    is_zrr = models.BooleanField("réside en ZRR", default=False)
    training_level = models.CharField("niveau de formation", max_length=2, blank=True)
    unemployed_since = models.CharField(
        "inscrit depuis", max_length=2, choices=Unemployment, blank=True
    )

    objects = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = "contrat"
        ordering = ["-starts_on", "pk"]
        constraints = [
            one_of("kind", ContractKind, name="contract_kind"),
            one_of("rsa", Rsa, name="contract_rsa"),
            not_before(
                "ends_on",
                "starts_on",
                name="contract_dates",
                message="La fin prévue ne peut pas précéder le début.",
            ),
            models.CheckConstraint(
                name="contract_hired_first",
                condition=Q(hired_on__lte=F("starts_on")),
                violation_error_message="L’embauche ne peut pas suivre le début.",
            ),
            models.CheckConstraint(
                name="contract_weekly_hours",
                condition=Q(weekly_hours=None)
                | Q(weekly_hours__gt=0, weekly_hours__lte=48),
                violation_error_message=(
                    "Les heures par semaine vont de 0 à 48, la limite légale."
                ),
            ),
            # Placements and missions may run side by side, for several clients.
            no_overlap(
                "person",
                "structure",
                start="starts_on",
                end="ends_on",
                when=Q(kind__in=[ContractKind.CDDI, ContractKind.CDI_INCLUSION]),
                name="contract_one_at_a_time",
                message="Cette personne a déjà un contrat ici à ces dates.",
            ),
        ]
        indexes = [
            models.Index(fields=["structure", "hired_on"], name="contract_entries")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} du {self.starts_on:%d/%m/%Y}"
