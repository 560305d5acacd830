"""How stays end: motives by quotas, so that the rate of each year is the one published."""

from datetime import date
from fractions import Fraction
from random import Random

from parcours.enums import ExitCategory
from seeds.calendar import FIRST_YEAR, Calendar
from seeds.chance import Carry, Deck, stream
from seeds.plan import Plan
from seeds.sites import Site
from seeds.stays import Stay
from structures import law

# Shares of dynamic exits: constructed for 62 % (25 + 20 + 17), not official.
DURABLE, TRANSITION, POSITIVE = 25, 20, 17
WITHDRAWN_OF_100 = 12
MOTIVES = {
    ExitCategory.DURABLE: [("D1", 38), ("D2", 8), ("D3", 10), ("D4", 35), ("D5", 5), ("D6", 4)],
    ExitCategory.TRANSITION: [("T1", 80), ("T2", 20)],
    ExitCategory.POSITIVE: [("P1", 48), ("P2", 40), ("P3", 4), ("P4", 8)],
    ExitCategory.OTHER: [("A1", 70), ("A2", 11), ("A3", 19)],
    ExitCategory.WITHDRAWN: [
        ("R2", 18), ("R3", 20), ("R4", 26), ("R5", 3), ("R6", 6), ("R7", 7), ("R8", 20),
    ],
}  # fmt: skip
# Too short or too few hours: whatever the motive, the rules leave them out.
NOT_EXAMINED = [("R1", 34), ("R2", 14), ("A1", 24), ("A3", 12), ("D1", 6), ("T1", 10)]
EASIER = {"ACI": -0.1, "AI": 0.0, "EI": 0.2, "ETTI": 0.3}
BLOCK = 400


def leave(
    plan: Plan, sites: list[Site], stays: list[Stay], calendar: Calendar, *, seed: int
) -> None:
    """Give a motive to every stay that ends in the world."""
    chance = stream(seed, plan.departement, "exits")
    ended = [stay for stay in stays if stay.end <= calendar.horizon and stay.hours]
    ended.sort(key=lambda stay: (stay.end, stay.site, stay.start))
    left_out = Deck(chance, NOT_EXAMINED)
    withdrawn = Deck(
        chance, [(True, WITHDRAWN_OF_100), (False, 100 - WITHDRAWN_OF_100)]
    )
    reasons = Deck(chance, MOTIVES[ExitCategory.WITHDRAWN])
    examined: dict[int, list[Stay]] = {}
    for stay, counts in zip(ended, judged(ended, calendar), strict=True):
        if not counts:
            stay.motive = left_out.draw()
        elif withdrawn.draw():
            stay.motive = reasons.draw()
        else:
            year = date.fromordinal(stay.end).year
            examined.setdefault(year, []).append(stay)
    ease = {site.number: chance.gauss(EASIER[site.kind], 0.35) for site in sites}
    for year, exits in sorted(examined.items()):
        rate = plan.rates[year]
        # So many exits that the rate is exact; the few left over are withdrawn.
        whole = len(exits) // rate.denominator * rate.denominator
        for stay in exits[whole:]:
            stay.motive = reasons.draw()
        if whole:
            give_motives(exits[:whole], rate, ease, chance)


def judged(ended: list[Stay], calendar: Calendar) -> list[bool]:
    """Whether each exit is examined, by the thresholds of the law (R60, R61)."""
    on = calendar.as_of
    days = fewest_days(on)
    least = {
        kind: float(law.in_force("sortie_heures_minimales", kind, on=on).value)
        for kind in EASIER
    }
    return [
        stay.end - stay.start >= days
        and sum(h for m, _, h in stay.hours if m // 12 == year_index(stay))
        >= least[stay.kind]
        if stay.kind in ("ACI", "EI")
        else sum(h for _, _, h in stay.hours) >= least[stay.kind]
        for stay in ended
    ]


def year_index(stay: Stay) -> int:
    return date.fromordinal(stay.end).year - FIRST_YEAR


def fewest_days(on: date) -> int:
    """Days from which a stay in an ACI or an EI is long enough: 81 since 2014."""
    months = law.in_force("sortie_duree_minimale", "ACI", on=on).value
    months_per_day = law.in_force("sortie_mois_par_jour", on=on).value
    return int(months / months_per_day) + 1


def give_motives(
    exits: list[Stay], rate: Fraction, ease: dict[int, float], chance: Random
) -> None:
    """Counts by category close on the rate over the year, and nearly over each part of it."""
    total = round(len(exits) * rate)
    parts = DURABLE + TRANSITION + POSITIVE
    shares = [
        total * DURABLE / parts,
        total * TRANSITION / parts,
        total * POSITIVE / parts,
    ]
    of_exit = [share / len(exits) for share in shares]
    # The three counts carry separately; their sum is exact at the end of the year.
    carries = [Carry(1e-6), Carry(1e-6)]
    every = Carry(1e-6)
    decks = {category: Deck(chance, cards) for category, cards in MOTIVES.items()}
    for start in range(0, len(exits), BLOCK):
        block = exits[start : start + BLOCK]
        dynamic = every.take(len(block) * total / len(exits))
        durable, transition = (
            carry.take(len(block) * share)
            for carry, share in zip(carries, of_exit, strict=False)
        )
        order = sorted(
            block, key=lambda s: (-ease[s.site] - chance.gauss(0, 1), s.start)
        )
        better = order[:dynamic]
        chance.shuffle(better)
        for place, stay in enumerate(better + order[dynamic:]):
            stay.motive = decks[category_at(place, durable, transition, dynamic)].draw()


def category_at(
    place: int, durable: int, transition: int, dynamic: int
) -> ExitCategory:
    if place < durable:
        return ExitCategory.DURABLE
    if place < durable + transition:
        return ExitCategory.TRANSITION
    return ExitCategory.POSITIVE if place < dynamic else ExitCategory.OTHER
