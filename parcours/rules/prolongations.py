"""How far a PASS IAE may be prolonged, why, and who decides.

The limits are dated parameters; without one, a reason has no limit of that kind.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from parcours.enums import Decider, ProlongationReason
from parcours.rules.findings import Finding, refusal
from structures.enums import StructureKind
from structures.rules.periods import age_on, months_later
from structures.rules.writing import day

BY_STRUCTURE = frozenset(
    {ProlongationReason.SENIOR_CDI, ProlongationReason.COMPLETE_TRAINING}
)
# Great difficulties are a reason for these kinds only.
FOR_DIFFICULTIES = frozenset({StructureKind.ACI, StructureKind.AI})


@dataclass(frozen=True, kw_only=True)
class Prolongation:
    """Days added after the end of a PASS, and why."""

    reason: ProlongationReason
    days: int


@dataclass(frozen=True, kw_only=True)
class ProlongationLaw:
    """Days at most per request and in all, the age of the reason, months of the window.

    The limits of one reason; None where it has none.
    """

    days_per_request: int | None
    days_in_all: int | None
    minimum_age: int | None = None
    months_before: int
    months_after: int


@dataclass(frozen=True, kw_only=True)
class ProlongedPerson:
    """What a reason looks at. The end of the training when it is one."""

    birth_on: date
    is_rqth: bool = False
    has_cdi: bool = False
    training_ends_on: date | None = None


def prolongation_decider(reason: ProlongationReason) -> Decider:
    """Who decides: the structure itself, or a prescripteur it asks.

    Source : Code du travail, art. R. 5132-1-8 (R53).
    """
    return Decider.STRUCTURE if reason in BY_STRUCTURE else Decider.PRESCRIPTEUR


def prolongation_findings(
    asked: Prolongation,
    *,
    kind: StructureKind,
    before: Collection[Prolongation],
    person: ProlongedPerson,
    pass_ends_on: date,
    requested_on: date,
    law: ProlongationLaw,
) -> list[Finding]:
    """Why a prolongation cannot be asked. `before` are those already granted.

    Source : Code du travail, art. R. 5132-1-8 ; les emplois de l’inclusion (R53).
    """
    return [
        *reason_findings(
            asked, kind=kind, person=person, pass_ends_on=pass_ends_on, law=law
        ),
        *days_findings(asked, before=before, law=law),
        *window_findings(pass_ends_on=pass_ends_on, requested_on=requested_on, law=law),
    ]


def reason_findings(
    asked: Prolongation,
    *,
    kind: StructureKind,
    person: ProlongedPerson,
    pass_ends_on: date,
    law: ProlongationLaw,
) -> Iterable[Finding]:
    reason = asked.reason
    if reason == ProlongationReason.DIFFICULTES and kind not in FOR_DIFFICULTIES:
        yield refusal(
            "NOT_FOR_THIS_KIND",
            "Ce motif n’est ouvert qu’aux ACI et aux AI : choisissez-en un autre "
            "(art. R. 5132-1-8).",
        )
    if law.minimum_age and age_on(person.birth_on, pass_ends_on) < law.minimum_age:
        yield refusal(
            "TOO_YOUNG",
            f"À la fin du PASS IAE, cette personne n’aura pas {law.minimum_age} ans : "
            "choisissez un autre motif (art. R. 5132-1-8).",
        )
    if reason == ProlongationReason.RQTH and not person.is_rqth:
        yield refusal("NO_RQTH", "Enregistrez d’abord la RQTH de la personne.")
    if reason == ProlongationReason.SENIOR_CDI and not person.has_cdi:
        yield refusal("NO_CDI", "Enregistrez d’abord le CDI inclusion de la personne.")
    if reason == ProlongationReason.COMPLETE_TRAINING:
        yield from training_findings(
            asked, training_ends_on=person.training_ends_on, pass_ends_on=pass_ends_on
        )


def training_findings(
    asked: Prolongation, *, training_ends_on: date | None, pass_ends_on: date
) -> Iterable[Finding]:
    if training_ends_on is None:
        told = "Saisissez d’abord la fin de la formation à achever."
        yield refusal("NO_TRAINING", told)
    elif pass_ends_on + timedelta(days=asked.days) > training_ends_on:
        yield refusal(
            "AFTER_TRAINING",
            f"La formation finit le {day(training_ends_on)} : la prolongation s’arrête "
            "au plus tard ce jour (art. R. 5132-1-8).",
        )


def days_findings(
    asked: Prolongation, *, before: Collection[Prolongation], law: ProlongationLaw
) -> Iterable[Finding]:
    if asked.days <= 0:
        yield refusal("NO_DAYS", "Choisissez une fin après celle du PASS IAE.")
    if law.days_per_request is not None and asked.days > law.days_per_request:
        yield refusal(
            "TOO_LONG",
            f"Une demande prolonge de {law.days_per_request} jours au plus : "
            "raccourcissez-la, vous pourrez en faire une autre.",
        )
    granted = sum(one.days for one in before if one.reason == asked.reason)
    if law.days_in_all is not None and granted + asked.days > law.days_in_all:
        yield refusal(
            "OVER_TOTAL",
            f"Ce motif prolonge de {law.days_in_all} jours au plus en tout, dont "
            f"{granted} déjà accordés : raccourcissez la demande (art. R. 5132-1-8).",
        )


def window_findings(
    *, pass_ends_on: date, requested_on: date, law: ProlongationLaw
) -> Iterable[Finding]:
    first = months_later(pass_ends_on, -law.months_before)
    last = months_later(pass_ends_on, law.months_after)
    if not first <= requested_on <= last:
        yield refusal(
            "OUTSIDE_WINDOW",
            f"La prolongation se demande du {day(first)} au {day(last)}.",
        )
