"""The aide au poste: what an annexe promises, pays month by month, and gives back."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from structures.rules.rounding import cents, cents_below, hundredths


def annexe_total(*, etp: Decimal, unit_amount: Decimal, months: int) -> Decimal:
    """Euros an annexe promises, rounded as the ASP rounds them.

    A full year is one product. Another span rounds a month, then multiplies.

    Source : 71 annexes de l’ASP sur 71, 2018-2022 (R16, R17).
    """
    if months == 12:
        return cents(etp * unit_amount)
    return cents(etp * unit_amount / 12) * months


def monthly_payments(total: Decimal, *, months: int) -> list[Decimal]:
    """Euros paid each month: equal payments, the last one taking the remainder.

    They add up to the total, and none is negative, however small the total.
    Raises ValueError without a month.

    Source : arrêté du 6 mars 2014, un douzième par mois (R18).
    """
    if months < 1:
        raise ValueError(f"no payment over {months} months")
    payment = cents(total / months)
    if payment * (months - 1) > total:
        payment = cents_below(total / months)
    return [payment] * (months - 1) + [total - payment * (months - 1)]


@dataclass(frozen=True, kw_only=True)
class Change:
    """What a modification moves, in ETP and euros; negative for a take-back."""

    etp: Decimal
    total: Decimal
    departement: Decimal
    state: Decimal


def change_of_annexe(
    *,
    etp_before: Decimal,
    etp_after: Decimal,
    unit_amount: Decimal,
    cofinanced_before: Decimal,
    cofinanced_after: Decimal,
) -> Change:
    """The effect of a modification over a full year, split State / département.

    Source : annexes de l’ASP, ΔETP × montant unitaire et Δ af_mt_cofinance (R19).
    """
    total = cents((etp_after - etp_before) * unit_amount)
    departement = cofinanced_after - cofinanced_before
    return Change(
        etp=etp_after - etp_before,
        total=total,
        departement=departement,
        state=total - departement,
    )


@dataclass(frozen=True, kw_only=True)
class Gain:
    """ETP a structure receives, at the unit amount of its own kind."""

    etp: Decimal
    unit_amount: Decimal


def redeployment_left(*, freed: Decimal, gains: Iterable[Gain]) -> Decimal:
    """Euros left of what was freed; negative when the receivers are given too much.

    Across kinds it is euros that balance, not ETP. Source : calcul (R20).
    """
    return freed - sum((cents(g.etp * g.unit_amount) for g in gains), Decimal(0))


def affordable_etp(*, freed: Decimal, unit_amount: Decimal) -> Decimal:
    """The most ETP, to the hundredth, that freed euros pay for in another kind (R20)."""
    return hundredths(freed / unit_amount)


def reduced_unit(
    *,
    unit_amount: Decimal,
    weekly_hours: Decimal,
    collective_hours: Decimal,
    legal_hours: Decimal,
) -> Decimal:
    """Yearly unit amount of an EI contract below the legal week.

    The same effect as counting hours: apply one, never both.

    Source : Code du travail, art. R. 5132-10 (R23).
    """
    return cents(unit_amount * weekly_hours / max(collective_hours, legal_hours))


def cdi_inclusion_unit(
    *, socle: Decimal, contract_year: int, later_share: Decimal
) -> Decimal:
    """Unit amount for a CDI inclusion: the whole socle, then a share of it.

    Source : Code du travail, art. R. 5132-39-1 (R24).
    """
    return socle if contract_year == 1 else cents(socle * later_share)


def used_amount(*, annual_etp: Decimal, unit_amount: Decimal) -> Decimal:
    """Euros of aid the hours worked stand for.

    Source : tableaux de bord de l’État, Σ ETP annuels × montant unitaire (R32).
    """
    return cents(annual_etp * unit_amount)


def unused_amount(*, agreed: Decimal, used: Decimal) -> Decimal:
    """Euros of the annexe that the hours did not use; 0 beyond the agreement (R32)."""
    return max(agreed - used, Decimal(0))


def full_year_cost(*, posts: Decimal, unit_amount: Decimal) -> Decimal:
    """Euros a year that posts open at 31 December will cost when they last all of it.

    Source : communiqué du préfet du Pas-de-Calais, 2 décembre 2019 (R84).
    """
    return cents(posts * unit_amount)


def year_equivalent(*, posts: Decimal, months_open: int) -> Decimal:
    """ETP over the year of posts open for some of its months: July counts half (R84)."""
    return posts * months_open / 12


def overpayment(*, paid: Decimal, due: Decimal) -> Decimal:
    """Euros to claim back; 0 when no more was paid than is due.

    Source : Code du travail, art. R. 5132-5 (R86).
    """
    return max(paid - due, Decimal(0))
