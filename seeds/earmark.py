"""The bassin minier’s earmark: which annexes it bears, and of how much of them.

Two figures hold it: its euros, and the people who are in post thanks to it. Structures
differ by how many people an ETP employs in a year; the earmark leans to those that fit.
"""

from collections.abc import Callable
from math import exp

from seeds.calendar import FIRST_YEAR, Calendar
from seeds.plan import Plan, unit_amount
from seeds.sites import Site
from seeds.statements import entry_days
from seeds.stays import Stay
from seeds.targets import WrongFigures

# The earmark bears posts of ateliers et chantiers, never more of an annexe than this.
KIND = "ACI"
MOST = 0.6
# Of the posts of the document’s year, those open the year before.
YEAR_BEFORE = 0.55
TURNS = 50
WIDEST = 60.0


def share_erbm(
    plan: Plan,
    sites: list[Site],
    stays: dict[int, list[Stay]],
    calendar: Calendar,
    *,
    seed: int,
) -> float:
    """Fill `erbm` of the structures of the perimeter, in hundredths of ETP.

    Returns the people in post thanks to it. Raises WrongFigures when they are too few.
    """
    year = plan.day.year
    if not plan.erbm:
        return 0.0
    bearing = [site for site in sites if may_bear(site, year)]
    rooms = [site.agreed[year] * MOST for site in bearing]
    people = [
        present(stays[site.number], plan, entry_days(site, calendar, seed=seed))
        / site.agreed[year]
        for site in bearing
    ]
    wanted = float(plan.erbm / unit_amount(KIND, year=year) * 100)
    if wanted > sum(rooms):
        raise WrongFigures(
            f"Les annexes {KIND} du bassin minier ne peuvent pas porter {plan.erbm:.0f} €."
        )
    employed = 0.0
    parts = leaning(rooms, people, wanted, plan)
    for site, part, by_etp in zip(bearing, parts, people, strict=True):
        spread_years(site, int(part), year)
        employed += site.erbm[year] * by_etp
    return employed


def may_bear(site: Site, year: int) -> bool:
    return site.kind == KIND and site.place.inside and site.months_in(year) == 12


def present(stays: list[Stay], plan: Plan, days: dict[int, tuple[int, int]]) -> int:
    """People with an hour in the months of the year that are entered on the day."""
    first = (plan.day.year - FIRST_YEAR) * 12
    day = plan.day.toordinal()
    months = {m for m, (entered, _) in days.items() if m >= first and entered <= day}
    return sum(any(month in months for month, _, _ in stay.hours) for stay in stays)


def leaning(
    rooms: list[float], people: list[float], wanted: float, plan: Plan
) -> list[float]:
    """Part of each room, so that the parts add up, and their people too if they can."""

    def parts(lean: float) -> list[float]:
        def at(level: float) -> list[float]:
            return [
                room / (1 + exp(min(level + lean * each, WIDEST)))
                for room, each in zip(rooms, people, strict=True)
            ]

        return at(crossing(lambda level: sum(at(level)) > wanted))

    def employed(lean: float) -> float:
        return sum(p * each for p, each in zip(parts(lean), people, strict=True))

    if plan.erbm_people is None:
        return parts(0.0)
    target = plan.erbm_people
    return parts(crossing(lambda lean: employed(lean) > target, scale=1000.0))


def crossing(above: Callable[[float], bool], scale: float = WIDEST) -> float:
    """Where a falling quantity stops being above what is wanted."""
    low, high = -scale, scale
    for _ in range(TURNS):
        middle = (low + high) / 2
        low, high = (middle, high) if above(middle) else (low, middle)
    return (low + high) / 2


def spread_years(site: Site, etp: int, year: int) -> None:
    for later, agreed in site.agreed.items():
        if later >= year:
            site.erbm[later] = min(etp, int(agreed * MOST))
    if year - 1 in site.agreed:
        before = int(site.agreed[year - 1] * MOST)
        site.erbm[year - 1] = min(int(etp * YEAR_BEFORE), before)
