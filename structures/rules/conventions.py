"""How long a convention may last, whether it is active, what its loss leaves open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from structures.enums import Access
from structures.rules.periods import last_day_of_years, overlap


@dataclass(frozen=True, kw_only=True)
class ConventionTerm:
    """One convention of a structure: an EI and an ACI on one SIRET are two."""

    structure: str
    measure: str
    starts_on: date
    ends_on: date


def conventions_in_conflict(
    terms: Iterable[ConventionTerm],
) -> list[tuple[ConventionTerm, ConventionTerm]]:
    """Pairs that share a structure, a measure and at least one day; none is allowed.

    Source : les emplois de l’inclusion, unicité d’une convention (R2).
    """
    return [
        (first, second)
        for first, second in combinations(terms, 2)
        if (first.structure, first.measure) == (second.structure, second.measure)
        and overlap(first.starts_on, first.ends_on, second.starts_on, second.ends_on)
    ]


def convention_term_is_allowed(
    *, starts_on: date, ends_on: date, max_years: int
) -> bool:
    """Whether a convention lasts at most `max_years`, both days included.

    Source : Code du travail, art. R. 5132-3, R. 5132-10-8, R. 5132-13, R. 5132-29 (R4).
    """
    return starts_on <= ends_on <= last_day_of_years(starts_on, max_years)


def partial_access_until(lost_on: date, *, grace_days: int) -> date:
    """Last day of the partial access that follows the loss of the last active annexe.

    Source : délai de la plateforme, non de la loi (R8).
    """
    return lost_on + timedelta(days=grace_days)


def convention_access(
    *, on: date, grace_days: int, lost_on: date | None = None
) -> Access:
    """Full while an annexe is active (`lost_on` None or to come), then partial, then none.

    Source : les emplois de l’inclusion, SiaeConvention (R8).
    """
    if lost_on is None or on < lost_on:
        return Access.FULL
    if on <= partial_access_until(lost_on, grace_days=grace_days):
        return Access.PARTIAL
    return Access.NONE
