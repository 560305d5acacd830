"""A list as somebody likes to read it: its filters, columns and order, under a name."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower


class SavedView(models.Model):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="saved_views",
        verbose_name="utilisateur",
    )
    # The name of the address of the list, and what follows the “?” in it.
    page = models.CharField("liste", max_length=40)
    query = models.CharField("adresse", max_length=1000, blank=True)
    name = models.CharField("nom", max_length=60)

    class Meta:
        verbose_name = "vue enregistrée"
        verbose_name_plural = "vues enregistrées"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                "user",
                "page",
                Lower("name"),
                name="saved_view_once",
                violation_error_message="Vous avez déjà une vue de ce nom.",
            ),
            models.CheckConstraint(
                name="saved_view_named",
                condition=~models.Q(name=""),
                violation_error_message="Donnez un nom à la vue.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
