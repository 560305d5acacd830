"""Which right a hiring needs on a day, and whether the one a person holds covers it.

A regime begins the day its first text took effect: `pass_since` is that of `pass_duree`,
`tried_since` that of `pass_experimentation`. Agréments still running in September 2021
are worth a PASS IAE (recalled, to confirm).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from parcours.enums import ClientKind, Regime
from parcours.rules.findings import Finding, refusal
from structures.enums import StructureKind
from structures.rules.periods import Span
from structures.rules.writing import day

PASS_NUMBER = re.compile(r"99999[0-9]{7}")
WORDS = {Regime.AGREMENT: "un agrément Pôle emploi", Regime.PASS_IAE: "un PASS IAE"}


@dataclass(frozen=True, kw_only=True)
class Right:
    """An agrément or a PASS IAE, both days included."""

    regime: Regime
    number: str
    starts_on: date
    ends_on: date


def right_needed(*, kind: StructureKind, on: date, pass_since: date) -> Regime:
    """What a hiring needs on a day to open the aid: an agrément, a PASS IAE or nothing.

    Source : Code du travail, art. L. 5132-3, version de 2019, et R. 5132-1-2 (R42).
    """
    if on >= pass_since:
        return Regime.PASS_IAE
    return Regime.FREE if kind == StructureKind.AI else Regime.AGREMENT


def placement_needs_agrement(
    *,
    client: ClientKind,
    hours: Decimal,
    threshold: Decimal,
    on: date,
    pass_since: date,
) -> bool:
    """Whether sending somebody to a client needs an agrément: a task above `threshold` hours.

    From the PASS IAE on, every hiring of an AI needs one, whatever the placement.

    Source : Code du travail, art. L. 5132-9, version de 2019, et R. 5132-18 (R42).
    """
    return on < pass_since and client == ClientKind.COMPANY and hours > threshold


def accepted(needed: Regime, *, on: date, tried_since: date) -> frozenset[Regime]:
    """The rights that stand for the one needed.

    An agrément is worth a PASS once there are PASS; a PASS of the experiment is worth an
    agrément from `tried_since` on.
    """
    if needed == Regime.AGREMENT and on < tried_since:
        return frozenset({Regime.AGREMENT})
    return frozenset({Regime.AGREMENT, Regime.PASS_IAE})


def is_pass_number(text: str) -> bool:
    """99999 and seven digits, spaces left out.

    Source : les emplois de l’inclusion, itou/approvals/models.py.
    """
    return PASS_NUMBER.fullmatch("".join(text.split())) is not None


def right_findings(
    *,
    kind: StructureKind,
    on: date,
    right: Right | None,
    pass_since: date,
    tried_since: date,
    for_placement: bool = False,
) -> list[Finding]:
    """What keeps a hiring from opening the aid on its first day; empty when nothing does.

    `for_placement` when the hiring is for a placement that needs an agrément
    (`placement_needs_agrement`).

    Source : Code du travail, art. L. 5132-3 et R. 5132-18 (R42).
    """
    needed = right_needed(kind=kind, on=on, pass_since=pass_since)
    if needed == Regime.FREE and for_placement:
        needed = Regime.AGREMENT
    if needed == Regime.FREE:
        return []
    if right is None or right.regime == Regime.FREE:
        return [no_right(needed, kind=kind, on=on)]
    return list(flaws(right, needed=needed, on=on, tried_since=tried_since))


def flaws(
    right: Right, *, needed: Regime, on: date, tried_since: date
) -> Iterator[Finding]:
    if right.regime not in accepted(needed, on=on, tried_since=tried_since):
        yield wrong_regime(on)
    if not right.number.strip():
        yield no_number(right)
    if not Span(right.starts_on, right.ends_on).holds(on):
        yield not_covered(right, on=on)


def no_right(needed: Regime, *, kind: StructureKind, on: date) -> Finding:
    return refusal(
        "NO_RIGHT",
        f"Une embauche en {kind} le {day(on)} demande {WORDS[needed]} : saisissez son "
        "numéro et ses dates avant d’enregistrer le contrat (art. L. 5132-3).",
    )


def wrong_regime(on: date) -> Finding:
    return refusal(
        "WRONG_REGIME",
        f"Le PASS IAE n’existait pas le {day(on)} : saisissez l’agrément Pôle emploi de "
        "la personne (art. L. 5132-3).",
    )


def no_number(right: Right) -> Finding:
    return refusal(
        "NO_NUMBER",
        f"Le numéro manque : recopiez celui du droit ({right.regime.label}).",
    )


def not_covered(right: Right, *, on: date) -> Finding:
    return refusal(
        "NOT_COVERED",
        f"Ce droit court du {day(right.starts_on)} au {day(right.ends_on)} et l’embauche "
        f"est du {day(on)} : corrigez la date, ou faites ouvrir un droit qui la couvre "
        "(art. L. 5132-3).",
    )
