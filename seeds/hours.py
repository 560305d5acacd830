"""Hours of each contract and month: a structure’s make what it realises of its annexe."""

from math import exp
from random import Random

from seeds.calendar import FIRST_DAY, Calendar
from seeds.chance import stream
from seeds.sites import Site
from seeds.stays import FULL_WEEK, Stay, realised, weekly_hours
from structures import law

# Share of a mean month by kind: paid leave counts in an ACI, not elsewhere (R27).
SEASONS = {
    "ACI": (1,) * 12,
    "EI": (1.03, 0.98, 1.05, 1.0, 0.96, 1.05, 1.0, 0.82, 1.06, 1.08, 1.02, 0.95),
    "AI": (0.97, 0.98, 1.03, 1.02, 1.0, 1.04, 0.96, 0.88, 1.03, 1.05, 1.04, 1.0),
    "ETTI": (0.9, 0.94, 1.0, 1.02, 1.02, 1.08, 1.06, 0.9, 1.06, 1.08, 1.04, 0.9),
}
# How far a structure’s people may stretch or shrink their hours to meet what is agreed.
STRETCH = {"ACI": (0.93, 1.05), "EI": (0.9, 1.08), "AI": (0.3, 3.0), "ETTI": (0.6, 1.5)}
# From one person and month to the next.
NOISE = {"ACI": 0.02, "EI": 0.05, "AI": 0.2, "ETTI": 0.15}
MOST = {"ACI": 151, "EI": 151, "AI": 140, "ETTI": 169}
WEEK_SPREAD = (-2, 0, 0, 0, 0, 2)
LEAST_WEEK = int(
    law.in_force("contrat_heures_hebdomadaires", "ACI", on=FIRST_DAY).value
)


def hours_per_etp(kind: str, calendar: Calendar) -> float:
    return float(law.in_force("heures_par_etp", kind, on=calendar.as_of).value)


def set_base(site: Site, stays: list[Stay], chance: Random) -> None:
    """Weekly hours of each person; for an AI, how much they work beside the others."""
    week = weekly_hours(site) if site.kind != "AI" else 0
    for stay in stays:
        if site.kind == "AI":
            stay.base = exp(chance.gauss(0, 0.45))
        else:
            spread = chance.choice(WEEK_SPREAD) if week < FULL_WEEK else 0
            stay.base = max(week + spread, LEAST_WEEK)


def work(site: Site, stays: list[Stay], calendar: Calendar, *, seed: int) -> None:
    """Fill `hours` of every stay: (month, contract, whole hours)."""
    chance = stream(seed, "hours", site.number)
    set_base(site, stays, chance)
    divisor = hours_per_etp(site.kind, calendar)
    scale = 1.0 if site.kind == "AI" else divisor / 12 / FULL_WEEK
    presences = presence_by_month(stays, calendar)
    for month, present in zip(calendar.months, presences, strict=True):
        if not present or month.year not in site.agreed:
            continue
        season = SEASONS[site.kind][month.number - 1]
        share = realised(site, month.year, seed=seed)
        wanted = site.agreed[month.year] / 100 * share * divisor / 12 * season
        weights = [scale * part * stay.base for stay, _, part in present]
        factor = wanted / sum(weights)
        if site.kind != "AI":
            low, high = STRETCH[site.kind]
            factor = min(max(factor, low), high)
        spread_hours(month.index, present, weights, factor, site.kind, chance)


def presence_by_month(stays: list[Stay], calendar: Calendar) -> list[list]:
    """By month: stay, place of its contract, share of the month’s days under it."""
    months = calendar.months
    found: list[list] = [[] for _ in months]
    for stay in stays:
        for place, (start, end) in enumerate(stay.terms):
            last = min(end, stay.end, calendar.horizon)
            first = max(start, calendar.origin)
            if last < first:
                continue
            for index in range(calendar.month_of(first), calendar.month_of(last) + 1):
                month = months[index]
                days = min(last, month.last) - max(first, month.first) + 1
                found[index].append(
                    (stay, place, days / (month.last - month.first + 1))
                )
    return found


def spread_hours(
    index: int,
    present: list,
    weights: list[float],
    factor: float,
    kind: str,
    chance: Random,
) -> None:
    noise, most = NOISE[kind], MOST[kind]
    draw = chance.random
    for (stay, place, part), weight in zip(present, weights, strict=True):
        hours = int(weight * factor * (1 + noise * (2 * draw() - 1)) + 0.5)
        stay.hours.append((index, place, min(max(hours, 1), int(most * part) + 1)))
