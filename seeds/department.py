"""Everything of one département, from its structures to the hours of its people."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import count
from random import Random

from seeds.accompaniment import Accompaniment
from seeds.agreed import agree
from seeds.annexes import write_annexes
from seeds.calendar import Calendar
from seeds.chance import stream
from seeds.contracts import Contracts
from seeds.conventions import Annexe, Convention, Papers, write_conventions
from seeds.copying import Batch
from seeds.earmark import share_erbm
from seeds.envelopes import Envelopes, write_envelopes
from seeds.exits import leave
from seeds.flows import Move
from seeds.hours import work
from seeds.money import aid_inside, flows
from seeds.people import Registry
from seeds.plan import Plan
from seeds.profiles import give_profiles
from seeds.rights import Rights, follow_moves
from seeds.sites import Site, plan_sites, write_sites
from seeds.statements import Statements, write_hours
from seeds.stays import Stay, stays_by_site
from seeds.treasury import Treasury


@dataclass
class Parcel:
    """A département’s rows and transfers.

    Of the perimeter: `inside`, euros engaged; `earmarked`, those of its earmark;
    `people`, those in post thanks to it.
    """

    departement: str
    batch: Batch = field(default_factory=Batch)
    moves: list[Move] = field(default_factory=list)
    inside: Decimal = Decimal(0)
    earmarked: Decimal = Decimal(0)
    people: float = 0.0


class Workshop:
    """Makes parcels one after the other; it holds the numbers they share."""

    def __init__(
        self, *, seed: int, as_of: date, nir_key: bytes, whole_country: bool = False
    ) -> None:
        self.seed, self.as_of, self.nir_key = seed, as_of, nir_key
        self.calendar = Calendar(as_of)
        self.papers = Papers(seed, self.calendar)
        self.statements = Statements(self.calendar, seed=seed)
        self.contracts = Contracts(self.calendar, number=0)
        self.rights = Rights(person=0, right=0, seed=seed)
        self.envelopes = Envelopes()
        self.treasury = Treasury(self.envelopes, whole_country=whole_country)
        self.sites = 0
        self.ranks = count()
        self.registries: dict[str, Registry] = {}

    def parcel(self, plan: Plan) -> Parcel:
        parcel = Parcel(plan.departement)
        sites = plan_sites(plan, seed=self.seed, first=self.sites + 1)
        self.sites += len(sites)
        agree(plan, sites, seed=self.seed)
        stays = stays_by_site(plan, sites, self.calendar, seed=self.seed)
        for site in sites:
            work(site, stays[site.number], self.calendar, seed=self.seed)
        parcel.people = share_erbm(plan, sites, stays, self.calendar, seed=self.seed)
        opened = [site for site in sites if site.created_on <= self.as_of]
        write_sites(parcel.batch, opened, seed=self.seed)
        conventions = {site: self.papers.draw_up(site) for site in opened}
        self.write_papers(plan, parcel, conventions)
        self.write_stays(plan, parcel.batch, sites, stays)
        self.write_months(parcel.batch, conventions, stays)
        return parcel

    def registry(self, departement: str, chance: Random) -> Registry:
        """One a département: it knows the NIR already given there."""
        if departement not in self.registries:
            if self.treasury.whole_country:
                self.registries.clear()
            self.registries[departement] = Registry(
                departement, chance, nir_key=self.nir_key, rank=next(self.ranks)
            )
        return self.registries[departement]

    def write_papers(
        self, plan: Plan, parcel: Parcel, conventions: dict[Site, list[Convention]]
    ) -> None:
        years = [year for year in self.calendar.years if year <= self.as_of.year]
        for year in years:
            earmarked = bool(plan.erbm)
            self.envelopes.draw_lines(year, plan.departement, earmarked=earmarked)
        write_envelopes(parcel.batch, self.envelopes.undrawn())
        drawn = [c for found in conventions.values() for c in found]
        annexes = [a for c in drawn for a in c.annexes if a.year in years]
        numbers = self.envelopes.numbers()
        common = {"envelopes": numbers, "as_of": self.as_of, "seed": self.seed}
        write_conventions(parcel.batch, drawn, self.as_of)
        write_annexes(parcel.batch, annexes, **common)
        moves = flows(annexes, parcel.batch, **common)
        funds = self.treasury.moves(plan, years, moves)
        parcel.moves = [*funds, *moves]
        parcel.inside, parcel.earmarked = aid_inside(annexes, moves, plan.day.year)

    def write_stays(
        self, plan: Plan, batch: Batch, sites: list[Site], stays: dict[int, list[Stay]]
    ) -> None:
        every = [stay for found in stays.values() for stay in found]
        leave(plan, sites, every, self.calendar, seed=self.seed)
        give_profiles(plan, sites, stays, seed=self.seed)
        chance = stream(self.seed, plan.departement, "people")
        registry = self.registry(plan.departement, chance)
        around = Accompaniment(
            self.calendar, stream(self.seed, plan.departement, "accompaniment")
        )
        by_number = {site.number: site for site in sites}
        follows = follow_moves(plan, sites, every, seed=self.seed)
        begun = [stay for stay in every if stay.start <= self.as_of.toordinal()]
        rights = {}
        for stay, right, is_new in self.rights.give(begun, follows, chance):
            site = by_number[stay.site]
            rights[right.number] = right
            if is_new:
                registry.write(batch, stay.person, stay, site.place)
            self.contracts.write(batch, stay, right, site)
            if plan.is_detailed:
                around.write(batch, stay, site, self.contracts.first[stay])
        for right in rights.values():
            self.contracts.write_right(batch, right)

    def write_months(
        self,
        batch: Batch,
        conventions: dict[Site, list[Convention]],
        stays: dict[int, list[Stay]],
    ) -> None:
        ranks: dict[str, Iterator[int]] = {}
        for site, found in conventions.items():
            annexes: list[Annexe] = [a for c in found for a in c.annexes]
            rank = next(ranks.setdefault(site.kind, count()))
            statements = self.statements.write(batch, site, annexes, rank=rank)
            write_hours(batch, stays[site.number], statements, self.contracts)
        self.contracts.first.clear()
