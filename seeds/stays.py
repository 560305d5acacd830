"""Stays: who starts and leaves where and when, before anyone has a name.

An ACI, an EI or an ETTI hires to keep the posts its annexe agrees; an AI, whose people work
a few hours a week, hires so that the entries of the year make the published figure.
"""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from itertools import accumulate
from random import Random

from seeds.calendar import FIRST_DAY, Calendar, term_end
from seeds.chance import Carry, Deck, stream
from seeds.plan import Plan
from seeds.sites import Site
from seeds.targets import shared_out
from structures import law

# Months of each contract of a stay, days worked of it when it is broken off, and cards.
LONG = [
    (((4,), 0), 4), (((4,), 35), 3), (((6,), 60), 2), (((6,), 0), 6), (((6,), 120), 3),
    (((6, 6), 0), 8), (((6, 6), 270), 4), (((4, 4), 0), 3), (((4, 6), 0), 4),
    (((12,), 0), 4), (((12,), 200), 2), (((6, 6, 6), 0), 4), (((6, 12), 0), 3),
    (((6, 6, 6), 450), 2), (((12, 12), 0), 4), (((6, 6, 12), 0), 3),
]  # fmt: skip
SHORT = [
    (((1,), 0), 4), (((1,), 20), 3), (((2,), 0), 5), (((3,), 0), 6), (((2, 2), 0), 5),
    (((3, 3), 0), 8), (((3, 3), 140), 3), (((3, 6), 0), 6), (((6, 6), 0), 5),
    (((3, 9, 6), 0), 2), (((6, 12, 6), 0), 1),
]  # fmt: skip
CARDS = {"ACI": LONG, "EI": LONG, "AI": SHORT, "ETTI": SHORT}
DAYS_OF_MONTH = 30.44
# Weekly hours of a structure’s people; an ETTI’s are those of a mean month of missions.
WEEKLY = {"ACI": (24, 26, 26, 26, 28, 33), "EI": (30, 35, 35, 35), "ETTI": (24, 25, 26)}
FULL_WEEK = int(law.in_force("duree_legale_hebdomadaire", on=FIRST_DAY).value)
# Realised against agreed, by structure and year; a few clearly under-use.
REALISED = (0.92, 1.0)
UNDER_USED = 0.85
UNDER_USED_EVERY = 40
# A week’s spread around the day a term ends on, so that a broken one is not always as long.
SPREAD = 12


class Stay:
    """From hiring to leaving. Days are ordinals; `terms` the contracts, first to last."""

    __slots__ = (
        "base", "end", "flags", "hours", "kind", "motive", "person", "site", "start", "terms",
    )  # fmt: skip

    def __init__(self, site: int, kind: str, start: int, terms: list, end: int) -> None:
        self.site, self.kind, self.start, self.terms, self.end = (
            site, kind, start, terms, end,
        )  # fmt: skip
        self.base = 0.0
        self.hours: list[tuple[int, int, int]] = []
        self.motive = ""
        self.person = 0
        self.flags = ""


def mean_days(kind: str) -> float:
    """Mean length of a stay of a kind, in days."""
    cards = CARDS[kind]
    total = sum((cut or sum(terms) * DAYS_OF_MONTH) * n for (terms, cut), n in cards)
    return total / sum(n for _, n in cards)


class Hiring:
    """Draws stays of one kind by quotas: lengths keep their shares in any run of them."""

    def __init__(self, kind: str, chance: Random) -> None:
        self.kind, self.chance = kind, chance
        self.deck = Deck(chance, CARDS[kind])
        lengths = [(c, (c[1] or sum(c[0]) * DAYS_OF_MONTH) * n) for c, n in CARDS[kind]]
        self.cards = [card for card, _ in lengths]
        self.bounds = list(accumulate(weight for _, weight in lengths))

    def hire(self, site: int, start: int, card: tuple | None = None) -> Stay:
        months, cut = card or self.deck.draw()
        terms, first = [], start
        for term in months:
            last = term_end(first, term)
            terms.append((first, last))
            first = last + 1
        end = terms[-1][1]
        if cut:
            end = start + cut + self.chance.randrange(-SPREAD, SPREAD + 1)
            terms = [term for term in terms if term[0] <= end]
        return Stay(site, self.kind, start, terms, end)

    def already_there(self, site: int, day: int) -> Stay:
        """Someone found at work on a day: longer stays are met more often."""
        drawn = self.chance.random() * self.bounds[-1]
        card = self.cards[bisect_right(self.bounds, drawn)]
        length = card[1] or sum(card[0]) * DAYS_OF_MONTH
        start = day - int(self.chance.random() * (length - SPREAD - 1)) - 1
        return self.hire(site, start, card)


def realised(site: Site, year: int, *, seed: int) -> float:
    """Share of the ETP agreed that the structure’s hours make in the year."""
    chance = stream(seed, "realised", site.number, year)
    if (site.number + year) % UNDER_USED_EVERY == 0:
        return UNDER_USED
    return chance.uniform(*REALISED)


def weekly_hours(site: Site) -> int:
    choices = WEEKLY[site.kind]
    return choices[site.number % len(choices)]


def staffed(site: Site, calendar: Calendar, *, seed: int) -> list[float]:
    """People in post each month so that their hours realise what is agreed."""
    week = weekly_hours(site)
    people = []
    for month in calendar.months:
        is_open = site.opens_on.toordinal() <= month.first and month.year in site.agreed
        etp = site.agreed[month.year] / 100 if is_open else 0.0
        share = realised(site, month.year, seed=seed) if is_open else 0.0
        people.append(etp * share * FULL_WEEK / week)
    return people


def keep_staffed(
    site: Site, hiring: Hiring, calendar: Calendar, people: list[float]
) -> list[Stay]:
    """Hire each month whoever is missing at its middle."""
    stays: list[Stay] = []
    active: list[Stay] = []
    carry = Carry(0.5)
    for month, wanted in zip(calendar.months, people, strict=True):
        middle = month.first + 14
        active = [stay for stay in active if stay.end >= middle]
        missing = carry.take(wanted) - len(active)
        if not stays and month.first <= calendar.origin:
            new = [
                hiring.already_there(site.number, month.first) for _ in range(missing)
            ]
        else:
            days = first_days(month, hiring.chance)
            new = [hiring.hire(site.number, next(days)) for _ in range(missing)]
        active += new
        stays += new
    return stays


def first_days(month, chance: Random) -> Iterable[int]:
    """Days of hiring: any of the month, none in the first two of December."""
    earliest = 2 if month.number == 12 else 0
    while True:
        yield month.first + chance.randrange(earliest, month.last - month.first + 1)


def end_with(site: Site, stays: list[Stay]) -> None:
    """When a structure closes, its stays end before their term."""
    if site.closes_on is None:
        return
    last = site.closes_on.toordinal()
    stays[:] = [stay for stay in stays if stay.start <= last]
    for stay in stays:
        stay.terms = [term for term in stay.terms if term[0] <= last]
        stay.end = min(stay.end, last)


def stays_by_site(plan: Plan, sites: list[Site], calendar: Calendar, *, seed: int):
    """Every stay of a département, by structure number."""
    found: dict[int, list[Stay]] = {}
    for site in sites:
        if site.kind != "AI":
            hiring = Hiring(site.kind, stream(seed, "stays", site.number))
            people = staffed(site, calendar, seed=seed)
            found[site.number] = keep_staffed(site, hiring, calendar, people)
            end_with(site, found[site.number])
    associations = [site for site in sites if site.kind == "AI"]
    entered = sum(entries(stays, plan.day) for stays in found.values())
    wanted = max(plan.entries - entered, len(associations))
    if plan.in_associations:
        share = (plan.day - date(plan.day.year, 1, 1)).days / mean_days("AI")
        wanted = round(plan.in_associations * share)
    for site, flow in zip(associations, flows(plan, associations, wanted), strict=True):
        hiring = Hiring("AI", stream(seed, "stays", site.number))
        found[site.number] = keep_flowing(site, hiring, calendar, flow)
        end_with(site, found[site.number])
    return found


def entries(stays: list[Stay], day: date) -> int:
    """Stays that started in the year, up to a day."""
    first, last = date(day.year, 1, 1).toordinal(), day.toordinal()
    return sum(first <= stay.start <= last for stay in stays)


def flows(plan: Plan, sites: list[Site], wanted: int) -> list[dict[int, float]]:
    """Entries a month of each AI, by year, so that those of the document’s year add up.

    They fall in its months that are over on the document’s day.
    """
    year = plan.day.year
    over = plan.day.month - 1 or 12
    open_months = [
        max(over - (site.opens_on.month - 1 if site.opens_on.year == year else 0), 0)
        for site in sites
    ]
    weights = [
        s.agreed.get(year, 0) * m for s, m in zip(sites, open_months, strict=True)
    ]
    shares = shared_out(wanted, weights)
    rate = wanted / (sum(weights) or 1)
    return [
        {y: etp * rate for y, etp in site.agreed.items()}
        | ({year: share / m} if m else {})
        for site, share, m in zip(sites, shares, open_months, strict=True)
    ]


def keep_flowing(
    site: Site, hiring: Hiring, calendar: Calendar, flow: dict[int, float]
) -> list[Stay]:
    """Hire so many each month; those there at the start make the usual stock."""
    first = calendar.month_of(site.opens_on.toordinal())
    stays: list[Stay] = []
    if site.created_on < site.opens_on:
        stock = flow.get(site.opens_on.year, 0) * mean_days("AI") / DAYS_OF_MONTH
        day = site.opens_on.toordinal()
        stays += [hiring.already_there(site.number, day) for _ in range(round(stock))]
    carry, year = Carry(), 0
    for month in calendar.months[first:]:
        if month.year != year:
            carry, year = Carry(1e-6), month.year
        days = first_days(month, hiring.chance)
        count = carry.take(flow.get(month.year, 0.0))
        stays += [hiring.hire(site.number, next(days)) for _ in range(count)]
    return stays
