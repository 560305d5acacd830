"""Versions of an annexe: which is active, which counts, which one a new one replaces."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations

from funding.enums import ForecastRefusal, VersionState, YearlyPiece
from structures.rules.periods import month_end, overlap

CURRENT = frozenset({VersionState.VALIDE, VersionState.PROVISOIRE})
COUNTED = CURRENT | {VersionState.CLOTURE}


@dataclass(frozen=True, kw_only=True)
class Version:
    """A version M of the year A of a convention."""

    renewal: int
    modification: int
    starts_on: date
    ends_on: date
    state: VersionState
    etp: Decimal


def usual_renewal(*, convention_starts_on: date, year: int) -> int:
    """Index A an annexe usually bears: 0 in the first year of its convention.

    Usual only: a real A2 carries 2021 and 2022. Source : annexes de l’ASP (R5).
    """
    return year - convention_starts_on.year


def superseded(versions: Iterable[Version], *, by: Version) -> list[Version]:
    """Versions that become HISTORISE when `by` comes into force; none while it is not.

    Source : annexes financières de l’ASP 2018-2022 (R6).
    """
    if by.state not in CURRENT:
        return []
    return [
        version
        for version in versions
        if version.modification < by.modification and in_conflict(version, by)
    ]


def versions_in_conflict(
    versions: Iterable[Version],
) -> list[tuple[Version, Version]]:
    """Pairs in force for the same A and at least one same day; none is allowed (R6)."""
    return [pair for pair in combinations(versions, 2) if in_conflict(*pair)]


def in_conflict(one: Version, other: Version) -> bool:
    return (
        {one.state, other.state} <= CURRENT
        and one.renewal == other.renewal
        and overlap(one.starts_on, one.ends_on, other.starts_on, other.ends_on)
    )


def annexe_is_active(*, state: VersionState, ends_on: date, on: date) -> bool:
    """In force, and ending strictly after the day.

    Source : les emplois de l’inclusion, SiaeFinancialAnnex (R7).
    """
    return state in CURRENT and ends_on > on


def annexe_counts(*, state: VersionState, measure: str) -> bool:
    """Whether statistics and money take an annexe; FDI is not aide au poste.

    Source : tableaux de bord de l’État, filtre des annexes (R11).
    """
    return state in COUNTED and not measure.startswith("FDI")


def renewed_etp(versions: Iterable[Version]) -> Decimal | None:
    """ETP the first annexe of next year proposes: the last agreed this year, or None.

    Source : 19 transitions sur 23 dans les annexes de l’ASP (R9).
    """
    counted = [version for version in versions if version.state in COUNTED]
    last = max(counted, key=lambda it: (it.ends_on, it.modification), default=None)
    return last.etp if last else None


def version_of_month(versions: Iterable[Version], *, month: date) -> Version | None:
    """The version a month’s hours belong to, among those of one annexe; None if none.

    The ASP’s monthly rows name the annexe, not the version: take the one in force that
    covers the month, else the one it replaced.

    Source : fluxIAE, emi_afi_id = af_id_annexe_financiere (R92).
    """
    covering = [
        version
        for version in versions
        if overlap(
            version.starts_on, version.ends_on, month.replace(day=1), month_end(month)
        )
    ]
    for states in (COUNTED, {VersionState.HISTORISE}):
        chosen = [version for version in covering if version.state in states]
        if chosen:
            return max(chosen, key=lambda version: version.modification)
    return None


def forecast_refusals(
    *, dynamic: Decimal, durable: Decimal, transition: Decimal, positive: Decimal
) -> list[ForecastRefusal]:
    """What is wrong with a forecast of exits, in %; empty when it adds up.

    Source : 71 annexes financières de l’ASP sur 71 (R10).
    """
    parts = (durable, transition, positive)
    refusals = []
    if not all(0 <= rate <= 100 for rate in (dynamic, *parts)):
        refusals.append(ForecastRefusal.OUT_OF_RANGE)
    if sum(parts) > 100:
        refusals.append(ForecastRefusal.OVER_100)
    if sum(parts) != dynamic:
        refusals.append(ForecastRefusal.SUM)
    return refusals


def missing_pieces(received: Collection[YearlyPiece]) -> list[YearlyPiece]:
    """What is missing from a yearly dossier: accounts, and six headings of the bilan.

    A dossier that misses one blocks the modulated share (our proposal).

    Source : Code du travail, art. R. 5132-3 (R12).
    """
    return [piece for piece in YearlyPiece if piece not in received]


def modulation_is_blocked(received: Collection[YearlyPiece]) -> bool:
    """Whether the modulated share waits for the yearly dossier (R12, our proposal)."""
    return bool(missing_pieces(received))
