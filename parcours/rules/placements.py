"""Hours an AI may send somebody to companies: so many, over so many months.

Private persons outside their trade and private non-profit bodies are never counted. A
public employer is not one of art. L. 2211-1 for its own staff and is left out (to confirm).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from parcours.enums import ClientKind
from parcours.rules.findings import Finding, refusal, warning
from structures.rules.periods import Span, last_day_of_months, last_day_of_years
from structures.rules.writing import day, decimals

COUNTED = frozenset({ClientKind.COMPANY})


@dataclass(frozen=True, kw_only=True)
class Placement:
    """Hours of one person at one client, from a day or in a month."""

    on: date
    hours: Decimal
    client: ClientKind


@dataclass(frozen=True, kw_only=True)
class OpeningBalance:
    """Company hours already worked when somebody is first recorded, since a day."""

    since: date
    hours: Decimal


@dataclass(frozen=True, kw_only=True)
class Counter:
    """Company hours of the period that holds a day; `period` None when none is open."""

    period: Span | None
    used: Decimal
    left: Decimal


def placement_counter(
    placements: Iterable[Placement],
    *,
    on: date,
    cap: Decimal,
    months: int,
    opening: OpeningBalance | None = None,
) -> Counter:
    """Hours used and left in the period a day falls in.

    A period starts with the first placement in a company and lasts `months`; the next one
    starts with the first placement after it. All the placements of the period are counted,
    those after `on` too.

    Source : Code du travail, art. L. 5132-9 et R. 5132-18 (R48).
    """
    counted = company_placements(placements, opening=opening)
    period = period_of([one.on for one in counted], on=on, months=months)
    if period is None:
        return Counter(period=None, used=Decimal(0), left=cap)
    used = sum((one.hours for one in counted if period.holds(one.on)), Decimal(0))
    return Counter(period=period, used=used, left=max(cap - used, Decimal(0)))


def company_placements(
    placements: Iterable[Placement], *, opening: OpeningBalance | None
) -> list[Placement]:
    counted = [one for one in placements if one.client in COUNTED]
    if opening is None:
        return counted
    first = Placement(on=opening.since, hours=opening.hours, client=ClientKind.COMPANY)
    return [first, *counted]


def period_of(days: Iterable[date], *, on: date, months: int) -> Span | None:
    """The period a day falls in, among those the days of placements open in turn."""
    period = None
    for one in sorted(days):
        if one > on:
            break
        if period is None or one > period.ends_on:
            period = Span(one, last_day_of_months(one, months))
    return period if period and period.holds(on) else None


def placement_findings(
    asked: Placement,
    *,
    placements: Iterable[Placement],
    cap: Decimal,
    months: int,
    opening: OpeningBalance | None = None,
    authorised: Span | None = None,
) -> list[Finding]:
    """What a placement asks: it is refused above the cap, unless the préfet derogates.

    `placements` without the one asked; `authorised` are the days of the derogation.

    Source : Code du travail, art. L. 5132-9, R. 5132-18 et D. 5132-18-1 (R48).
    """
    if asked.client not in COUNTED:
        return []
    with_it = placement_counter(
        [*placements, asked], on=asked.on, cap=cap, months=months, opening=opening
    )
    if with_it.used <= cap:
        return []
    if authorised and authorised.holds(asked.on):
        return [authorised_above(with_it, cap=cap)]
    return [over_cap(with_it, asked=asked, cap=cap, months=months)]


def authorised_above(counter: Counter, *, cap: Decimal) -> Finding:
    return warning(
        "AUTHORISED",
        f"Avec ces heures, {decimals(counter.used)} en entreprise, au-dessus de "
        f"{decimals(cap)} : la décision du préfet le permet (art. D. 5132-18-1).",
    )


def over_cap(
    counter: Counter, *, asked: Placement, cap: Decimal, months: int
) -> Finding:
    left = max(cap - counter.used + asked.hours, Decimal(0))
    since = counter.period.starts_on if counter.period else asked.on
    return refusal(
        "OVER_CAP",
        f"Avec ces heures, {decimals(counter.used)} en entreprise depuis le {day(since)}, "
        f"pour {decimals(cap)} au plus sur {months} mois : il en reste {decimals(left)} "
        "(art. L. 5132-9 et R. 5132-18).",
    )


def cap_derogation_findings(span: Span, *, years: int) -> list[Finding]:
    """Why a derogation to the cap cannot last so long.

    Source : Code du travail, art. D. 5132-18-1 (R48).
    """
    latest = last_day_of_years(span.starts_on, years)
    if span.ends_on <= latest:
        return []
    return [
        refusal(
            "TOO_LONG",
            f"Cette dérogation dure {years} ans au plus : arrêtez-la au plus tard le "
            f"{day(latest)}, elle se renouvelle (art. D. 5132-18-1).",
        )
    ]
