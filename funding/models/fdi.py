"""Requests to the fonds départemental d’insertion, and what happened to each."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from funding.enums import FdiAct, FdiKind, FdiStatus
from funding.models.envelope import Envelope
from structures.constraints import filled_together, not_before, one_of
from structures.enums import OpinionSense
from structures.models import Structure

if TYPE_CHECKING:
    from structures.models import User

UNDECIDED = [
    FdiStatus.RECEIVED,
    FdiStatus.ADVISED,
    FdiStatus.REFUSED,
    FdiStatus.CANCELLED,
]


class FdiRequestQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        return self.filter(structure__in=Structure.objects.visible_to(user))


class FdiRequest(models.Model):
    """An aid asked once, for something that has a cost. The ledger hangs here too."""

    structure = models.ForeignKey(
        Structure, models.PROTECT, related_name="fdi", verbose_name="structure"
    )
    envelope = models.ForeignKey(
        Envelope, models.PROTECT, related_name="fdi", verbose_name="enveloppe"
    )
    kind = models.CharField("nature de l’aide", max_length=13, choices=FdiKind)
    purpose = models.TextField("objet", max_length=2000)
    cost = models.DecimalField("coût du projet", max_digits=12, decimal_places=2)
    requested = models.DecimalField("aide demandée", max_digits=12, decimal_places=2)
    received_on = models.DateField("reçue le")
    status = models.CharField(
        "statut", max_length=9, choices=FdiStatus, default=FdiStatus.RECEIVED
    )
    opinion_on = models.DateField("avis du CDIAE le", null=True, blank=True)
    opinion = models.CharField(
        "sens de l’avis", max_length=12, choices=OpinionSense, blank=True
    )
    decided_on = models.DateField("décidée le", null=True, blank=True)
    agreed = models.DecimalField(
        "aide accordée", max_digits=12, decimal_places=2, null=True, blank=True
    )
    advance_share = models.DecimalField(
        "part versée d’avance", max_digits=5, decimal_places=4, null=True, blank=True
    )
    approved = models.DecimalField(
        "aide justifiée", max_digits=12, decimal_places=2, null=True, blank=True
    )
    key = models.UUIDField("clé d’unicité", unique=True)

    objects = FdiRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "demande FDI"
        verbose_name_plural = "demandes FDI"
        ordering = ["-received_on", "-pk"]
        constraints = [
            one_of("kind", FdiKind, name="fdi_kind"),
            one_of("status", FdiStatus, name="fdi_status"),
            models.CheckConstraint(
                name="fdi_amounts",
                condition=Q(requested__gt=0, cost__gte=F("requested")),
                violation_error_message=(
                    "L’aide demandée est supérieure à zéro et ne dépasse pas le coût."
                ),
            ),
            models.CheckConstraint(
                name="fdi_agreed_within_request",
                condition=Q(agreed=None) | Q(agreed__gt=0, agreed__lte=F("requested")),
                violation_error_message="L’aide accordée ne dépasse pas la demande.",
            ),
            models.CheckConstraint(
                name="fdi_approved_within_agreed",
                condition=Q(approved=None)
                | Q(approved__gte=0, approved__lte=F("agreed")),
                violation_error_message="L’aide justifiée ne dépasse pas l’aide accordée.",
            ),
            models.CheckConstraint(
                name="fdi_advance_share",
                condition=Q(advance_share=None)
                | Q(advance_share__gte=0, advance_share__lte=1),
                violation_error_message="La part versée d’avance va de 0 à 100 %.",
            ),
            filled_together(
                Q(opinion_on__isnull=False),
                ~Q(opinion=""),
                name="fdi_opinion_whole",
                message="Un avis a une date et un sens.",
            ),
            models.CheckConstraint(
                name="fdi_decided_after_opinion",
                condition=Q(status__in=UNDECIDED)
                | Q(
                    opinion_on__isnull=False,
                    agreed__isnull=False,
                    advance_share__isnull=False,
                    decided_on__gte=F("opinion_on"),
                ),
                violation_error_message=(
                    "Une aide s’accorde après l’avis du CDIAE (R. 5132-47, R13)."
                ),
            ),
            models.CheckConstraint(
                name="fdi_opinion_given",
                condition=~Q(opinion=OpinionSense.POSTPONED),
                violation_error_message="Un avis reporté n’est pas encore rendu.",
            ),
            not_before(
                "opinion_on",
                "received_on",
                name="fdi_opinion_after_request",
                message="L’avis ne précède pas la demande.",
            ),
        ]

    def __str__(self) -> str:
        return f"FDI {self.get_kind_display().lower()}, {self.structure}"


class FdiEvent(models.Model):
    """A line of the history of a request. Only added."""

    request = models.ForeignKey(
        FdiRequest, models.PROTECT, related_name="events", verbose_name="demande"
    )
    act = models.CharField("acte", max_length=14, choices=FdiAct)
    target = models.CharField("vers", max_length=9, choices=FdiStatus)
    amount = models.DecimalField(
        "montant", max_digits=12, decimal_places=2, null=True, blank=True
    )
    reason = models.TextField("motif", blank=True)
    on = models.DateField("date d’effet")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="par",
    )
    at = models.DateTimeField("enregistré le", auto_now_add=True)

    class Meta:
        verbose_name = "étape d’une demande FDI"
        verbose_name_plural = "étapes d’une demande FDI"
        ordering = ["pk"]
        constraints = [one_of("act", FdiAct, name="fdi_event_act")]

    def __str__(self) -> str:
        return f"{self.get_act_display()} ({self.on:%d/%m/%Y})"
