"""Parcours emploi compétences of the region, those of the bassin minier at a better rate."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from seeds.calendar import FIRST_YEAR
from seeds.chance import Deck, stream
from seeds.department import Workshop
from seeds.geography import ERBM, Place, departements, places
from seeds.people import running_sum
from seeds.stays import Stay
from seeds.targets import Targets
from structures import law

REGION = "32"
WEEKLY_HOURS = 24
YEAR_LONG, SHORTER = 12, (9, 10, 11)
SHORTER_ONE_IN = 8
# Days between the decision and the first day of the contract.
DECIDED_BEFORE = (3, 30)
# So that “more than a quarter” is not missed by a few.
SHARE_SPARE = Decimal("1.04")


def write_pecs(batch, workshop: Workshop, targets: Targets) -> None:
    """PEC of the published year and of the next one, with the people who signed them."""
    figure = targets.find("pec_signed", perimeter=ERBM, rate="preferential", year=2018)
    if figure is None:
        return
    published = int(figure.scope["year"])
    writer = Writer(workshop, stream(workshop.seed, "pec"))
    for year in (published, published + 1):
        if FIRST_YEAR <= year <= workshop.as_of.year:
            for pec in signed(targets, published, year, writer.chance):
                writer.write(batch, *pec)


def signed(
    targets: Targets, published: int, year: int, chance: Random
) -> Iterator[tuple[Place, date, int, bool]]:
    """Home, first day, months and whether at the better rate, of each PEC of a year."""
    inside, outside = homes()
    on = {"perimeter": ERBM, "year": published}
    count = int(targets.value("pec_signed", rate="preferential", **on))
    share = targets.find("pec_share", region=REGION, **on)
    every = int(count / (share.value * SHARE_SPARE)) if share else count
    cost = targets.find("pec_extra_cost", **on)
    months = paid_months(count, cost.value if cost else None, year, chance)
    for home, in_year in zip(draw(inside, count, chance), months, strict=True):
        yield (
            home,
            first_day(year, 13 - in_year, chance),
            duration(in_year, chance),
            True,
        )
    for home in draw(outside, every - count, chance):
        in_year = chance.randrange(1, 13)
        start = first_day(year, 13 - in_year, chance)
        yield home, start, duration(in_year, chance), False


def homes() -> tuple[list[Place], list[Place]]:
    """Communes of the region, inside and outside the bassin minier."""
    codes = {code for code, row in departements().items() if row["region"] == REGION}
    region = [place for place in places() if place.departement in codes]
    return [p for p in region if p.inside], [p for p in region if not p.inside]


def draw(among: list[Place], count: int, chance: Random) -> list[Place]:
    return chance.choices(among, cum_weights=running_sum(among), k=count)


def paid_months(
    count: int, cost: Decimal | None, year: int, chance: Random
) -> list[int]:
    """Months of the year each PEC lasts, so that the better rate costs what is published."""
    deck = Deck(chance, [(months, 1) for months in range(1, 13)])
    months = [deck.draw() for _ in range(count)]
    if cost is None:
        return months
    wanted = round(cost / extra_cost_of_month(year))
    step = 1 if wanted > sum(months) else -1
    for _ in range(11):
        for n in range(count):
            if sum_is(wanted, months, n):
                return months
            if 1 <= months[n] + step <= 12:
                months[n] += step
    return months


def sum_is(wanted: int, months: list[int], n: int) -> bool:
    # Only looked at now and then: a sum over all of them is long.
    return n % 10 == 0 and abs(sum(months) - wanted) < 10


def extra_cost_of_month(year: int) -> Decimal:
    """Euros a month of a PEC costs above the standard rate (R68)."""
    on = date(year, 12, 31)
    smic = law.in_force("smic_horaire", on=on).value
    rates = [
        law.in_force("pec_taux", kind, on=on).value for kind in ("ERBM", "STANDARD")
    ]
    return smic * WEEKLY_HOURS * 52 / 12 * (rates[0] - rates[1])


def first_day(year: int, month: int, chance: Random) -> date:
    return date(year, month, chance.randrange(1, 29))


def duration(in_year: int, chance: Random) -> int:
    """Twelve months mostly; never less than the months counted in the year."""
    if in_year < SHORTER[0] and chance.random() * SHORTER_ONE_IN < 1:
        return chance.choice(SHORTER)
    return YEAR_LONG


class Writer:
    """Writes a PEC and whoever signed it, when it was decided by the day."""

    def __init__(self, workshop: Workshop, chance: Random) -> None:
        self.workshop, self.chance = workshop, chance
        self.count = 0

    def write(
        self, batch, home: Place, start: date, months: int, is_preferential: bool
    ) -> None:
        decided = start - timedelta(days=self.chance.randrange(*DECIDED_BEFORE))
        kind = "ERBM" if is_preferential else "STANDARD"
        rate = law.in_force("pec_taux", kind, on=start).value
        if decided > self.workshop.as_of:
            return
        self.count += 1
        self.workshop.rights.person += 1
        person = self.workshop.rights.person
        registry = self.workshop.registry(home.departement, self.chance)
        stay = Stay(0, "ACI", start.toordinal(), [], 0)
        registry.write(batch, person, stay, home)
        batch["parcours_pec"].append(
            f"{person}\tEmployeur simulé n° {self.count % 900 + 1}\t{home.code}\t{decided}\t"
            f"{start}\t{months}\t{WEEKLY_HOURS}\t{rate}\t"
            f"{'t' if is_preferential else 'f'}\tt\n"
        )
