"""What happened to a file: who moved it, what was remarked on it, who may sign."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from funding.enums import Act, Actor
from funding.models.annexe import AnnexeVersion
from structures.constraints import not_before, one_of
from structures.enums import Status
from structures.models import Agency, Convention
from structures.rules.writing import EMPTY


def of_one_file(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=Q(version=None, convention__isnull=False)
        | Q(version__isnull=False, convention=None),
        violation_error_message="Une convention, ou une version d’annexe, et une seule.",
    )


class StatusChange(models.Model):
    """A line of the history of a file. Only added: the application cannot change it."""

    version = models.ForeignKey(
        AnnexeVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="changes",
        verbose_name="version d’annexe",
    )
    convention = models.ForeignKey(
        Convention,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="changes",
        verbose_name="convention",
    )
    act = models.CharField("acte", max_length=14, choices=Act)
    source = models.CharField("de", max_length=11, choices=Status)
    target = models.CharField("vers", max_length=11, choices=Status)
    actor = models.CharField("en qualité de", max_length=9, choices=Actor)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="par",
    )
    at = models.DateTimeField("enregistré le", auto_now_add=True)
    on = models.DateField("date d’effet")
    reason = models.TextField("motif", blank=True)

    class Meta:
        verbose_name = "changement de statut"
        verbose_name_plural = "changements de statut"
        ordering = ["pk"]
        constraints = [
            of_one_file("change_of_one_file"),
            one_of("act", Act, name="change_act"),
            one_of("actor", Actor, name="change_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()} ({self.on:%d/%m/%Y})"


class FieldComment(models.Model):
    """A remark on one field: it alone opens the field to the structure."""

    version = models.ForeignKey(
        AnnexeVersion,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="comments",
        verbose_name="version d’annexe",
    )
    convention = models.ForeignKey(
        Convention,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="comments",
        verbose_name="convention",
    )
    field = models.CharField("champ", max_length=40)
    text = models.TextField("remarque")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name="par",
    )
    at = models.DateTimeField("faite le", auto_now_add=True)
    answer = models.TextField("réponse", blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="réponse de",
    )
    answered_at = models.DateTimeField("répondu le", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="fermée par",
    )
    closed_at = models.DateTimeField("fermée le", null=True, blank=True)

    class Meta:
        verbose_name = "remarque"
        ordering = ["pk"]
        constraints = [
            of_one_file("comment_of_one_file"),
            models.CheckConstraint(
                name="comment_answer_whole",
                condition=Q(answered_at=None, answered_by=None, answer="")
                | Q(answered_at__isnull=False, answered_by__isnull=False)
                & ~Q(answer=""),
                violation_error_message="Une réponse a un texte, un auteur et une date.",
            ),
            models.CheckConstraint(
                name="comment_closed_whole",
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                violation_error_message="Une remarque fermée l’est par quelqu’un.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field} : {self.text[:40]}"


class TermChange(models.Model):
    """A term of an annexe, before and after somebody wrote it. Only added."""

    version = models.ForeignKey(
        AnnexeVersion,
        models.PROTECT,
        related_name="term_changes",
        verbose_name="version d’annexe",
    )
    field = models.CharField("champ", max_length=40)
    before = models.TextField("avant", blank=True)
    after = models.TextField("après", blank=True)
    status = models.CharField("statut du dossier", max_length=11, choices=Status)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="par"
    )
    at = models.DateTimeField("le", auto_now_add=True)

    class Meta:
        verbose_name = "terme changé"
        verbose_name_plural = "termes changés"
        ordering = ["pk"]
        constraints = [one_of("status", Status, name="term_change_status")]

    def __str__(self) -> str:
        return f"{self.field} : {self.before or EMPTY} → {self.after or EMPTY}"


class SigningDelegation(models.Model):
    """Who signs for a service, up to which amount, between which days."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="delegations",
        verbose_name="délégataire",
    )
    agency = models.ForeignKey(
        Agency,
        models.CASCADE,
        related_name="delegations",
        verbose_name="service de l’État",
    )
    up_to = models.DecimalField(
        "jusqu’à, par annexe", max_digits=14, decimal_places=2, null=True, blank=True
    )
    since = models.DateField("à partir du")
    until = models.DateField("jusqu’au", null=True, blank=True)
    text = models.CharField("arrêté", max_length=200)

    class Meta:
        verbose_name = "délégation de signature"
        verbose_name_plural = "délégations de signature"
        ordering = ["agency", "-since"]
        constraints = [
            not_before(
                "until",
                "since",
                name="delegation_dates",
                message="La fin ne peut pas précéder le début.",
            ),
            models.CheckConstraint(
                name="delegation_up_to",
                condition=Q(up_to=None) | Q(up_to__gt=0),
                violation_error_message="Le plafond est supérieur à zéro, ou vide.",
            ),
            models.UniqueConstraint(
                F("user"),
                F("agency"),
                F("since"),
                name="delegation_once",
                violation_error_message="Cette délégation existe déjà.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.agency}"
