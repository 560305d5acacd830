"""Sessions of a CDIAE: which files they look at, what they say, and their minutes."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from funding.models.fdi import FdiRequest
from structures.enums import OpinionSense
from structures.models import Convention, Departement

if TYPE_CHECKING:
    from structures.models import User


class CdiaeSessionQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Sessions of the départements one is in charge of; nobody else’s business."""
        if user.is_superuser:
            return self
        return self.filter(departement__in=user.departements())


class CdiaeSession(models.Model):
    """One meeting, of one département. Closed, its opinions and minutes stay as they are."""

    departement = models.ForeignKey(
        Departement,
        models.PROTECT,
        related_name="cdiae_sessions",
        verbose_name="département",
    )
    held_on = models.DateField("date")
    starts_at = models.TimeField("heure", null=True, blank=True)
    place = models.CharField("lieu", max_length=200)
    president = models.CharField("présidence", max_length=160, blank=True)
    attendance = models.TextField("présents et excusés", blank=True)
    minutes = models.TextField("débats", blank=True)
    closed_at = models.DateTimeField("procès-verbal arrêté le", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="arrêté par",
    )

    objects = CdiaeSessionQuerySet.as_manager()

    class Meta:
        verbose_name = "séance du CDIAE"
        verbose_name_plural = "séances du CDIAE"
        ordering = ["-held_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["departement", "held_on"],
                name="cdiae_once_a_day",
                violation_error_message=(
                    "Une séance de ce département est déjà prévue ce jour-là."
                ),
            ),
            models.CheckConstraint(
                name="cdiae_closed_whole",
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                violation_error_message="Un procès-verbal est arrêté par quelqu’un.",
            ),
        ]

    def __str__(self) -> str:
        return f"CDIAE {self.departement_id} du {self.held_on:%d/%m/%Y}"


class AgendaItem(models.Model):
    """A convention or a FDI request on an agenda, and the opinion given on it."""

    session = models.ForeignKey(
        CdiaeSession, models.PROTECT, related_name="items", verbose_name="séance"
    )
    convention = models.ForeignKey(
        Convention,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agenda_items",
        verbose_name="convention",
    )
    fdi = models.ForeignKey(
        FdiRequest,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agenda_items",
        verbose_name="demande FDI",
    )
    rank = models.PositiveSmallIntegerField("ordre")
    sense = models.CharField("avis", max_length=12, choices=OpinionSense, blank=True)
    text = models.TextField("observations", blank=True)
    recorded_at = models.DateTimeField("enregistré le", null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="enregistré par",
    )

    class Meta:
        verbose_name = "dossier à l’ordre du jour"
        verbose_name_plural = "dossiers à l’ordre du jour"
        ordering = ["session", "rank", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "convention"],
                name="agenda_once",
                violation_error_message="Ce dossier est déjà à l’ordre du jour.",
            ),
            models.CheckConstraint(
                name="agenda_of_one_file",
                condition=Q(convention=None, fdi__isnull=False)
                | Q(convention__isnull=False, fdi=None),
                violation_error_message="Une convention ou une demande FDI, et une seule.",
            ),
            models.UniqueConstraint(
                fields=["session", "fdi"],
                name="agenda_fdi_once",
                violation_error_message="Cette demande est déjà à l’ordre du jour.",
            ),
            models.UniqueConstraint(
                fields=["fdi"],
                condition=Q(sense=""),
                name="agenda_fdi_one_waiting",
                violation_error_message=(
                    "Cette demande est à l’ordre du jour d’une autre séance : "
                    "retirez-l’en d’abord."
                ),
            ),
            # A file waits for one opinion at a time, wherever it is on the agenda.
            models.UniqueConstraint(
                fields=["convention"],
                condition=Q(sense=""),
                name="agenda_one_waiting",
                violation_error_message=(
                    "Ce dossier est à l’ordre du jour d’une autre séance : "
                    "retirez-l’en d’abord."
                ),
            ),
            models.CheckConstraint(
                name="agenda_opinion_whole",
                condition=Q(sense="", recorded_at=None, recorded_by=None)
                | Q(recorded_at__isnull=False, recorded_by__isnull=False)
                & ~Q(sense=""),
                violation_error_message="Un avis a un sens, un auteur et une date.",
            ),
            models.CheckConstraint(
                name="agenda_sense",
                condition=Q(sense__in=["", *OpinionSense.values]),
                violation_error_message="Cette valeur n’est pas dans la liste.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.file}"

    @property
    def file(self) -> Convention | FdiRequest:
        """What the opinion is on: the base wants one of the two."""
        return self.convention or self.fdi
