"""Hours into ETP, ETP against what was agreed, and what is paid of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from funding.enums import ConsumptionStatus
from structures.rules.rounding import cents, hundredths


def monthly_etp(hours: Decimal, *, hours_per_etp: Decimal) -> Decimal:
    """ETP of a month, not rounded: its hours over a twelfth of the year’s.

    Source : tableaux de bord de l’État, suivi_etp_realises_v2.sql (R25).
    """
    return hours * 12 / hours_per_etp


def annual_etp(hours: Iterable[Decimal], *, hours_per_etp: Decimal) -> Decimal:
    """ETP of a year, not rounded, from the hours of its months.

    Source : tableaux de bord de l’État, suivi_etp_realises_v2.sql (R26).
    """
    return sum(hours, Decimal(0)) / hours_per_etp


def realisation_rate(
    realised: Iterable[Decimal], *, agreed: Decimal
) -> Fraction | None:
    """Share of the ETP agreed that a month’s ETP make; None when none is agreed.

    Source : tableaux de bord de l’État, taux de réalisation (R28).
    """
    if not agreed:
        return None
    return Fraction(sum(realised, Decimal(0))) / Fraction(agreed)


@dataclass(frozen=True, kw_only=True)
class MeanToDate:
    """Mean monthly ETP, and the months with no statement that pull it down."""

    etp: Decimal
    missing: tuple[int, ...]


def mean_to_date(etp_by_month: Mapping[int, Decimal]) -> MeanToDate | None:
    """Mean ETP from the first month entered to the last; None when nothing was entered.

    A missing month counts in the divisor, as the State counts: name it, since the fall
    is not a real one.

    Source : tableaux de bord de l’État, stg_consommation_etp.sql (R29).
    """
    if not etp_by_month:
        return None
    months = range(min(etp_by_month), max(etp_by_month) + 1)
    return MeanToDate(
        etp=sum(etp_by_month.values(), Decimal(0)) / len(months),
        missing=tuple(month for month in months if month not in etp_by_month),
    )


def consumption_status(*, mean: Decimal, agreed: Decimal) -> ConsumptionStatus:
    """Under, over or as agreed, both sides cut at two decimals.

    Source : tableaux de bord de l’État, suivi_consommation_etp_V2.sql (R30).
    """
    realised, target = hundredths(mean), hundredths(agreed)
    if realised < target:
        return ConsumptionStatus.UNDER
    if realised > target:
        return ConsumptionStatus.OVER
    return ConsumptionStatus.CONFORM


@dataclass(frozen=True, kw_only=True)
class PaidEtp:
    """What is paid of the ETP realised, and what is only shown beyond the agreement."""

    paid: Decimal
    beyond: Decimal


def paid_etp(*, realised: Decimal, agreed: Decimal) -> PaidEtp:
    """ETP realised, capped at the ETP agreed.

    Source : DGEFP, suivi hebdomadaire, ETP réalisé plafonné (R31).
    """
    return PaidEtp(
        paid=min(realised, agreed), beyond=max(realised - agreed, Decimal(0))
    )


def forecast_amount(
    *, used: Decimal, mean: Decimal, unit_amount: Decimal, months_left: int
) -> Decimal:
    """Euros used at the end of the year if the months left are like the mean so far.

    Source : proposition de l’application (R37).
    """
    return used + cents(mean * unit_amount * months_left / 12)


def take_back_proposal(
    *, agreed: Decimal, mean: Decimal, threshold: Decimal
) -> Decimal | None:
    """ETP to take back at a review, negative; None within the threshold.

    `threshold` is a share of the ETP agreed. Source : proposition de l’application (R37).
    """
    if mean >= agreed * (1 - threshold):
        return None
    return hundredths(mean - agreed)
