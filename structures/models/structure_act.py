"""What happened to a structure: each a dated act, only added."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from structures.constraints import not_before, one_of
from structures.enums import ENDS, OF_TWO, LifeKind
from structures.models.structure import Structure

if TYPE_CHECKING:
    from structures.models import User


class StructureActQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        return self.filter(structure__in=Structure.objects.visible_to(user))

    def of(self, structure: Structure) -> Self:
        """Its own, and those of another structure that name it."""
        return self.filter(Q(structure=structure) | Q(other=structure))

    def to_follow_up(self, *, until: date) -> Self:
        """Visits whose follow-up is due by a day, and not written yet."""
        return self.filter(
            kind=LifeKind.VISIT, follow_up_on__lte=until, followed_by__isnull=True
        )


class StructureAct(models.Model):
    """`changes` is what it changed: fields as [before, after], files by their keys."""

    structure = models.ForeignKey(
        Structure, models.PROTECT, related_name="acts", verbose_name="structure"
    )
    kind = models.CharField("acte", max_length=11, choices=LifeKind)
    on = models.DateField("date d’effet")
    reason = models.TextField("motif ou constat")
    reference = models.CharField("référence", max_length=200, blank=True)
    other = models.ForeignKey(
        Structure,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="acts_as_other",
        verbose_name="autre structure",
    )
    follow_up_on = models.DateField("suites attendues le", null=True, blank=True)
    follows = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="followed_by",
        verbose_name="fait suite à",
    )
    changes = models.JSONField("ce qui a changé", default=dict, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="par"
    )
    at = models.DateTimeField("enregistré le", auto_now_add=True)

    objects = StructureActQuerySet.as_manager()

    class Meta:
        verbose_name = "acte de la vie d’une structure"
        verbose_name_plural = "actes de la vie des structures"
        ordering = ["-on", "-pk"]
        constraints = [
            one_of("kind", LifeKind, name="structure_act_kind"),
            models.CheckConstraint(
                name="structure_act_reason",
                condition=~Q(reason=""),
                violation_error_message="Écrivez le motif, ou ce qui a été constaté.",
            ),
            models.CheckConstraint(
                name="structure_act_other",
                condition=Q(kind__in=OF_TWO, other__isnull=False)
                | (~Q(kind__in=OF_TWO) & Q(other=None)),
                violation_error_message="Une fusion et un second type visent deux structures.",
            ),
            models.CheckConstraint(
                name="structure_act_not_itself",
                condition=Q(other=None) | ~Q(other=F("structure")),
                violation_error_message="Une structure ne fusionne pas avec elle-même.",
            ),
            models.CheckConstraint(
                name="structure_act_follows",
                condition=Q(kind=LifeKind.FOLLOW_UP, follows__isnull=False)
                | (~Q(kind=LifeKind.FOLLOW_UP) & Q(follows=None)),
                violation_error_message="Les suites sont celles d’une visite.",
            ),
            not_before(
                "follow_up_on",
                "on",
                name="structure_act_follow_up",
                message="Les suites s’attendent après la visite.",
            ),
            models.UniqueConstraint(
                fields=["structure"],
                condition=Q(kind__in=ENDS),
                name="structure_act_one_end",
                violation_error_message="Cette structure est déjà fermée.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.on:%d/%m/%Y})"
