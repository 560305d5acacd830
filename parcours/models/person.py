"""One identity across structures. The NIR is encrypted and matched by keyed hash."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from parcours.enums import Sex
from structures.constraints import filled_together, one_of
from structures.models import Commune, Structure

if TYPE_CHECKING:
    from structures.models import User


class PersonQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        return self.filter(
            contracts__structure__in=Structure.objects.visible_to(user)
        ).distinct()


class Person(models.Model):
    last_name = models.CharField("nom", max_length=80)
    first_name = models.CharField("prénom", max_length=80)
    # The embedded server collates as C: names are sorted and searched on this key,
    # upper case, without accents or hyphens.
    sort_key = models.CharField("clé de tri", max_length=165, db_index=True)
    birth_on = models.DateField("date de naissance")
    sex = models.CharField("sexe", max_length=1, choices=Sex)
    nir_hash = models.CharField(
        "empreinte du NIR", max_length=64, null=True, blank=True, unique=True
    )
    nir_cipher = models.BinaryField("NIR chiffré", null=True, blank=True)
    commune = models.ForeignKey(
        Commune, models.PROTECT, null=True, blank=True, verbose_name="commune"
    )
    is_qpv = models.BooleanField("réside en QPV", default=False)
    is_simulated = models.BooleanField("données simulées", default=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = "personne"
        ordering = ["sort_key", "pk"]
        constraints = [
            one_of("sex", Sex, name="person_sex"),
            filled_together(
                Q(nir_hash=None),
                Q(nir_cipher=None),
                name="person_nir_hash_with_cipher",
                message="Le NIR chiffré et son empreinte vont ensemble.",
            ),
        ]
        # Who may be known already is looked for among those born on a day.
        indexes = [models.Index(fields=["birth_on"], name="person_birth")]

    def __str__(self) -> str:
        return f"{self.last_name} {self.first_name}"

    @property
    def pseudonym(self):
        """What agents see instead of a name; stable, says nothing of the person."""
        return f"P-{self.pk:06d}"


class LocalIdentity(models.Model):
    """A person has another ASP identifier in each structure (R57)."""

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="local_identities", verbose_name="personne"
    )
    asp_id = models.PositiveBigIntegerField("identifiant ASP", unique=True)

    class Meta:
        verbose_name = "identité locale"
        verbose_name_plural = "identités locales"

    def __str__(self) -> str:
        return str(self.asp_id)
