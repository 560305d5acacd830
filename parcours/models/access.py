"""Who read what of a person: kept for three years, changed by nobody (R96)."""

from django.conf import settings
from django.db import models

from parcours.enums import Reading
from parcours.models.person import Person
from structures.constraints import one_of


class AccessLog(models.Model):
    """One reading. Only added.

    Source : domaine § 10 (R5132-1-20 : traçabilité des accès), R96.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name="lu par",
    )
    person = models.ForeignKey(
        Person, models.CASCADE, related_name="accesses", verbose_name="personne"
    )
    what = models.CharField("quoi", max_length=9, choices=Reading)
    at = models.DateTimeField("lu le", auto_now_add=True)

    class Meta:
        verbose_name = "lecture"
        ordering = ["-pk"]
        constraints = [one_of("what", Reading, name="access_what")]
        indexes = [
            models.Index(fields=["person", "at"], name="access_of_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()} ({self.at:%d/%m/%Y})"
