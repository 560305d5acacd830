"""Which exits count, in which category, and the rates they make."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from parcours.enums import ExitCategory, ExitExclusion, Light
from parcours.rules.exit_motives import CATEGORY, MOTIVE_BY_CODE, MOTIVES, Motive
from structures.enums import StructureKind
from structures.rules.periods import months_later
from structures.rules.rounding import cents

__all__ = ["CATEGORY", "MOTIVES", "Motive"]

DYNAMIC = (ExitCategory.DURABLE, ExitCategory.TRANSITION, ExitCategory.POSITIVE)
EXAMINED = (*DYNAMIC, ExitCategory.OTHER)
# Whose hours are those of the annexe’s year; the others cumulate the whole stay.
HOURS_OF_THE_YEAR = frozenset({StructureKind.ACI, StructureKind.EI})
NO_RATE = "n.d."


class WrongMotive(ValueError):
    """An exit without a motive, or with one which is not in the table."""

    def __init__(self, code: str) -> None:
        super().__init__(f"{code!r} is not a motive of exit")
        self.user_message = (
            f"Le motif de sortie « {code} » n’est pas dans la liste. Choisissez-en un."
            if code
            else "Choisissez un motif de sortie ; « sans nouvelles » en est un."
        )


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """What a stay must reach to count: dated parameters, by kind.

    `months` must be exceeded, with a day worth `months_per_day`; `calendar_months`, its
    variant, must be reached from date to date. None: no condition of length.
    """

    hours: Decimal
    months: Decimal | None = None
    months_per_day: Decimal = Decimal(0)
    calendar_months: int | None = None


def exit_motive(code: str) -> Motive:
    """The motive a code names. Raises WrongMotive: it is never guessed.

    “Sans nouvelles” only by explicit choice. Source : proposition (R65).
    """
    if code not in MOTIVE_BY_CODE:
        raise WrongMotive(code)
    return MOTIVE_BY_CODE[code]


def hours_that_count(
    *, kind: StructureKind, in_year: Decimal, in_stay: Decimal
) -> Decimal:
    """Hours compared with the threshold: of the year (ACI, EI) or of the stay (AI, ETTI).

    Source : tableaux de bord de l’État, stg_sorties_*.sql (R60, R61).
    """
    return in_year if kind in HOURS_OF_THE_YEAR else in_stay


def months_of_stay(
    *, hired_on: date, left_on: date, months_per_day: Decimal
) -> Decimal:
    """Length of a stay in months, as the difference of its dates, renewals included.

    Source : tableaux de bord de l’État, contrats_sorties.sql (R60).
    """
    return (left_on - hired_on).days * months_per_day


def lasted_enough(*, hired_on: date, left_on: date, thresholds: Thresholds) -> bool:
    """Whether a stay is long enough to count, by each length the thresholds set (R60)."""
    calendar_months, months = thresholds.calendar_months, thresholds.months
    if calendar_months and left_on < months_later(hired_on, calendar_months):
        return False
    return months is None or months < months_of_stay(
        hired_on=hired_on, left_on=left_on, months_per_day=thresholds.months_per_day
    )


def exclusion(
    *,
    category: ExitCategory,
    hired_on: date,
    left_on: date,
    hours: Decimal,
    thresholds: Thresholds,
) -> ExitExclusion | None:
    """Why an exit is left out of the rates, or None when it counts.

    `hours` are those that count for the kind of structure (`hours_that_count`).

    Source : tableaux de bord de l’État, stg_sorties_*.sql (R60-R62).
    """
    if category == ExitCategory.WITHDRAWN:
        return ExitExclusion.WITHDRAWN
    if hours < thresholds.hours:
        return ExitExclusion.TOO_FEW_HOURS
    if not lasted_enough(hired_on=hired_on, left_on=left_on, thresholds=thresholds):
        return ExitExclusion.TOO_SHORT
    return None


def dynamic_rate(exits: Mapping[ExitCategory, int]) -> Fraction | None:
    """Share of dynamic exits among those examined; None when there is none.

    Source : DGEFP, taux de sorties dynamiques (R62, R63).
    """
    return share_of(exits, DYNAMIC)


def durable_rate(exits: Mapping[ExitCategory, int]) -> Fraction | None:
    """Share of lasting jobs among the exits examined; None when there is none (R63)."""
    return share_of(exits, (ExitCategory.DURABLE,))


def share_of(
    exits: Mapping[ExitCategory, int], categories: Iterable[ExitCategory]
) -> Fraction | None:
    examined = sum(exits.get(category, 0) for category in EXAMINED)
    if not examined:
        return None
    return Fraction(sum(exits.get(category, 0) for category in categories), examined)


def light(rate: Fraction | None, *, objective: Decimal) -> Light | None:
    """Green when a rate reaches its objective, a share; None when there is no rate.

    Source : circulaire DGEFP 2008-21 du 10 décembre 2008 (R64).
    """
    if rate is None:
        return None
    return Light.GREEN if rate >= Fraction(objective) else Light.RED


@dataclass(frozen=True, kw_only=True)
class Lights:
    """The two national objectives, and the forecast of the structure’s own annexe."""

    dynamic: Light | None
    durable: Light | None
    own: Light | None


def lights(
    exits: Mapping[ExitCategory, int],
    *,
    dynamic_objective: Decimal,
    durable_objective: Decimal,
    own_objective: Decimal | None = None,
) -> Lights:
    """The lights of some exits; objectives are shares, the own one may be unknown.

    Source : circulaire DGEFP 2008-21 ; af_taux_prev_sorties_dynamiques (R64).
    """
    dynamic = dynamic_rate(exits)
    return Lights(
        dynamic=light(dynamic, objective=dynamic_objective),
        durable=light(durable_rate(exits), objective=durable_objective),
        own=None if own_objective is None else light(dynamic, objective=own_objective),
    )


def ends_the_stay(
    *, ended_on: date, later_starts: Iterable[date], gap_days: int
) -> bool:
    """Whether the end of a contract is an exit: no other one follows it in the structure.

    A contract starting at most `gap_days` after the end renews it, and the stay goes on.
    Another structure is not asked about: going there is an exit, of motive P2.

    Source : La communauté de l’inclusion, définition d’une sortie (R66).
    """
    latest = ended_on + timedelta(days=gap_days)
    return not any(ended_on <= start <= latest for start in later_starts)


def exit_year(left_on: date) -> int:
    """The year an exit counts in: that of the real end of the stay (R67)."""
    return left_on.year


def rate_text(rate: Fraction | None) -> str:
    """A rate as printed: « 63,16 % », and « n.d. » where there is none, never 0 % (R67)."""
    if rate is None:
        return NO_RATE
    percent = cents(Decimal(rate.numerator * 100) / rate.denominator)
    return f"{percent}\u00a0%".replace(".", ",")
