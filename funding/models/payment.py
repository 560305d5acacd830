"""What was really paid for an annexe, and what is claimed back."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from funding.enums import ClaimReason, PaymentOrigin
from funding.models.annexe import AnnexeFinanciere
from funding.models.ledger import Transfer
from structures.constraints import filled_together, not_before, one_of

if TYPE_CHECKING:
    from structures.models import User


class OfAnnexeQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        return self.filter(annexe__in=AnnexeFinanciere.objects.visible_to(user))


class Payment(models.Model):
    """A payment of the ASP, shared among the envelopes that bear the annexe.

    Nothing of it changes; a wrong one is cancelled by corrections of its transfers.
    """

    annexe = models.ForeignKey(
        AnnexeFinanciere,
        models.PROTECT,
        related_name="payments",
        verbose_name="annexe",
    )
    period = models.DateField("mois payé")
    paid_on = models.DateField("payé le")
    amount = models.DecimalField("montant", max_digits=14, decimal_places=2)
    reference = models.CharField("référence de l’ASP", max_length=80)
    is_modulated = models.BooleanField("part modulée", default=False)
    origin = models.CharField("origine", max_length=7, choices=PaymentOrigin)
    transfers = models.ManyToManyField(
        Transfer, related_name="payments", verbose_name="mouvements"
    )
    key = models.UUIDField("clé d’unicité", unique=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="par",
    )
    at = models.DateTimeField("enregistré le", auto_now_add=True)
    cancelled_on = models.DateField("annulé le", null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="annulé par",
    )

    objects = OfAnnexeQuerySet.as_manager()

    class Meta:
        verbose_name = "paiement"
        ordering = ["paid_on", "pk"]
        constraints = [
            one_of("origin", PaymentOrigin, name="payment_origin"),
            models.CheckConstraint(
                name="payment_amount_positive",
                condition=Q(amount__gt=0),
                violation_error_message="Un paiement est supérieur à zéro.",
            ),
            models.CheckConstraint(
                name="payment_whole_month",
                condition=Q(period__day=1),
                violation_error_message="Le mois payé se donne par son premier jour.",
            ),
            models.UniqueConstraint(
                fields=["reference"],
                condition=Q(cancelled_on=None),
                name="payment_reference_once",
                violation_error_message="Un paiement porte déjà cette référence.",
            ),
            filled_together(
                Q(cancelled_on__isnull=False),
                Q(cancelled_by__isnull=False),
                name="payment_cancelled_whole",
                message="Une annulation a une date et un auteur.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} : {self.amount} €"


class Claim(models.Model):
    """A titre de reversement: what was paid above what is due, and its letter (R86).

    `beyond` is the part the ASP paid above what the ledger had committed: it never
    entered the envelope’s accounts, so it moves nothing there when it comes back.
    """

    annexe = models.ForeignKey(
        AnnexeFinanciere,
        models.PROTECT,
        related_name="claims",
        verbose_name="annexe",
    )
    paid = models.DecimalField("payé", max_digits=14, decimal_places=2)
    # Unknown while no hours are computed, and 0 would be a lie.
    due = models.DecimalField(
        "dû", max_digits=14, decimal_places=2, null=True, blank=True
    )
    amount = models.DecimalField("à reverser", max_digits=14, decimal_places=2)
    beyond = models.DecimalField(
        "versé au-delà de l’engagement", max_digits=14, decimal_places=2, default=0
    )
    reason = models.CharField("motif", max_length=10, choices=ClaimReason)
    detail = models.TextField("précisions", blank=True, max_length=2000)
    issued_on = models.DateField("émis le")
    letter = models.TextField("lettre")
    key = models.UUIDField("clé d’unicité", unique=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="par"
    )
    at = models.DateTimeField("enregistré le", auto_now_add=True)
    recovered_on = models.DateField("reversé le", null=True, blank=True)
    recovered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="reversement saisi par",
    )
    cancelled_on = models.DateField("annulé le", null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="annulé par",
    )
    cancel_reason = models.TextField("motif d’annulation", blank=True)

    objects = OfAnnexeQuerySet.as_manager()

    class Meta:
        verbose_name = "titre de reversement"
        verbose_name_plural = "titres de reversement"
        ordering = ["-issued_on", "-pk"]
        constraints = [
            one_of("reason", ClaimReason, name="claim_reason"),
            models.CheckConstraint(
                name="claim_amounts",
                condition=Q(amount__gt=0, beyond__gte=0, beyond__lte=F("amount")),
                violation_error_message=(
                    "Un reversement est supérieur à zéro, et contient ce qui dépasse "
                    "l’engagement."
                ),
            ),
            models.CheckConstraint(
                name="claim_one_end",
                condition=Q(recovered_on=None) | Q(cancelled_on=None),
                violation_error_message="Un titre est reversé ou annulé, pas les deux.",
            ),
            models.UniqueConstraint(
                fields=["annexe"],
                condition=Q(recovered_on=None, cancelled_on=None),
                name="claim_one_open",
                violation_error_message=(
                    "Un titre de reversement est déjà en cours pour cette annexe."
                ),
            ),
            filled_together(
                Q(recovered_on__isnull=False),
                Q(recovered_by__isnull=False),
                name="claim_recovered_whole",
                message="Un reversement reçu a une date et un auteur.",
            ),
            filled_together(
                Q(cancelled_on__isnull=False),
                Q(cancelled_by__isnull=False) & ~Q(cancel_reason=""),
                name="claim_cancelled_whole",
                message="Une annulation a une date, un auteur et un motif.",
            ),
            not_before(
                "recovered_on",
                "issued_on",
                name="claim_recovered_after",
                message="Le reversement ne précède pas le titre.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.annexe} : {self.amount} €"

    @property
    def is_open(self) -> bool:
        return self.recovered_on is None and self.cancelled_on is None
