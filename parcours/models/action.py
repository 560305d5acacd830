"""What is done about a frein: objectives, actions, and what was said of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from parcours.enums import ActionSide, FreinAct
from parcours.models.accompaniment import Frein
from structures.constraints import filled_together, not_before, one_of


class Objective(models.Model):
    """What the actions of a frein lead to, in a sentence."""

    frein = models.ForeignKey(
        Frein, models.CASCADE, related_name="objectives", verbose_name="frein"
    )
    text = models.CharField("objectif", max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="par"
    )
    at = models.DateTimeField("enregistré le", auto_now_add=True)

    class Meta:
        verbose_name = "objectif"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text


class Action(models.Model):
    """Somebody does something about a frein by a day.

    Without owner nor day, it is the following that a file told of, not more.
    """

    frein = models.ForeignKey(
        Frein, models.CASCADE, related_name="actions", verbose_name="frein"
    )
    objective = models.ForeignKey(
        Objective,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="actions",
        verbose_name="objectif",
    )
    title = models.CharField("action", max_length=200)
    side = models.CharField("menée", max_length=3, choices=ActionSide)
    started_on = models.DateField("commence le")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="suivie par",
    )
    due_on = models.DateField("échéance", null=True, blank=True)
    done_on = models.DateField("terminée le", null=True, blank=True)
    outcome = models.CharField("résultat", max_length=500, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="par",
    )
    at = models.DateTimeField("enregistré le", auto_now_add=True)

    class Meta:
        verbose_name = "action"
        ordering = ["started_on", "pk"]
        constraints = [
            one_of("side", ActionSide, name="action_side"),
            filled_together(
                Q(owner=None),
                Q(due_on=None),
                name="action_owner_with_due",
                message="Une action a quelqu’un qui la suit et une échéance.",
            ),
            not_before(
                "due_on",
                "started_on",
                name="action_due",
                message="L’échéance ne peut pas précéder le début de l’action.",
            ),
            not_before(
                "done_on",
                "started_on",
                name="action_done",
                message="Une action ne peut pas finir avant de commencer.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner", "due_on"],
                name="action_open",
                condition=Q(done_on=None),
            )
        ]

    def __str__(self) -> str:
        return self.title


class FreinEvent(models.Model):
    """A frein named, lifted, opened again: by whom and when. Only added."""

    frein = models.ForeignKey(
        Frein, models.CASCADE, related_name="events", verbose_name="frein"
    )
    act = models.CharField("acte", max_length=8, choices=FreinAct)
    on = models.DateField("date")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="par"
    )
    at = models.DateTimeField("enregistré le", auto_now_add=True)

    class Meta:
        verbose_name = "acte sur un frein"
        verbose_name_plural = "actes sur les freins"
        ordering = ["-pk"]
        constraints = [one_of("act", FreinAct, name="frein_event_act")]

    def __str__(self) -> str:
        return f"{self.get_act_display()} ({self.on:%d/%m/%Y})"
