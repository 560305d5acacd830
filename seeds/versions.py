"""The life of an annexe: what each of its versions says, and when it was signed."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from seeds.sites import Site
from structures import law

SPRING = [(3, 20), (4, 8), (4, 23), (5, 6), (5, 22)]
SUMMER = [(7, 12), (8, 27), (9, 10), (9, 24), (10, 3)]
# After the document’s day, so that nothing it counts moves.
DECEMBER = [(12, 5), (12, 12), (12, 18)]
CHANGED_IN_DECEMBER = 0.08
OTHER_TERMS = "Autres termes, sans effet sur les ETP."
# Hundredths of ETP kept for the summer, or taken back then.
LATE = [0, 0, 0, 0, 25, 50, -50]


@dataclass(frozen=True, slots=True)
class Step:
    """What a version agrees; ETP and posts in hundredths."""

    etp: int
    erbm: int
    pauvrete: int
    posts: int
    signed_on: date
    note: str = ""


def steps(site: Site, year: int, starts_on: date, chance: Random) -> list[Step]:
    """The versions of a year, in order.

    The first carries over the last ETP of the year before (R9), often before the arrêté;
    spring brings the year’s amount and ETP, summer what is added or taken back.
    """
    final, erbm = site.agreed[year], site.erbm.get(year, 0)
    added = site.pauvrete.get(year, 0)
    summer = 0 if year - 1 in site.pauvrete else added
    late = chance.choice(LATE) if final - summer > 600 else 0
    found = []
    if year - 1 in site.agreed:
        found.append(carried_over(site, year, chance))
        day = date(year, *chance.choice(SPRING))
    else:
        late, day = 0, after_law(site, year, starts_on, chance)
    spring = Step(final - summer - late, erbm, added - summer, added - summer, day)
    found.append(spring)
    if summer or late:
        posts = site.pauvrete_posts if summer else added
        day = date(year, *chance.choice(SUMMER))
        found.append(Step(final, erbm, added, posts, max(day, spring.signed_on)))
    if chance.random() < CHANGED_IN_DECEMBER:
        day = date(year, *chance.choice(DECEMBER))
        found.append(replace(found[-1], signed_on=day, note=OTHER_TERMS))
    return found


def carried_over(site: Site, year: int, chance: Random) -> Step:
    """In January, the last terms of the year before."""
    etp = site.agreed[year - 1]
    erbm = min(site.erbm.get(year - 1, 0), etp)
    kept = min(site.pauvrete.get(year - 1, 0), etp - erbm)
    return Step(etp, erbm, kept, kept, date(year, 1, chance.randrange(8, 31)))


def after_law(site: Site, year: int, starts_on: date, chance: Random) -> date:
    """Signature of a first annexe: soon after it starts, once the amount is published."""
    signed = starts_on + timedelta(days=chance.randrange(5, 25))
    published = (
        value.published_on
        for value in law.history("montant_socle", site.kind)
        if value.effective_on == date(year, 1, 1)
    )
    return max([signed, *(day + timedelta(days=6) for day in published)])
