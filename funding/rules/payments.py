"""What an annexe is due each month, and how a payment is shared among its envelopes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from funding.rules.aide_au_poste import monthly_payments
from structures.rules.periods import month_end, months_later
from structures.rules.rounding import cents_below

ZERO = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Term:
    """Euros a version promises, from the month this day falls in."""

    since: date
    total: Decimal


def payment_schedule(
    terms: Iterable[Term], *, first: date, months: int
) -> list[Decimal]:
    """Euros due each month of an annexe, version after version.

    Equal payments, the last one taking the remainder; a new version spreads what it
    leaves over the months that remain. The first version rules from the first month,
    whenever it was signed. Raises ValueError without a version.

    Source : arrêté du 6 mars 2014, un douzième par mois (R18) ; une M remplace la
    précédente (R6).
    """
    known = sorted(terms, key=lambda term: term.since)
    if not known:
        raise ValueError("no version to pay")
    due: list[Decimal] = []
    current, rest = None, [ZERO]
    for place in range(months):
        last_day = month_end(months_later(first, place))
        term = [known[0], *(it for it in known[1:] if it.since <= last_day)][-1]
        if term != current:
            current, left = term, max(term.total - sum(due, ZERO), ZERO)
            rest = monthly_payments(left, months=months - place)
        due.append(rest.pop(0))
    return due


def regularised(
    schedule: Iterable[Decimal], *, last: int, earned: Decimal
) -> list[Decimal]:
    """The same months, the `last` ones paying what the hours earned and no more.

    What the months before paid above it is an over-payment (R86), never a negative
    month.

    Source : arrêté du 6 mars 2014, régularisation sur les derniers mois (R18).
    """
    promised = list(schedule)
    if last < 1:
        return promised
    kept = promised[: max(len(promised) - last, 0)]
    left = max(earned - sum(kept, ZERO), ZERO)
    return kept + monthly_payments(left, months=len(promised) - len(kept))


def carried_over(schedule: Iterable[Decimal], *, kept: int) -> list[Decimal]:
    """The same months, nothing after the `kept` first ones: no avenant has come.

    Source : Code du travail, art. R. 5132-3-1 (R87).
    """
    promised = list(schedule)
    return promised[:kept] + [ZERO] * len(promised[kept:])


def shared(amount: Decimal, held: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """An amount over envelopes in the ratio of what they hold, to the cent.

    None is asked more than it holds. Raises ValueError when all of them hold less.

    Source : calcul.
    """
    total = sum(held.values(), ZERO)
    if amount > total:
        raise ValueError(f"{amount} asked of {total}")
    parts = {key: cents_below(amount * of / total) for key, of in held.items() if of}
    left = amount - sum(parts.values(), ZERO)
    for key in sorted(parts, key=lambda it: parts[it] - held[it]):
        more = min(left, held[key] - parts[key])
        parts[key] += more
        left -= more
    return {key: part for key, part in parts.items() if part}
