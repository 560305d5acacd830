"""Who is who: people who go from a structure to another keep their name and their right."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from parcours.enums import Regime
from seeds.calendar import term_end
from seeds.chance import stream
from seeds.plan import Plan
from seeds.sites import Site
from seeds.stays import Stay
from structures import law

MOVED = "P2"
# Days between leaving a structure and starting in the next one.
SOONEST, LATEST = 2, 60
CANDIDATES = 80
# Days an agrément may come before the hiring it allows.
EARLY = 30
# The document counts people who entered in its year: nobody enters twice in it.
YEAR = range(date(2019, 1, 1).toordinal(), date(2020, 1, 1).toordinal())
PASS_SINCE = date(2021, 9, 1).toordinal()
NEVER = 10**9


@dataclass(slots=True, eq=False)
class Right:
    """A parcours; days are ordinals, both included."""

    number: int
    person: int
    regime: Regime
    starts: int
    ends: int


def follow_moves(
    plan: Plan, sites: list[Site], stays: list[Stay], *, seed: int
) -> dict[Stay, Stay]:
    """The stay each one continues: who left for another structure is met again in it.

    Some are not: the other structure was out of the département.
    """
    chance = stream(seed, plan.departement, "moves")
    zone = {site.number: site.place.epci for site in sites}
    by_start = sorted(stays, key=lambda stay: (stay.start, stay.site))
    starts = [stay.start for stay in by_start]
    follows: dict[Stay, Stay] = {}
    left = [stay for stay in stays if stay.motive == MOVED]
    for stay in sorted(left, key=lambda s: (s.end, s.site, s.start)):
        at = bisect_left(starts, stay.end + SOONEST)
        near = by_start[at : at + CANDIDATES]
        fitting = [n for n in near if fits(stay, n, follows)]
        close = [n for n in fitting if zone[n.site] == zone[stay.site]]
        if close or (fitting and chance.random() < 0.5):
            follows[(close or fitting)[0]] = stay
    return follows


def fits(before: Stay, after: Stay, follows: dict[Stay, Stay]) -> bool:
    """Whether the next stay may be the same person’s: elsewhere, soon, within 24 months.

    Leaving an AI, where no agrément is asked, for another kind opens a new right.
    """
    if (
        after.site == before.site
        or after.start > before.end + LATEST
        or after in follows
    ):
        return False
    if YEAR.start <= before.start and after.start < YEAR.stop:
        return False
    first = before
    while first in follows:
        first = follows[first]
        if first.site == after.site:
            return False
    if first.kind == "AI" and after.kind != "AI":
        return first is before
    return after.terms[-1][1] <= term_end(first.start, 22)


class Rights:
    """Gives each stay its person and its parcours, in order of hiring."""

    def __init__(self, *, person: int, right: int, seed: int) -> None:
        self.person, self.right, self.seed = person, right, seed
        self.months = int(law.in_force("agrement_duree", on=date(2019, 1, 1)).value)

    def give(
        self, stays: list[Stay], follows: dict[Stay, Stay], chance: Random
    ) -> Iterator[tuple[Stay, Right, bool]]:
        """Each stay with its right, and whether its person is met for the first time."""
        held: dict[Stay, Right] = {}
        for stay in sorted(stays, key=lambda s: (s.start, s.site)):
            before = follows.get(stay)
            right = held.get(before) if before else None
            is_new = right is None
            if right is None:
                self.person += 1
                right = self.open(self.person, stay, chance, after=-NEVER)
            elif right.regime == Regime.FREE and stay.kind != "AI":
                right.ends = before.end
                right = self.open(right.person, stay, chance, after=before.end)
            held[stay] = right
            stay.person = right.person
            yield stay, right, is_new

    def open(self, person: int, stay: Stay, chance: Random, *, after: int) -> Right:
        self.right += 1
        regime = regime_of(stay)
        last = stay.terms[-1][1]
        start = max(stay.start - chance.randrange(EARLY), after + 1)
        end = term_end(start, self.months)
        if regime != Regime.AGREMENT or end < last:
            start, end = stay.start, term_end(stay.start, self.months)
        return Right(self.right, person, regime, start, max(end, last))


def regime_of(stay: Stay) -> Regime:
    """Agrément until the PASS IAE of September 2021, which the AI ask for too."""
    if stay.start >= PASS_SINCE:
        return Regime.PASS_IAE
    return Regime.FREE if stay.kind == "AI" else Regime.AGREMENT
