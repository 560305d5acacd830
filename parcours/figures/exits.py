"""The exits of a structure in a year, each judged by the rule of its kind, and the rates."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from django.db.models import Q, Sum

from parcours.enums import ExitCategory, ExitExclusion
from parcours.models import Contract, Exit, ExitMotive, MonthlyHours
from parcours.rules.exit_words import verdict_told
from parcours.rules.exits import (
    Thresholds,
    durable_rate,
    dynamic_rate,
    exclusion,
    hours_that_count,
)
from structures.enums import StructureKind
from structures.figures.legal_values import legal_value
from structures.law import NotInForce
from structures.models import Structure

Stay: TypeAlias = tuple[int, date]  # somebody, and the day they were hired
ZERO = Decimal(0)


@dataclass(frozen=True)
class JudgedExit:
    """An exit and whether it counts; `told` says why with its figures."""

    exit: Exit
    category: ExitCategory
    exclusion: ExitExclusion | None
    told: str


@dataclass(frozen=True)
class ExitRates:
    """Exits examined and the two shares of a year; None, never 0, without any (R67)."""

    examined: int
    dynamic: Fraction | None
    durable: Fraction | None


@dataclass(frozen=True)
class ExitJudge:
    """The thresholds of a kind on a day, and the hours of some stays."""

    kind: StructureKind
    thresholds: Thresholds
    in_year: dict[Stay, Decimal]
    in_stay: dict[Stay, Decimal]

    def verdict(
        self, contract: Contract, category: ExitCategory, left_on: date
    ) -> tuple[ExitExclusion | None, str]:
        """Why an exit is left out, None when it counts, and the sentence (R60-R62)."""
        stay = (contract.person_id, contract.hired_on)
        hours = hours_that_count(
            kind=self.kind,
            in_year=self.in_year.get(stay, ZERO),
            in_stay=self.in_stay.get(stay, ZERO),
        )
        found = exclusion(
            category=category,
            hired_on=contract.hired_on,
            left_on=left_on,
            hours=hours,
            thresholds=self.thresholds,
        )
        told = verdict_told(
            category=category,
            exclusion=found,
            kind=self.kind,
            hours=hours,
            days=(left_on - contract.hired_on).days,
            thresholds=self.thresholds,
        )
        return found, told


def judge_of(
    structure: Structure, contracts: Iterable[Contract], *, year: int, on: date
) -> ExitJudge:
    """What judges the exits of these contracts in a year; five queries at most."""
    kind = StructureKind(structure.kind)
    day = min(date(year, 12, 31), on)
    in_year, in_stay = hours_of(structure, contracts, year=year, on=on)
    return ExitJudge(kind, thresholds_of(kind, day), in_year, in_stay)


def thresholds_of(kind: StructureKind, day: date) -> Thresholds:
    """Dated thresholds of a kind; an AI or an ETTI has none of length."""
    hours = legal_value("sortie_heures_minimales", kind, on=day).value
    try:
        months = legal_value("sortie_duree_minimale", kind, on=day).value
    except NotInForce:
        return Thresholds(hours=hours)
    per_day = legal_value("sortie_mois_par_jour", on=day).value
    return Thresholds(hours=hours, months=months, months_per_day=per_day)


def hours_of(
    structure: Structure, contracts: Iterable[Contract], *, year: int, on: date
) -> tuple[dict[Stay, Decimal], dict[Stay, Decimal]]:
    """Hours of each stay, in the year and in all, renewals included; one query."""
    rows = (
        MonthlyHours.objects.filter(
            contract__structure=structure,
            contract__person__in={it.person_id for it in contracts},
            statement__month__lte=on,
        )
        .order_by()
        .values_list("contract__person", "contract__hired_on")
        .annotate(
            whole=Sum("hours"),
            year=Sum("hours", filter=Q(statement__month__year=year)),
        )
    )
    in_year, in_stay = {}, {}
    for person, hired_on, whole, part in rows:
        in_stay[person, hired_on] = whole
        in_year[person, hired_on] = part or ZERO
    return in_year, in_stay


def judged_exits(structure: Structure, *, year: int, on: date) -> list[JudgedExit]:
    """Exits of a year up to a day, last first, each with its verdict.

    As the yearly job counts them: a test holds them together.
    """
    exits = list(
        Exit.objects.filter(
            contract__structure=structure, exited_on__year=year, exited_on__lte=on
        )
        .select_related("contract__person", "motive")
        .order_by("-exited_on", "-pk")
    )
    if not exits:
        return []
    judge = judge_of(structure, [it.contract for it in exits], year=year, on=on)
    found = []
    for one in exits:
        category = ExitCategory(one.motive.category)
        left_out, told = judge.verdict(one.contract, category, one.exited_on)
        found.append(JudgedExit(one, category, left_out, told))
    return found


def rates_of(judged: Iterable[JudgedExit]) -> ExitRates:
    """The two shares of the exits that count (R63)."""
    return rates_from(Counter(it.category for it in judged if it.exclusion is None))


def rates_from(counts: Counter[ExitCategory]) -> ExitRates:
    return ExitRates(counts.total(), dynamic_rate(counts), durable_rate(counts))


@dataclass(frozen=True)
class ExitForeseen:
    """What an exit would do if it were recorded: its verdict, the rates before and after."""

    told: str
    before: ExitRates
    after: ExitRates


def foreseen_exit(
    contract: Contract, motive: ExitMotive, *, left_on: date, on: date
) -> ExitForeseen:
    """Read before the exit is recorded, so that nobody is surprised by it."""
    structure, year = contract.structure, left_on.year
    known = judged_exits(structure, year=year, on=on)
    counts = Counter(it.category for it in known if it.exclusion is None)
    judge = judge_of(structure, [contract], year=year, on=on)
    category = ExitCategory(motive.category)
    left_out, told = judge.verdict(contract, category, left_on)
    after = counts if left_out else counts + Counter([category])
    return ExitForeseen(told, rates_from(counts), rates_from(after))
