"""Immersions (PMSMP): how long, how many with one host, how much of the contract.

Days are those of the calendar, whether the person is there each day or not.

Source : Code du travail, art. D. 5135-3, D. 5132-10-3, D. 5132-26-3 et D. 5132-43-3 (R49).
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

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
class Immersion:
    """One convention or its renewal, both days included."""

    host: str
    purpose: str
    starts_on: date
    ends_on: date
    is_renewal: bool = False

    @property
    def span(self) -> Span:
        return Span(self.starts_on, self.ends_on)

    def is_like(self, other: "Immersion") -> bool:
        return (self.host, self.purpose) == (other.host, other.purpose)


@dataclass(frozen=True, kw_only=True)
class ImmersionLaw:
    """Months of one immersion; days and conventions with a host over a period of months.

    `share` of the contract, None where no text sets one.
    """

    months: int
    host_days: int
    host_conventions: int
    period_months: int
    share: Decimal | None


def immersion_days_allowed(contract: Span, *, share: Decimal) -> int:
    """Whole days of a contract that may be spent in immersion: 91 of 365 for a quarter.

    Source : Code du travail, art. D. 5132-10-3, D. 5132-26-3 et D. 5132-43-3 (R49).
    """
    return int(contract.days * Fraction(share))


def immersion_findings(
    asked: Immersion,
    *,
    before: Collection[Immersion],
    contract: Span,
    law: ImmersionLaw,
) -> list[Finding]:
    """Why an immersion cannot be agreed. `before` are the person’s others (R49)."""
    if asked.ends_on < asked.starts_on:
        told = "L’immersion finit avant de commencer : corrigez ses dates."
        return [refusal("BACKWARDS", told)]
    return [
        *length_findings(asked, contract=contract, law=law),
        *purpose_findings(asked, before=before, law=law),
        *host_findings(asked, before=before, law=law),
        *share_findings(asked, before=before, contract=contract, law=law),
    ]


def length_findings(
    asked: Immersion, *, contract: Span, law: ImmersionLaw
) -> Iterator[Finding]:
    if not (contract.holds(asked.starts_on) and contract.holds(asked.ends_on)):
        yield refusal(
            "OUTSIDE_CONTRACT",
            f"Le contrat va du {day(contract.starts_on)} au {day(contract.ends_on)} : "
            "l’immersion se tient entre ces deux jours.",
        )
    latest = last_day_of_months(asked.starts_on, law.months)
    if asked.ends_on > latest:
        yield refusal(
            "TOO_LONG",
            f"Une immersion dure {law.months} mois au plus, jusqu’au {day(latest)} : "
            "raccourcissez-la, elle se renouvelle une fois (art. D. 5135-3).",
        )


def purpose_findings(
    asked: Immersion, *, before: Collection[Immersion], law: ImmersionLaw
) -> Iterator[Finding]:
    """A convention is renewed once; another one with the same host has another purpose."""
    alike = [one for one in before if one.is_like(asked)]
    if not asked.is_renewal:
        if any(near(one, asked, months=law.period_months) for one in alike):
            yield refusal(
                "SAME_PURPOSE",
                "Une immersion chez cet hôte a déjà cet objet : renouvelez-la, ou "
                "donnez un autre objet à celle-ci (art. D. 5135-3).",
            )
    elif not alike:
        yield refusal(
            "NOTHING_TO_RENEW",
            "Aucune immersion chez cet hôte n’a cet objet : enregistrez d’abord celle "
            "que vous renouvelez.",
        )
    elif any(one.is_renewal for one in alike):
        yield refusal(
            "RENEWED_TWICE",
            "Cette immersion a déjà été renouvelée : elle ne l’est qu’une fois "
            "(art. D. 5135-3).",
        )


def near(one: Immersion, other: Immersion, *, months: int) -> bool:
    """Whether two immersions start within the same period of months."""
    first, last = sorted((one.starts_on, other.starts_on))
    return last <= last_day_of_months(first, months)


def host_findings(
    asked: Immersion, *, before: Collection[Immersion], law: ImmersionLaw
) -> Iterator[Finding]:
    same_host = [one for one in (*before, asked) if one.host == asked.host]
    spans = [one.span for one in same_host]
    days = most_days(spans, around=asked.span, months=law.period_months)
    if days > law.host_days:
        yield refusal(
            "OVER_HOST_DAYS",
            f"Avec celle-ci, {counted(days, 'jour', 'jours')} chez cet hôte en "
            f"{law.period_months} mois, pour {law.host_days} au plus : raccourcissez-la, "
            "ou choisissez un autre hôte (art. D. 5135-3).",
        )
    starts = [one.starts_on for one in same_host if not one.is_renewal]
    number = most_starts(starts, around=asked.starts_on, months=law.period_months)
    if not asked.is_renewal and number > law.host_conventions:
        yield refusal(
            "TOO_MANY",
            f"Déjà {law.host_conventions} conventions chez cet hôte en "
            f"{law.period_months} mois : choisissez un autre hôte (art. D. 5135-3).",
        )


def most_days(spans: Iterable[Span], *, around: Span, months: int) -> int:
    """Days of the fullest period of so many months that touches a span.

    Among the periods that start or end with one of the spans, and those that touch
    `around` by its last or its first day only.
    """
    spans = list(spans)
    first, last = around.starts_on, around.ends_on
    ends = [*spans, Span(last, last), Span(first, first)]
    return max(
        sum(common_days(span, period) for span in spans)
        for period in periods_at(ends, months=months)
        if overlap(period.starts_on, period.ends_on, around.starts_on, around.ends_on)
    )


def periods_at(spans: Iterable[Span], *, months: int) -> Iterator[Span]:
    """Periods that start with a span or end with one: the fullest is among them."""
    for span in spans:
        yield Span(span.starts_on, last_day_of_months(span.starts_on, months))
        yield Span(months_later(span.ends_on, -months) + ONE_DAY, span.ends_on)


def common_days(span: Span, period: Span) -> int:
    starts_on = max(span.starts_on, period.starts_on)
    ends_on = min(span.ends_on, period.ends_on)
    return max((ends_on - starts_on).days + 1, 0)


def most_starts(starts: Iterable[date], *, around: date, months: int) -> int:
    """Days among these in the period of so many months that holds most, and `around`."""
    starts = list(starts)
    periods = [Span(one, last_day_of_months(one, months)) for one in starts]
    return max(
        (
            sum(period.holds(one) for one in starts)
            for period in periods
            if period.holds(around)
        ),
        default=0,
    )


def share_findings(
    asked: Immersion,
    *,
    before: Collection[Immersion],
    contract: Span,
    law: ImmersionLaw,
) -> Iterator[Finding]:
    if law.share is None:
        return
    allowed = immersion_days_allowed(contract, share=law.share)
    days = sum(common_days(one.span, contract) for one in (*before, asked))
    if days > allowed:
        yield refusal(
            "OVER_SHARE",
            f"Avec celle-ci, {counted(days, 'jour', 'jours')} d’immersion pendant ce "
            f"contrat, pour {allowed} au plus : raccourcissez-la (art. D. 5132-10-3, "
            "D. 5132-26-3 et D. 5132-43-3).",
        )
