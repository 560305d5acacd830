"""The state and the mode of a frein, drawn from what was done about it (R59).

Neither is typed: a frein is helped because an action about it has begun, so that those
helped are always some of those concerned.

Source : ASP, accompagnement (freins identifiés, en cours, levés ; interne, externe).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from parcours.enums import FreinMode, FreinState
from parcours.rules.findings import Finding, refusal, warning
from structures.rules.writing import day


@dataclass(frozen=True, kw_only=True)
class FreinAction:
    """Something done about a frein, by the structure itself or by a partner."""

    started_on: date
    is_external: bool


@dataclass(frozen=True, kw_only=True)
class FreinFacts:
    """What is written of a frein: seen, acted upon, lifted."""

    identified_on: date
    lifted_on: date | None = None
    actions: Collection[FreinAction] = ()


@dataclass(frozen=True, kw_only=True)
class FreinFigures:
    """People or freins: concerned, helped (acted upon), lifted; each part of the first."""

    concerned: int
    helped: int
    lifted: int


def begun(facts: FreinFacts, *, on: date) -> list[FreinAction]:
    return [action for action in facts.actions if action.started_on <= on]


def frein_state(facts: FreinFacts, *, on: date) -> FreinState | None:
    """Lifted, in progress once an action has begun, else identified; None before (R59)."""
    if on < facts.identified_on:
        return None
    if facts.lifted_on and facts.lifted_on <= on:
        return FreinState.LIFTED
    return FreinState.IN_PROGRESS if begun(facts, on=on) else FreinState.IDENTIFIED


def frein_mode(facts: FreinFacts, *, on: date) -> FreinMode:
    """Who acted by that day: the structure, a partner, both, or nobody (R59)."""
    external = {action.is_external for action in begun(facts, on=on)}
    if external == {True, False}:
        return FreinMode.BOTH
    if not external:
        return FreinMode.NONE
    return FreinMode.EXTERNAL if True in external else FreinMode.INTERNAL


def frein_figures(freins: Iterable[FreinFacts], *, on: date) -> FreinFigures:
    """How many freins are seen by a day, acted upon by then, and lifted (R59)."""
    seen = [one for one in freins if frein_state(one, on=on)]
    return FreinFigures(
        concerned=len(seen),
        helped=sum(bool(begun(one, on=on)) for one in seen),
        lifted=sum(frein_state(one, on=on) == FreinState.LIFTED for one in seen),
    )


def is_overdue(*, due_on: date | None, done_on: date | None, on: date) -> bool:
    """Whether an action should have ended by a day and has not."""
    return done_on is None and due_on is not None and due_on < on


def frein_findings(facts: FreinFacts) -> list[Finding]:
    """What does not hold together in the dates of a frein (R59)."""
    found = []
    if facts.lifted_on and facts.lifted_on < facts.identified_on:
        found.append(
            refusal(
                "LIFTED_BEFORE",
                f"Ce frein est identifié le {day(facts.identified_on)} : il ne peut pas "
                "être levé avant, corrigez l’une des deux dates.",
            )
        )
    starts = [action.started_on for action in facts.actions]
    if starts and min(starts) < facts.identified_on:
        found.append(
            refusal(
                "ACTION_BEFORE",
                f"Une action commence le {day(min(starts))}, avant que le frein soit "
                "identifié : corrigez l’une des deux dates.",
            )
        )
    if facts.lifted_on and not starts:
        told = "Ce frein est levé sans action : enregistrez ce qui a été fait, s’il y a lieu."
        found.append(warning("NO_ACTION", told))
    return found
