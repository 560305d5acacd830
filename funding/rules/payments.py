"""What an annexe is due each month, and how a payment is shared among its envelopes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from funding.rules.aide_au_poste import monthly_payments
from structures.rules.periods import month_end, months_covered, months_from
from structures.rules.rounding import cents_below

ZERO = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Term:
    """Euros a version promises over its own months, ruling from the month of `since`."""

    since: date
    starts_on: date
    ends_on: date
    total: Decimal


def payment_schedule(terms: Iterable[Term]) -> list[Decimal]:
    """Euros due each month of the last version, from all of them in their order.

    Equal payments over a version’s months, the last one taking the remainder; a new
    version spreads what it leaves over the months that remain. The first one rules from
    the first month, the last one at least the last month, whenever they were signed.
    What was due above a new total no longer is, the latest months first: never a
    negative month, and never more than the last version promises. Raises ValueError
    without a version.

    Source : arrêté du 6 mars 2014, un douzième par mois (R18) ; une M remplace la
    précédente (R6).
    """
    known = list(terms)
    if not known:
        raise ValueError("no version to pay")
    last = known[-1]
    due: dict[date, Decimal] = {}
    current, rest = None, [ZERO]
    for month in months_from(min(known[0].starts_on, last.starts_on), last.ends_on):
        term = ruling(known, month)
        if term != current:
            current = term
            withdraw(due, term)
            rest = spread(term, due, month=month)
        due[month] = rest.pop(0) if rest else ZERO
    return [due[month] for month in months_from(last.starts_on, last.ends_on)]


def ruling(terms: Sequence[Term], month: date) -> Term:
    """The last of the terms in force by the end of a month; the first one before any."""
    if month == terms[-1].ends_on.replace(day=1):
        return terms[-1]
    known = [it for it in terms[1:] if it.since <= month_end(month)]
    return known[-1] if known else terms[0]


def withdraw(due: dict[date, Decimal], term: Term) -> None:
    """Take off the latest months what they are due above a new total (R86)."""
    months = own(due, term)
    excess = sum((due[month] for month in months), ZERO) - term.total
    for month in reversed(months):
        taken = max(min(due[month], excess), ZERO)
        due[month] -= taken
        excess -= taken


def spread(term: Term, due: Mapping[date, Decimal], *, month: date) -> list[Decimal]:
    """What a version leaves to pay, from a month to its own last one."""
    left = term.total - sum((due[it] for it in own(due, term)), ZERO)
    count = months_covered(month, max(month, term.ends_on))
    return monthly_payments(left, months=count)


def own(due: Mapping[date, Decimal], term: Term) -> list[date]:
    """The months already due that are among a version’s own, in order."""
    return [month for month in due if month >= term.starts_on.replace(day=1)]


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
