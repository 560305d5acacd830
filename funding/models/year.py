"""What is decided on envelopes over a year: their amount, moves of credits, the closing."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from funding.models.envelope import Envelope
from funding.models.ledger import Transfer


def author() -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="par"
    )


class Notification(models.Model):
    """The amount an envelope really has for the year, after what was provisional.

    A later one replaces it. Its difference with what had come was moved with it.
    """

    envelope = models.ForeignKey(
        Envelope,
        models.PROTECT,
        related_name="notifications",
        verbose_name="enveloppe",
    )
    amount = models.DecimalField("montant notifié", max_digits=16, decimal_places=2)
    difference = models.DecimalField(
        "différence avec ce qui était reçu", max_digits=16, decimal_places=2
    )
    on = models.DateField("date d’effet")
    reference = models.CharField("référence", max_length=120)
    key = models.UUIDField("clé d’unicité", unique=True)
    by = author()
    at = models.DateTimeField("enregistrée le", auto_now_add=True)

    class Meta:
        verbose_name = "notification définitive"
        verbose_name_plural = "notifications définitives"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="notification_amount",
                condition=Q(amount__gte=0),
                violation_error_message="Un montant notifié n’est jamais négatif.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.envelope} : {self.amount} €"


class Fongibilite(models.Model):
    """A dated decision that moves credits between two lines of one territory (R83)."""

    source = models.ForeignKey(
        Envelope, models.PROTECT, related_name="credits_given", verbose_name="de"
    )
    target = models.ForeignKey(
        Envelope, models.PROTECT, related_name="credits_taken", verbose_name="vers"
    )
    amount = models.DecimalField("montant", max_digits=16, decimal_places=2)
    on = models.DateField("date de la décision")
    reason = models.TextField("motif")
    given = models.OneToOneField(
        Transfer, models.PROTECT, related_name="+", verbose_name="remontée"
    )
    taken = models.OneToOneField(
        Transfer, models.PROTECT, related_name="+", verbose_name="délégation"
    )
    key = models.UUIDField("clé d’unicité", unique=True)
    by = author()
    at = models.DateTimeField("enregistrée le", auto_now_add=True)

    class Meta:
        verbose_name = "décision de fongibilité"
        verbose_name_plural = "décisions de fongibilité"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="fongibilite_two_lines",
                condition=~Q(source=F("target")) & Q(amount__gt=0),
                violation_error_message="Des crédits vont d’une ligne à une autre.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target} : {self.amount} €"


class Closing(models.Model):
    """The end of an envelope’s year: it only pays, takes back and gives back since."""

    envelope = models.OneToOneField(
        Envelope, models.PROTECT, related_name="closing", verbose_name="enveloppe"
    )
    on = models.DateField("close le")
    released = models.DecimalField(
        "réservations rendues", max_digits=16, decimal_places=2
    )
    returned = models.DecimalField("rendu", max_digits=16, decimal_places=2)
    unpaid = models.DecimalField("engagé non payé", max_digits=16, decimal_places=2)
    # The last transfer before it: the audit looks at those that follow.
    last_transfer = models.PositiveBigIntegerField("dernier mouvement")
    by = author()
    at = models.DateTimeField("enregistrée le", auto_now_add=True)

    class Meta:
        verbose_name = "clôture d’exercice"
        verbose_name_plural = "clôtures d’exercice"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.envelope}, close le {self.on:%d/%m/%Y}"
