"""Freins of a person with what is done about them; who may take an action on."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from parcours.enums import ActionSide
from parcours.figures.sight import SENSITIVE_ROLES
from parcours.models import Action, Contract, Frein
from parcours.rules.freins import FreinAction, FreinFacts
from structures.models import User


@dataclass(frozen=True)
class FreinLine:
    """A frein, its open actions and the next day one of them is due."""

    frein: Frein
    open_actions: list[Action]

    @property
    def due_on(self) -> date | None:
        due = [one.due_on for one in self.open_actions if one.due_on]
        return min(due, default=None)


def team_of(structure: int) -> QuerySet[User]:
    """Who accompanies in a structure: its CIP and its direction."""
    return User.objects.filter(
        is_active=True,
        memberships__structure=structure,
        memberships__role__in=SENSITIVE_ROLES,
    ).distinct()


def facts_of(frein: Frein) -> FreinFacts:
    """What the rule reads of a frein."""
    return FreinFacts(
        identified_on=frein.identified_on,
        lifted_on=frein.lifted_on,
        actions=[
            FreinAction(
                started_on=one.started_on,
                is_external=one.side == ActionSide.EXTERNAL,
            )
            for one in frein.actions.all()
        ],
    )


def frein_lines(contracts: list[Contract]) -> list[FreinLine]:
    """Freins of these contracts with their open actions, the last first; two queries."""
    rows_of = Frein.objects.filter(contract__in=contracts).select_related("contract")
    freins = list(rows_of.order_by("-identified_on", "-pk"))
    still_open: dict[int, list[Action]] = {}
    rows = Action.objects.filter(frein__in=freins, done_on=None).exclude(due_on=None)
    for action in rows.select_related("owner").order_by("due_on", "pk"):
        still_open.setdefault(action.frein_id, []).append(action)
    return [FreinLine(one, still_open.get(one.pk, [])) for one in freins]
