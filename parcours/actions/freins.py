"""Freins named, acted upon, lifted. Their state and mode are what the actions say (R59)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from parcours.actions.interviews import check_accompanies
from parcours.actions.refusals import ParcoursRefused, refuse
from parcours.enums import ActionSide, FreinAct, FreinMode, FreinState
from parcours.figures.freins import facts_of, team_of
from parcours.figures.stays import contract_on, contracts_of_stay
from parcours.models import Action, Contract, Frein, FreinEvent, Objective
from parcours.rules.freins import frein_findings, frein_mode, frein_state
from structures.models import User
from structures.rules.writing import day

FROM_A_FILE = "Suivi déjà en place, repris des données d’origine"
SIDES = {
    FreinMode.INTERNAL: (ActionSide.INTERNAL,),
    FreinMode.EXTERNAL: (ActionSide.EXTERNAL,),
    FreinMode.BOTH: (ActionSide.INTERNAL, ActionSide.EXTERNAL),
}
FIELDS = {"LIFTED_BEFORE": "lifted_on", "ACTION_BEFORE": "started_on"}


@dataclass(frozen=True, kw_only=True)
class ActionSaid:
    """An action as it is typed."""

    title: str
    side: ActionSide
    owner: User
    due_on: date
    started_on: date
    objective: Objective | None = None


def write_state(frein: Frein, *, on: date) -> None:
    """The one place that writes what a frein is: drawn from its actions, never typed.

    Raises ParcoursRefused when its dates do not hold together.
    """
    facts = facts_of(frein)
    refuse(frein_findings(facts), fields=FIELDS)
    frein.state = frein_state(facts, on=on) or FreinState.IDENTIFIED
    frein.mode = frein_mode(facts, on=on)
    frein.save(update_fields=["state", "mode", "lifted_on"])


def opened(frein: Frein, by: User) -> Frein:
    """The frein, locked, when the person accompanies; what a file said made an action."""
    rows = Frein.objects.select_for_update(of=("self",)).select_related("contract")
    frein = rows.get(pk=frein.pk)
    check_accompanies(by, frein.contract)
    if frein.mode and not frein.actions.exists():
        Action.objects.bulk_create(
            Action(
                frein=frein,
                title=FROM_A_FILE,
                side=side,
                started_on=frein.identified_on,
                done_on=frein.lifted_on,
            )
            for side in SIDES[FreinMode(frein.mode)]
        )
    return frein


def check_past(on: date, *, today: date, field: str) -> None:
    if on > today:
        raise ParcoursRefused(
            f"Le {day(on)} est à venir : enregistrez-le quand il aura eu lieu.",
            field=field,
        )


@transaction.atomic
def name_frein(
    *, contract: Contract, theme: str, identified_on: date, by: User, on: date
) -> Frein:
    """Keep that a frein was seen, once a stay. Raises ParcoursRefused."""
    check_accompanies(by, contract)
    check_past(identified_on, today=on, field="identified_on")
    if identified_on < contract.hired_on:
        raise ParcoursRefused(
            f"La personne est embauchée le {day(contract.hired_on)} : indiquez le jour où "
            "le frein a été vu pendant son accompagnement.",
            field="identified_on",
        )
    stay = list(contracts_of_stay(contract).select_for_update())
    check_new(Frein.objects.filter(contract__in=stay, theme=theme))
    frein = Frein.objects.create(
        contract=contract_on(contract, identified_on),
        theme=theme,
        state=FreinState.IDENTIFIED,
        identified_on=identified_on,
    )
    FreinEvent.objects.create(frein=frein, act=FreinAct.NAMED, on=identified_on, by=by)
    return frein


def check_new(known: Iterable[Frein]) -> None:
    for frein in known:
        told = (
            f"levé le {day(frein.lifted_on)} : rouvrez-le depuis sa page"
            if frein.lifted_on
            else f"suivi depuis le {day(frein.identified_on)}"
        )
        raise ParcoursRefused(f"Ce frein est déjà {told}.", field="theme")


@transaction.atomic
def set_objective(*, frein: Frein, text: str, by: User) -> Objective:
    """Raises ParcoursRefused when the person does not accompany there."""
    check_accompanies(by, frein.contract)
    return Objective.objects.create(frein=frein, text=text.strip(), by=by)


@transaction.atomic
def plan_action(*, frein: Frein, said: ActionSaid, by: User, on: date) -> Action:
    """Somebody takes something on, by a day; the frein is then in progress.

    Raises ParcoursRefused.
    """
    frein = opened(frein, by)
    check_planned(frein, said, on)
    action = Action.objects.create(
        frein=frein,
        title=said.title.strip(),
        side=said.side,
        started_on=said.started_on,
        owner=said.owner,
        due_on=said.due_on,
        objective=said.objective,
        by=by,
    )
    write_state(frein, on=on)
    return action


def check_planned(frein: Frein, said: ActionSaid, on: date) -> None:
    if frein.lifted_on:
        raise ParcoursRefused(
            f"Ce frein est levé depuis le {day(frein.lifted_on)} : rouvrez-le d’abord."
        )
    check_past(said.started_on, today=on, field="started_on")
    if said.due_on < said.started_on:
        raise ParcoursRefused(
            "L’échéance précède le début de l’action : corrigez l’une des deux.",
            field="due_on",
        )
    if said.owner not in team_of(frein.contract.structure_id):
        raise ParcoursRefused(
            f"{said.owner} n’accompagne pas dans cette structure : choisissez quelqu’un "
            "de l’équipe.",
            field="owner",
        )
    if said.objective and said.objective.frein_id != frein.pk:
        raise ParcoursRefused(
            "Cet objectif est celui d’un autre frein.", field="objective"
        )


@transaction.atomic
def end_action(
    *, action: Action, done_on: date, outcome: str, by: User, on: date
) -> Action:
    """Keep when an action ended and what came of it, once. Raises ParcoursRefused."""
    frein = opened(action.frein, by)
    action = Action.objects.get(pk=action.pk)
    if action.done_on:
        raise ParcoursRefused(f"Cette action est terminée le {day(action.done_on)}.")
    check_past(done_on, today=on, field="done_on")
    if done_on < action.started_on:
        raise ParcoursRefused(
            f"L’action commence le {day(action.started_on)} : elle ne peut pas finir avant.",
            field="done_on",
        )
    action.done_on, action.outcome = done_on, outcome.strip()
    action.save(update_fields=["done_on", "outcome"])
    write_state(frein, on=on)
    return action


@transaction.atomic
def lift_frein(*, frein: Frein, lifted_on: date, by: User, on: date) -> Frein:
    """Say that a frein is lifted; its open actions end that day. Raises ParcoursRefused."""
    frein = opened(frein, by)
    if frein.lifted_on:
        raise ParcoursRefused(f"Ce frein est déjà levé, le {day(frein.lifted_on)}.")
    check_past(lifted_on, today=on, field="lifted_on")
    frein.lifted_on = lifted_on
    write_state(frein, on=on)
    for action in frein.actions.filter(done_on=None):
        action.done_on, action.outcome = max(lifted_on, action.started_on), "Frein levé"
        action.save(update_fields=["done_on", "outcome"])
    FreinEvent.objects.create(frein=frein, act=FreinAct.LIFTED, on=lifted_on, by=by)
    return frein


@transaction.atomic
def reopen_frein(*, frein: Frein, by: User, on: date) -> Frein:
    """A frein is there again, or was lifted by mistake. Raises ParcoursRefused."""
    frein = opened(frein, by)
    if not frein.lifted_on:
        raise ParcoursRefused("Ce frein n’est pas levé : il n’y a rien à rouvrir.")
    frein.lifted_on = None
    write_state(frein, on=on)
    FreinEvent.objects.create(frein=frein, act=FreinAct.REOPENED, on=on, by=by)
    return frein
