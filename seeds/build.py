"""Builds a territory in one transaction: all of it, or nothing."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import count

from django.conf import settings
from django.db import connections, transaction

from seeds.accompaniment import Accompaniment
from seeds.agreed import agree
from seeds.annexes import write_annexes
from seeds.calendar import Calendar
from seeds.chance import stream
from seeds.contracts import Contracts
from seeds.conventions import Papers, write_conventions
from seeds.copying import Batch, advance_sequences
from seeds.envelopes import Envelopes, write_envelopes
from seeds.exits import leave
from seeds.geography import write_geography, write_perimeters
from seeds.hours import work
from seeds.ledger import Ledger
from seeds.money import flows
from seeds.people import Registry
from seeds.plan import Plan
from seeds.profiles import give_profiles
from seeds.reference import write_published
from seeds.rights import Rights, follow_moves
from seeds.sites import Site, plan_sites, write_group, write_sites
from seeds.statements import Statements, write_hours
from seeds.stays import Stay, stays_by_site
from seeds.targets import Targets
from seeds.treasury import Treasury
from structures.actions import legal_values
from structures.models import Structure

Say = Callable[[str], None]


class NotEmpty(Exception):
    """The base already holds structures: nothing is ever replaced."""


@dataclass
class Builder:
    """What is shared by the départements of one base: numbers, calendar, envelopes."""

    seed: int
    calendar: Calendar
    targets: Targets
    say: Say

    def __post_init__(self) -> None:
        self.batch = Batch()
        self.papers = Papers(self.seed, self.calendar)
        self.statements = Statements(self.calendar, seed=self.seed)
        self.contracts = Contracts(self.calendar, number=0)
        self.rights = Rights(person=0, right=0, seed=self.seed)
        self.envelopes = Envelopes()
        self.treasury = Treasury(self.envelopes, earmarked={})
        self.sites = 0
        self.ranks = count()

    @property
    def as_of(self) -> date:
        return self.calendar.as_of

    def write_reference(self, *, named: bool) -> None:
        write_geography(self.batch)
        write_perimeters(self.batch)
        write_published(self.batch, self.targets)
        write_group(self.batch, named=named)

    def write_departement(self, plan: Plan) -> None:
        sites = plan_sites(plan, seed=self.seed, first=self.sites + 1)
        self.sites += len(sites)
        agree(plan, sites, seed=self.seed)
        sites_now = [site for site in sites if site.created_on <= self.as_of]
        write_sites(self.batch, sites_now, seed=self.seed)
        self.write_papers(plan, sites_now)
        self.write_people(plan, sites)

    def write_papers(self, plan: Plan, sites: list[Site]) -> None:
        for year in self.calendar.years:
            if year <= self.as_of.year:
                self.envelopes.draw_lines(
                    year, plan.departement, earmarked=bool(plan.erbm)
                )
        write_envelopes(self.batch, self.envelopes.undrawn())
        self.conventions = {site.number: self.papers.draw_up(site) for site in sites}
        drawn = [c for found in self.conventions.values() for c in found]
        annexes = [a for c in drawn for a in c.annexes if a.year <= self.as_of.year]
        common = {"envelopes": self.envelopes.numbers(), "as_of": self.as_of}
        write_conventions(self.batch, drawn, self.as_of)
        write_annexes(self.batch, annexes, seed=self.seed, **common)
        self.flows = flows(annexes, self.batch, seed=self.seed, **common)

    def post(self, plan: Plan, ledger: Ledger) -> int:
        """Once the annexes are in the base: what they were promised and paid."""
        years = [year for year in self.calendar.years if year <= self.as_of.year]
        funds = self.treasury.moves(plan.departement, years, self.flows)
        return ledger.post([*funds, *self.flows], as_of=self.as_of)

    def write_people(self, plan: Plan, sites: list[Site]) -> None:
        stays = stays_by_site(plan, sites, self.calendar, seed=self.seed)
        for site in sites:
            work(site, stays[site.number], self.calendar, seed=self.seed)
        every = [stay for found in stays.values() for stay in found]
        leave(plan, sites, every, self.calendar, seed=self.seed)
        give_profiles(plan, sites, stays, seed=self.seed)
        self.write_stays(plan, sites, every)
        self.write_months(sites, stays)

    def write_stays(self, plan: Plan, sites: list[Site], stays: list[Stay]) -> None:
        chance = stream(self.seed, plan.departement, "people")
        registry = Registry(
            plan, chance, nir_key=settings.NIR_KEY.encode(), rank=next(self.ranks)
        )
        around = Accompaniment(
            self.calendar, stream(self.seed, plan.departement, "accompaniment")
        )
        by_number = {site.number: site for site in sites}
        follows = follow_moves(plan, sites, stays, seed=self.seed)
        begun = [stay for stay in stays if stay.start <= self.as_of.toordinal()]
        rights = {}
        for stay, right, is_new in self.rights.give(begun, follows, chance):
            site = by_number[stay.site]
            if is_new:
                registry.write(self.batch, stay.person, stay, site)
            rights[right.number] = right
            self.contracts.write(self.batch, stay, right, site)
            if plan.is_detailed:
                around.write(self.batch, stay, site, self.contracts.first[stay])
        for right in rights.values():
            self.contracts.write_right(self.batch, right)

    def write_months(self, sites: list[Site], stays: dict[int, list[Stay]]) -> None:
        ranks: dict[str, count] = {}
        for site in sites:
            if site.number not in self.conventions:
                continue
            annexes = [a for c in self.conventions[site.number] for a in c.annexes]
            rank = next(ranks.setdefault(site.kind, count()))
            found = self.statements.write(self.batch, site, annexes, rank=rank)
            write_hours(self.batch, stays[site.number], found, self.contracts)
        self.contracts.first.clear()


def build(
    plans: list[Plan],
    *,
    targets: Targets,
    as_of: date,
    seed: int,
    using: str,
    say: Say,
) -> dict[str, int]:
    """Rows written, by table. Raises NotEmpty."""
    connection = connections[using]
    if Structure.objects.using(using).exists():
        raise NotEmpty
    written: dict[str, int] = {}
    builder = Builder(seed, Calendar(as_of), targets, say)
    with transaction.atomic(using=using), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0; SET CONSTRAINTS ALL IMMEDIATE")
        legal_values.sync(using=using)
        ledger = Ledger(cursor, seed=seed)
        builder.write_reference(named=any(plan.named for plan in plans))
        for plan in plans:
            builder.write_departement(plan)
            started = time.monotonic()
            for table, rows in builder.batch.flush(cursor).items():
                written[table] = written.get(table, 0) + rows
            written["funding_transfer"] = builder.post(plan, ledger)
            say(f"Département {plan.departement} : {time.monotonic() - started:.1f} s")
        advance_sequences(cursor)
    return written
