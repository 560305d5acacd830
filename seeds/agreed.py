"""ETP agreed by structure and year: they add up to the published totals, to the hundredth."""

import random
from decimal import Decimal
from itertools import chain, product
from math import gcd

from seeds.chance import stream
from seeds.plan import KINDS, Plan, unit_amount
from seeds.sites import Site
from seeds.targets import WrongFigures, shared_out

LEAST = 150
# How many structures of each kind bear the posts of the plan pauvreté.
PAUVRETE_SITES = {"ACI": 7, "EI": 3, "AI": 1, "ETTI": 1}
# Small amounts have no usual mix: up to so many hundredths of each kind are tried.
ANY = 60


def agree(plan: Plan, sites: list[Site], *, seed: int) -> None:
    """Fill `agreed` and `pauvrete` of every structure."""
    chance = stream(seed, plan.departement, "agreed")
    for kind in KINDS:
        same = [site for site in sites if site.kind == kind]
        for year, totals in plan.etp.items():
            agree_year(same, year, totals[kind], chance)
    share_pauvrete(plan, sites, chance)


def agree_year(sites: list[Site], year: int, total: int, chance: random.Random) -> None:
    """Last year’s ETP, what the new ones open with, and the rest shared out."""
    running = [site for site in sites if site.months_in(year)]
    settled = [site for site in running if year - 1 in site.agreed]
    fresh = [site for site in running if year - 1 not in site.agreed]
    if not settled:
        first_year(running, year, total)
        return
    mean = total / max(len(running), 1)
    for site in fresh:
        site.agreed[year] = whole_year_multiple(
            mean * site.weight / 2.5 + LEAST, site, year
        )
    for site in settled:
        site.agreed[year] = site.agreed[year - 1]
    spread_change(
        settled, year, total - sum(equivalent(s, year) for s in running), chance
    )


def first_year(sites: list[Site], year: int, total: int) -> None:
    partial = [site for site in sites if site.months_in(year) < 12]
    for site in partial:
        site.agreed[year] = whole_year_multiple(LEAST * 2, site, year)
    whole = [site for site in sites if site.months_in(year) == 12]
    rest = total - sum(equivalent(site, year) for site in partial)
    shares = shared_out(rest, [site.weight for site in whole], least=LEAST)
    for site, share in zip(whole, shares, strict=True):
        site.agreed[year] = share


def equivalent(site: Site, year: int) -> int:
    """Hundredths of ETP over the whole year (R15)."""
    return site.agreed[year] * site.months_in(year) // 12


def whole_year_multiple(wanted: float, site: Site, year: int) -> int:
    """ETP whose equivalent over the year is a whole number of hundredths."""
    step = 12 // gcd(12, site.months_in(year))
    return max(round(wanted / step), 1) * step


def spread_change(
    sites: list[Site], year: int, change: int, chance: random.Random
) -> None:
    """Give or take `change` hundredths, after a few moves from one to another."""
    for _ in range(len(sites) // 6):
        giver, taker = chance.sample(sites, 2)
        moved = chance.choice([25, 50, 75, 100, 150])
        if giver.agreed[year] > LEAST + 2 * moved:
            giver.agreed[year] -= moved
            taker.agreed[year] += moved
    chosen = [site for site in sites if chance.random() < 0.45] or sites
    if change < 0:
        chosen = sites
    weights = [
        site.agreed[year] ** 0.5 * (1.6 if site.place.inside else 1) for site in chosen
    ]
    for site, part in zip(chosen, shared_out(abs(change), weights), strict=True):
        site.agreed[year] += part if change > 0 else -part


def share_pauvrete(plan: Plan, sites: list[Site], chance: random.Random) -> None:
    """Hundredths of ETP over the year, and of posts at its end (R84), whose euros are
    exactly those published. Raises WrongFigures when none are."""
    year = plan.day.year
    units = {kind: int(unit_amount(kind, year=year)) for kind in KINDS}
    of_year = exact_mix(plan.pauvrete, units)
    of_the_rest = exact_mix(plan.pauvrete_full_year - plan.pauvrete, units)
    for kind in of_year:
        if not of_year[kind] + of_the_rest[kind]:
            continue
        chosen = bearing_pauvrete(kind, sites, year, chance)
        even = [1.0] * len(chosen)
        parts = shared_out(of_year[kind], even), shared_out(of_the_rest[kind], even)
        for site, part, rest in zip(chosen, *parts, strict=True):
            site.pauvrete_posts = part + rest
            site.pauvrete = {
                later: part if later == year else part + rest
                for later in site.agreed
                if later >= year
            }


def bearing_pauvrete(
    kind: str, sites: list[Site], year: int, chance: random.Random
) -> list[Site]:
    """A few among the largest of a kind. Raises WrongFigures when there is none."""
    chosen = [s for s in sites if s.kind == kind and s.months_in(year) == 12]
    if not chosen:
        raise WrongFigures(f"Aucune structure {kind} ne peut porter le plan pauvreté.")
    chosen = sorted(chosen, key=lambda s: -s.agreed[year])[: PAUVRETE_SITES[kind] * 2]
    return chance.sample(chosen, min(PAUVRETE_SITES[kind], len(chosen)))


def exact_mix(euros: Decimal, units: dict[str, int]) -> dict[str, int]:
    """Hundredths of ETP by kind that make an amount to the cent. Raises WrongFigures.

    Mostly ACI and EI; AI and ETTI, cheaper, take what does not divide.
    """
    cents = int(euros * 100)
    if not cents:
        return dict.fromkeys(KINDS, 0)
    most_aci = cents * 3 // 4 // units["ACI"]
    usual = (
        range(most_aci, max(most_aci - 40, -1), -1),
        range(cents // 200 // units["ETTI"], cents // 50 // units["ETTI"]),
        range(cents * 18 // 100 // units["EI"], cents * 22 // 100 // units["EI"]),
    )
    for aci, etti, ei in chain(product(*usual), product(range(ANY), repeat=3)):
        left = cents - aci * units["ACI"] - ei * units["EI"] - etti * units["ETTI"]
        ai, rest = divmod(left, units["AI"])
        if left >= 0 and not rest:
            return {"ACI": aci, "EI": ei, "AI": ai, "ETTI": etti}
    raise WrongFigures(
        f"Aucun nombre de centièmes d’ETP du plan pauvreté ne fait {euros} €."
    )
