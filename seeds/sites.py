"""The structures of a département: kind, place, size, birth and sometimes end."""

import random
from dataclasses import dataclass, field
from datetime import date

from stdnum import luhn

from seeds import names
from seeds.calendar import FIRST_YEAR
from seeds.chance import stream
from seeds.copying import Batch
from seeds.geography import NULL, Place, places_of
from seeds.plan import GROUP, KINDS, Plan
from seeds.targets import WrongFigures

# The bassin minier has more structures than its population alone would give.
INSIDE_WEIGHT = 1.3
# Structures that had closed by the day of the document, and those born in the lead-in.
CLOSED = [("EI", 2016), ("ACI", 2017), ("AI", 2016)]
LEAD_IN_BIRTHS = [
    date(2016, 1, 1),
    date(2016, 7, 1),
    date(2017, 1, 1),
    date(2017, 4, 1),
]
# The first of January: whole years only, around the published totals of ETP.
RECENT_BIRTHS = [date(2018, 1, 1), date(2019, 1, 1)]
KINDS_OF_BIRTHS = ["ACI", "EI", "ACI", "EI", "ETTI", "ACI", "EI"]
# SIREN 0000NNNNC: the State’s register starts at 000 325 175, so none is anyone’s.
SIREN_PREFIX = "0000"
# The document’s three: kind and commune only. It calls AVIEE an association; that it runs
# an atelier et chantier d’insertion is deduced from what the other two are.
GROUP_COMMUNE = "62178"
GROUP_MEMBERS = {"ACI": "AVIEE", "ETTI": "INSERTIM", "AI": "TTS"}
NEW_AT_MOST_ONE_IN = 4
BORN_BEFORE = [date(1990 + n % 24, 1 + n % 12, 1) for n in range(0, 96, 5)]


@dataclass(slots=True, eq=False)
class Site:
    """A structure. `agreed`, `erbm`, `pauvrete`: hundredths of ETP by year, on the
    annexe’s period; `pauvrete_posts`: full-time posts open at the end of the year."""

    number: int
    kind: str
    name: str
    place: Place
    created_on: date
    closes_on: date | None = None
    in_group: bool = False
    weight: float = 1.0
    agreed: dict[int, int] = field(default_factory=dict)
    erbm: dict[int, int] = field(default_factory=dict)
    pauvrete: dict[int, int] = field(default_factory=dict)
    pauvrete_posts: int = 0
    staff: list[str] = field(default_factory=list)

    @property
    def opens_on(self) -> date:
        """First day of its first annexe in the world."""
        return max(self.created_on, date(FIRST_YEAR, 1, 1))

    def months_in(self, year: int) -> int:
        """Months of its annexe of a year; 0 when it has none."""
        if self.opens_on.year > year or (self.closes_on and self.closes_on.year < year):
            return 0
        return 13 - self.opens_on.month if self.opens_on.year == year else 12


def siret(number: int) -> str:
    siren = f"{SIREN_PREFIX}{number:04d}"
    siren += luhn.calc_check_digit(siren)
    return siren + "0001" + luhn.calc_check_digit(siren + "0001")


def plan_sites(plan: Plan, *, seed: int, first: int) -> list[Site]:
    """Every structure of a département, numbered from `first`, the closed ones last."""
    chance = stream(seed, plan.departement, "sites")
    births = births_by_kind(plan)
    sites = [
        site
        for kind in KINDS
        for site in sites_of_kind(
            kind, plan, births=births.get(kind, []), chance=chance
        )
    ]
    require_births(plan, sites)
    gather_group(plan, sites)
    sites += closed_sites(plan, chance)
    for number, site in enumerate(sites, start=first):
        site.number = number
        site.staff = names.staff(chance, 3)
    return sites


def births_by_kind(plan: Plan) -> dict[str, list[date]]:
    births: dict[str, list[date]] = {}
    for n in range(plan.created):
        day = RECENT_BIRTHS[n % len(RECENT_BIRTHS)]
        births.setdefault(KINDS_OF_BIRTHS[n % len(KINDS_OF_BIRTHS)], []).append(day)
    for kind, day in zip(KINDS, LEAD_IN_BIRTHS, strict=True):
        births.setdefault(kind, []).append(day)
    return births


def sites_of_kind(
    kind: str, plan: Plan, *, births: list[date], chance: random.Random
) -> list[Site]:
    count = plan.structures[kind]
    births = births[: count // NEW_AT_MOST_ONE_IN]
    labels = names.structure_names(kind, chance)
    weights = sizes(count, chance)
    sites = []
    for n in range(count):
        is_new = n >= count - len(births)
        born = births[count - n - 1] if is_new else chance.choice(BORN_BEFORE)
        place = pick_place(plan, chance, wants_inside=is_new and chance.random() < 0.8)
        site = Site(0, kind, labels[n], place, born, weight=weights[n])
        site.weight *= 0.4 if is_new else 1.0
        sites.append(site)
    return sites


def require_births(plan: Plan, sites: list[Site]) -> None:
    """Raises WrongFigures when fewer were born than published: most are older."""
    born = sum(site.created_on in RECENT_BIRTHS for site in sites)
    if born < plan.created_at_least:
        raise WrongFigures(
            f"{plan.created_at_least} structures créées depuis deux ans sur {len(sites)} "
            f"sont plus que le territoire simulé n’en fait naître : {born}."
        )


def gather_group(plan: Plan, sites: list[Site]) -> None:
    """The members the document names, then, if it counts more, others that stay put.

    Raises WrongFigures when there are not so many structures.
    """
    if plan.in_group > len(sites):
        raise WrongFigures(
            f"Le groupe {GROUP} ne peut pas avoir {plan.in_group} structures : "
            f"le territoire en a {len(sites)}."
        )
    firsts = {site.kind: site for site in reversed(sites)}
    named = [firsts[kind] for kind in GROUP_MEMBERS if kind in firsts]
    for site in named[: plan.in_group]:
        by_code = {place.code: place for place in places_of(GROUP_COMMUNE[:2])}
        site.name, site.place = GROUP_MEMBERS[site.kind], by_code[GROUP_COMMUNE]
        site.weight = 1.0
    others = [site for site in sites if site not in named]
    for site in [*named, *others][: plan.in_group]:
        site.in_group = True


def closed_sites(plan: Plan, chance: random.Random) -> list[Site]:
    """A few that ended before the document, so that the past is not the present."""
    if not plan.is_detailed:
        return []
    return [
        Site(
            0,
            kind,
            names.structure_names(kind, chance)[-1],
            pick_place(plan, chance),
            chance.choice(BORN_BEFORE),
            closes_on=date(year, 12, 31),
            weight=0.5,
        )
        for kind, year in CLOSED
    ]


def pick_place(
    plan: Plan, chance: random.Random, *, wants_inside: bool = False
) -> Place:
    places = places_of(plan.departement)
    if plan.only_inside or (wants_inside and any(place.inside for place in places)):
        places = tuple(place for place in places if place.inside)
    weights = [p.population * (INSIDE_WEIGHT if p.inside else 1.0) for p in places]
    return chance.choices(places, weights)[0]


def sizes(count: int, chance: random.Random) -> list[float]:
    """Spread sizes, the largest about eight times the smallest, in any order."""
    spread = [8 ** (n / max(count - 1, 1)) for n in range(count)]
    chance.shuffle(spread)
    return spread


def write_group(batch: Batch, *, is_known: bool) -> None:
    if is_known:
        batch["structures_group"].append(f"1\t{GROUP}\n")


def write_sites(batch: Batch, sites: list[Site], *, seed: int) -> None:
    for site in sites:
        chance = stream(seed, "site", site.number)
        street = f"{chance.randrange(1, 180)} {chance.choice(names.STREETS)}"
        activities = names.ACTIVITIES[site.kind]
        number = siret(site.number)
        batch["structures_structure"].append(
            f"{site.number}\t{site.kind}\t{site.name}\t{number}\t{number}\t"
            f"{90_000 + site.number}\t{site.place.code}\t{1 if site.in_group else NULL}\t"
            f"{street}\t{site.place.postcode}\t\tcontact{site.number}@exemple.invalid\t"
            f"{chance.choice(activities)}\t\t{site.created_on}\tt\n"
        )
