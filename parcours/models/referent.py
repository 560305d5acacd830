"""Who is in charge of a person in a structure, and since when."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from parcours.models.person import Person
from structures.constraints import not_before
from structures.models import Structure


class Referent(models.Model):
    """One adviser at a time; whoever came before stays, with who changed it and when.

    Of a person and a structure, not of a contract: a renewal changes nobody.
    """

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="referents", verbose_name="personne"
    )
    structure = models.ForeignKey(
        Structure, models.PROTECT, related_name="referents", verbose_name="structure"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="referent_of",
        verbose_name="référent",
    )
    since = models.DateField("depuis le")
    until = models.DateField("jusqu’au", null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name="désigné par",
    )
    at = models.DateTimeField("enregistré le", auto_now_add=True)

    class Meta:
        verbose_name = "référent"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "structure"],
                condition=Q(until=None),
                name="referent_one_at_a_time",
                violation_error_message="Cette personne a déjà un référent ici.",
            ),
            not_before(
                "until",
                "since",
                name="referent_dates",
                message="Un référent ne peut pas finir avant de commencer.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["user", "structure"],
                name="referent_caseload",
                condition=Q(until=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} depuis le {self.since:%d/%m/%Y}"
