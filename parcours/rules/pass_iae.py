"""How long a PASS IAE runs, what suspends it, when a new right may follow.

Days and months are dated parameters: the caller reads them from the law.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from parcours.enums import SuspensionReason
from parcours.rules.findings import Finding, refusal
from structures.rules.periods import (
    ONE_DAY,
    Span,
    last_day_of_months,
    months_later,
    overlap,
)
from structures.rules.writing import counted, day


@dataclass(frozen=True, kw_only=True)
class Suspension:
    """A time when a parcours stops; both days are included."""

    starts_on: date
    ends_on: date
    reason: SuspensionReason = SuspensionReason.CONTRACT_SUSPENDED


@dataclass(frozen=True, kw_only=True)
class SuspensionLaw:
    """`interruption` in days must be exceeded, `most` is in months, `back` in days."""

    interruption: int
    most: int
    back: int


def pass_end(
    starts_on: date,
    *,
    days: int,
    suspensions: Iterable[Suspension] = (),
    prolonged_days: int = 0,
) -> date:
    """Last day of a PASS IAE: its days, pushed by its suspensions and prolongations.

    A suspension pushes by the difference of its dates. `days` between the first and the
    last day, without either.

    Source : Code du travail, art. R. 5132-1-2 et R. 5132-1-8 ; les emplois de
    l’inclusion, 2 × 365 jours (R50, R51).
    """
    pushed = sum((one.ends_on - one.starts_on).days for one in suspensions)
    return starts_on + timedelta(days=days + pushed + prolonged_days)


def suspension_findings(
    asked: Suspension,
    *,
    right: Span,
    others: Collection[Suspension],
    declared_on: date,
    law: SuspensionLaw,
) -> list[Finding]:
    """Why a suspension cannot be recorded; `right` is the PASS as it runs without it.

    Source : Code du travail, art. R. 5132-1-3 ; les emplois de l’inclusion (R51).
    """
    if asked.ends_on < asked.starts_on:
        told = "La suspension finit avant de commencer : corrigez ses dates."
        return [refusal("BACKWARDS", told)]
    found = []
    if not right.holds(asked.starts_on):
        found.append(outside(right))
    if any(
        overlap(asked.starts_on, asked.ends_on, one.starts_on, one.ends_on)
        for one in others
    ):
        told = "Une suspension couvre déjà une partie de ces dates : modifiez-la."
        found.append(refusal("OVERLAP", told))
    return [*found, *length_findings(asked, declared_on=declared_on, law=law)]


def length_findings(
    asked: Suspension, *, declared_on: date, law: SuspensionLaw
) -> Iterable[Finding]:
    lasted = Span(asked.starts_on, asked.ends_on).days
    is_pause = asked.reason == SuspensionReason.CONTRACT_SUSPENDED
    if is_pause and lasted <= law.interruption:
        yield refusal(
            "TOO_SHORT",
            f"Un contrat suspendu {counted(lasted, 'jour', 'jours')} ne suspend pas le "
            f"parcours : il faut plus de {law.interruption} jours (art. R. 5132-1-3).",
        )
    latest = last_day_of_months(asked.starts_on, law.most)
    if asked.ends_on > latest:
        yield refusal(
            "TOO_LONG",
            f"Une suspension dure {law.most} mois au plus : finissez-la au plus tard le "
            f"{day(latest)}, puis déclarez-en une autre.",
        )
    if asked.starts_on < declared_on - timedelta(days=law.back):
        yield refusal(
            "TOO_OLD",
            f"Une suspension se déclare dans les {law.back} jours de son début : demandez "
            "au support de la plateforme de l’enregistrer.",
        )


def outside(right: Span) -> Finding:
    return refusal(
        "OUTSIDE",
        f"Le parcours court du {day(right.starts_on)} au {day(right.ends_on)} : la "
        "suspension commence entre ces deux jours.",
    )


def may_end_early(*, suspended_since: date, on: date, months: int) -> bool:
    """Whether a suspension lasts for more than `months` in a row: the parcours may end.

    Source : Code du travail, art. R. 5132-1-3.
    """
    return on > last_day_of_months(suspended_since, months)


def first_day_of_new_right(
    *, ended_on: date, years: int, suspended_since: date | None = None
) -> date:
    """The day after the carence, `years` from the end of a parcours.

    Where a parcours was ended for a long suspension, they run from the suspension’s first
    day, `suspended_since`.

    Source : Code du travail, art. R. 5132-1-4 (R52).
    """
    return months_later(suspended_since or ended_on, years * 12) + ONE_DAY


def new_right_findings(
    *, starts_on: date, first_day: date, is_derogated: bool
) -> list[Finding]:
    """Why a new parcours cannot start; a prescripteur may derogate from the carence.

    `first_day` is what `first_day_of_new_right` gives.

    Source : Code du travail, art. R. 5132-1-4 (R52).
    """
    if starts_on >= first_day or is_derogated:
        return []
    return [
        refusal(
            "CARENCE",
            f"Après son dernier parcours, cette personne peut en commencer un autre à "
            f"partir du {day(first_day)} : attendez ce jour, ou demandez une dérogation "
            "à un prescripteur habilité (art. R. 5132-1-4).",
        )
    ]
