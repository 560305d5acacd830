"""The ledger: accounts, append-only transfers, and the chain of their hashes.

The triggers that move balances and refuse the rest stand in the migrations.
"""

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from funding.enums import Bucket, Tie, TransferKind
from funding.models.annexe import AnnexeFinanciere
from funding.models.envelope import Envelope
from funding.models.fdi import FdiRequest
from structures.constraints import one_of


class Account(models.Model):
    """Money of one envelope: free, frozen, or promised to one annexe or one FDI request."""

    envelope = models.ForeignKey(
        Envelope,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="accounts",
        verbose_name="enveloppe",
    )
    annexe = models.ForeignKey(
        AnnexeFinanciere,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="accounts",
        verbose_name="annexe",
    )
    fdi = models.ForeignKey(
        FdiRequest,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="accounts",
        verbose_name="demande FDI",
    )
    bucket = models.CharField("compartiment", max_length=9, choices=Bucket)
    # Written by the ledger's triggers only: what is there, and the last link's hash.
    balance = models.DecimalField(
        "solde", max_digits=16, decimal_places=2, default=0, db_default=0
    )
    head = models.CharField(
        "empreinte", max_length=64, blank=True, default="", db_default=""
    )

    class Meta:
        verbose_name = "compte"
        # Which buckets go with a holder is checked once, when an account is opened, as it
        # stays so: what stands here is checked at every transfer.
        constraints = [
            models.UniqueConstraint(
                fields=["envelope", "annexe", "fdi", "bucket"],
                name="account_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="account_never_below_zero",
                condition=Q(balance__gte=0) | Q(bucket=Bucket.OUTSIDE),
                violation_error_message=(
                    "L’enveloppe ne suffit pas : il reste moins que le montant demandé."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_bucket_display()} {self.envelope_id or ''}".strip()


class TransferRule(models.Model):
    """Which kind of transfer may go between which buckets, and how they are related."""

    kind = models.CharField("nature", max_length=12, choices=TransferKind)
    source_bucket = models.CharField("de", max_length=9, choices=Bucket)
    target_bucket = models.CharField("vers", max_length=9, choices=Bucket)
    tie = models.CharField("lien", max_length=13, choices=Tie)

    class Meta:
        verbose_name = "mouvement permis"
        verbose_name_plural = "mouvements permis"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "source_bucket", "target_bucket"],
                name="transfer_rule_once",
            ),
            one_of("kind", TransferKind, name="transfer_rule_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.source_bucket} → {self.target_bucket}"


class Transfer(models.Model):
    """Append-only. Its id and instant are drawn by the trigger, under the locks."""

    source = models.ForeignKey(
        Account, models.PROTECT, related_name="debits", verbose_name="de"
    )
    target = models.ForeignKey(
        Account, models.PROTECT, related_name="credits", verbose_name="vers"
    )
    amount = models.DecimalField("montant", max_digits=16, decimal_places=2)
    kind = models.CharField("nature", max_length=12, choices=TransferKind)
    reference = models.CharField("référence", max_length=120)
    on = models.DateField("date d’effet", db_column="effective_on")
    idempotency_key = models.UUIDField("clé d’unicité", unique=True)
    corrects = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name="corrige",
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        db_column="by_id",
        verbose_name="par",
    )
    at = models.DateTimeField("enregistré le", db_default=Now())

    class Meta:
        verbose_name = "mouvement"
        ordering = ["pk"]
        # Kinds, accounts and corrections are checked by the triggers, with TransferRule.
        constraints = [
            models.CheckConstraint(
                name="transfer_amount_positive",
                # PostgreSQL holds NaN above every number: without a ceiling it is > 0.
                condition=Q(amount__gt=0, amount__lt=Decimal(10) ** 14),
                violation_error_message="Le montant doit être supérieur à zéro.",
            ),
            models.CheckConstraint(
                name="transfer_plausible_day",
                condition=Q(on__gte=date(2000, 1, 1), on__lt=date(2100, 1, 1)),
                violation_error_message="La date d’effet est entre 2000 et 2099.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount} €"


class Link(models.Model):
    """One link of the hash chain of both accounts of a transfer. Append-only."""

    # No foreign key: only a transfer’s trigger makes links, and transfers stay.
    transfer = models.OneToOneField(
        Transfer,
        models.PROTECT,
        primary_key=True,
        related_name="link",
        db_constraint=False,
    )
    source_previous = models.CharField(max_length=64, blank=True)
    target_previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "maillon"

    def __str__(self) -> str:
        return self.hash[:12]
