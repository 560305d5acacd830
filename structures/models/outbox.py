"""Mails written with the act that causes them, and sent afterwards."""

from django.db import models
from django.db.models import Q


class OutgoingMail(models.Model):
    """In the transaction of its act: no act without its mail, no mail without its act."""

    key = models.CharField("clé", max_length=120)
    to = models.EmailField("destinataire")
    subject = models.CharField("objet", max_length=200)
    body = models.TextField("texte")
    created_at = models.DateTimeField("écrit le", auto_now_add=True)
    next_try_at = models.DateTimeField("prochain envoi", auto_now_add=True)
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    sent_at = models.DateTimeField("envoyé le", null=True, blank=True)
    error = models.TextField("dernière erreur", blank=True)

    class Meta:
        verbose_name = "courriel"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "to"],
                name="mail_once",
                violation_error_message="Ce courriel est déjà écrit.",
            )
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"], name="mail_waiting", condition=Q(sent_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.to})"
