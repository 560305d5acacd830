"""Conventions of three years, one after another, and the annexes of their years."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from seeds.calendar import FIRST_DAY, Calendar
from seeds.chance import stream
from seeds.copying import Batch
from seeds.geography import NULL
from seeds.plan import unit_amount
from seeds.sites import Site
from seeds.versions import steps
from structures import law
from structures.enums import Status
from structures.rules.periods import last_day_of_years

YEARS = int(law.in_force("convention_duree_maximale", on=FIRST_DAY).value)
# Of the conventions that end with the last year, one in so many is not renewed yet.
NOT_RENEWED_EVERY = 12


@dataclass(slots=True, eq=False)
class Version:
    """`etp`, `erbm`, `pauvrete` and `posts` (of pauvreté) in hundredths."""

    number: int
    annexe: "Annexe"
    modification: int
    etp: int
    erbm: int
    pauvrete: int
    posts: int
    unit: Decimal
    entered_on: date
    signed_on: date
    note: str


@dataclass(slots=True, eq=False)
class Annexe:
    number: int
    convention: "Convention"
    year: int
    label: str
    months: int
    versions: list[Version] = field(default_factory=list)

    @property
    def site(self) -> Site:
        return self.convention.site

    @property
    def starts_on(self) -> date:
        return date(self.year, 13 - self.months, 1)

    @property
    def ends_on(self) -> date:
        return date(self.year, 12, 31)

    def current(self, as_of: date) -> Version | None:
        """The last version signed by a day."""
        signed = [version for version in self.versions if version.signed_on <= as_of]
        return signed[-1] if signed else None


@dataclass(slots=True, eq=False)
class Convention:
    number: int
    site: Site
    label: str
    starts_on: date
    ends_on: date
    signed_on: date
    opinion_on: date
    annexes: list[Annexe] = field(default_factory=list)


class Papers:
    """Draws up conventions, annexes and versions, and numbers them."""

    def __init__(self, seed: int, calendar: Calendar) -> None:
        self.seed, self.calendar = seed, calendar
        self.conventions = self.annexes = self.versions = 0
        self.order: dict[tuple[str, str, int], int] = {}

    def draw_up(self, site: Site) -> list[Convention]:
        chance = stream(self.seed, "papers", site.number)
        conventions = list(self.terms(site, chance))
        for convention in conventions:
            for year in self.calendar.years:
                covers = convention.starts_on.year <= year <= convention.ends_on.year
                if covers and year in site.agreed:
                    self.add_annexe(convention, year, chance)
        return conventions

    def terms(self, site: Site, chance: Random) -> Iterator[Convention]:
        """Terms of three years, from before the world or from the structure’s birth."""
        start = site.created_on
        if start.year < self.calendar.years[0]:
            start = date(self.calendar.years[0] - 1 - site.number % YEARS, 1, 1)
        last = site.closes_on or date(self.calendar.last_year + 1, 1, 1)
        while start <= last:
            end = last_day_of_years(start, YEARS)
            end = date(end.year - (end.month < 12), 12, 31)
            if self.is_renewed(site, start):
                yield self.convention(
                    site, start, min(end, site.closes_on or end), chance
                )
            start = end + timedelta(days=1)

    def is_renewed(self, site: Site, start: date) -> bool:
        is_next = start.year > self.calendar.last_year
        forgotten = site.number % NOT_RENEWED_EVERY == 0 and not site.in_group
        return not (is_next and forgotten)

    def convention(
        self, site: Site, start: date, end: date, chance: Random
    ) -> Convention:
        self.conventions += 1
        key = (site.place.departement, site.kind, start.year)
        order = self.order[key] = self.order.get(key, 0) + 1
        departement = site.place.departement.zfill(3)
        label = f"{departement} {start:%d%m%y} {site.kind} {order:05d}"
        signed = start - timedelta(
            days=60 if site.in_group else chance.randrange(12, 90)
        )
        opinion = signed - timedelta(days=chance.randrange(8, 25))
        return Convention(self.conventions, site, label, start, end, signed, opinion)

    def add_annexe(self, convention: Convention, year: int, chance: Random) -> None:
        site = convention.site
        self.annexes += 1
        departement, start, kind, order = convention.label.split()
        label = f"{kind}{departement}{start[4:]}{int(order):04d}"
        annexe = Annexe(self.annexes, convention, year, label, site.months_in(year))
        convention.annexes.append(annexe)
        for step in steps(site, year, annexe.starts_on, chance):
            self.versions += 1
            version = Version(
                number=self.versions,
                annexe=annexe,
                modification=len(annexe.versions),
                etp=step.etp,
                erbm=min(step.erbm, step.etp),
                pauvrete=step.pauvrete,
                posts=step.posts,
                unit=unit_amount(site.kind, year=year, known_on=step.signed_on),
                entered_on=max(
                    step.signed_on - timedelta(days=chance.randrange(6, 18)),
                    annexe.starts_on + timedelta(days=1),
                ),
                signed_on=step.signed_on,
                note=step.note,
            )
            annexe.versions.append(version)


def write_conventions(batch: Batch, conventions: list[Convention], as_of: date) -> None:
    """What exists on the day: a draft once the CDIAE gave its opinion, then signed."""
    for convention in conventions:
        if convention.opinion_on > as_of:
            continue
        is_signed = convention.signed_on <= as_of
        state = Status.SIGNED if is_signed else Status.DRAFT
        currents = [a.ends_on for a in convention.annexes if a.current(as_of)]
        batch["structures_convention"].append(
            f"{convention.number}\t{convention.site.number}\t{convention.site.kind}_DC\t"
            f"{convention.label}\t{state.value}\t{convention.starts_on}\t"
            f"{convention.ends_on}\t{convention.signed_on if is_signed else NULL}\t"
            f"{convention.opinion_on}\t{max(currents, default=NULL)}\n"
        )
