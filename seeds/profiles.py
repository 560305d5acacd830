"""Situation of people at entry, in the ASP’s terms, and who receives the RSA."""

from random import Random

from parcours.enums import Rsa
from seeds.chance import Deck, stream
from seeds.plan import Plan
from seeds.sites import Site
from seeds.stays import Stay
from seeds.targets import shared_out

# In a hundred of those with the RSA, and of those without.
WITH_RSA = {
    "is_rqth": 8,
    "is_ase": 2,
    "is_homeless": 5,
    "is_refugee": 4,
    "is_ex_detainee": 4,
}
WITHOUT_RSA = {
    "is_rqth": 10,
    "is_ase": 2,
    "is_homeless": 3,
    "is_refugee": 2,
    "is_ex_detainee": 2,
}
ASS, AAH, SINGLE_PARENT, INCREASED_RSA = 12, 7, 9, 18
# Codes of the ASP: about four in five have no baccalauréat.
LEVELS = [
    ("00", 11), ("01", 3), ("70", 25), ("60", 5), ("50", 19), ("51", 18), ("41", 6),
    ("40", 7), ("30", 4), ("20", 1), ("10", 1),
]  # fmt: skip
UNEMPLOYED = [("01", 24), ("02", 19), ("03", 23), ("04", 34)]
PROFILES = 300
# Structures differ by as much, in pairs: the département’s share holds.
SPREAD = 0.1
RSA, OTHER = True, False


class Profiles:
    """Ready-made ends of lines of contracts, drawn by quotas."""

    def __init__(self, chance: Random) -> None:
        self.decks = {
            has_rsa: Deck(chance, [(text, 1) for text in profiles(has_rsa, chance)])
            for has_rsa in (RSA, OTHER)
        }

    def draw(self, has_rsa: bool) -> str:
        return self.decks[has_rsa].draw()


def profiles(has_rsa: bool, chance: Random) -> list[str]:
    levels, waits = Deck(chance, LEVELS), Deck(chance, UNEMPLOYED)
    shares = WITH_RSA if has_rsa else WITHOUT_RSA
    found = []
    for n in range(PROFILES):

        def one_in(percent: int, n: int = n) -> str:
            return "t" if chance.random() * 100 < percent else "f"

        rsa = Rsa.NO
        if has_rsa:
            rsa = Rsa.INCREASED if n % 100 < INCREASED_RSA else Rsa.PLAIN
        is_alone = "t" if rsa == Rsa.INCREASED else one_in(SINGLE_PARENT)
        ass, aah = ("f", "f") if has_rsa else (one_in(ASS), one_in(AAH))
        flags = [one_in(percent) for percent in shares.values()]
        found.append(
            "\t".join(
                [rsa.value, ass, aah, flags[0], flags[1], is_alone, *flags[2:], "f"]
                + [levels.draw(), waits.draw()]
            )
        )
    return found


def give_profiles(
    plan: Plan, sites: list[Site], stays: dict[int, list[Stay]], *, seed: int
) -> None:
    """RSA exactly as published among those in post on the document’s day, else nearly."""
    chance = stream(seed, plan.departement, "profiles")
    drawn = Profiles(chance)
    day = plan.day.toordinal()
    shares = rsa_shares(plan, sites)
    present = {
        n: [s for s in found if s.start <= day <= s.end] for n, found in stays.items()
    }
    counts = {n: len(found) for n, found in present.items()}
    weights = [shares[site.number] * counts[site.number] for site in sites]
    wanted = shared_out(round(sum(counts.values()) * plan.rsa), weights)
    for site, beneficiaries in zip(sites, wanted, strict=True):
        there = present[site.number]
        chance.shuffle(there)
        deck = Deck(chance, hundred(shares[site.number]))
        has_rsa = {stay: n < beneficiaries for n, stay in enumerate(there)}
        for stay in stays[site.number]:
            stay.flags = drawn.draw(has_rsa[stay] if stay in has_rsa else deck.draw())


def hundred(share: float) -> list[tuple[bool, int]]:
    return [(RSA, round(share * 100)), (OTHER, 100 - round(share * 100))]


def rsa_shares(plan: Plan, sites: list[Site]) -> dict[int, float]:
    """Neighbours in size lean opposite ways, by as much."""
    spread = min(SPREAD, plan.rsa, 1 - plan.rsa)
    shares = {}
    for kind in {site.kind for site in sites}:
        same = [site for site in sites if site.kind == kind]
        same.sort(key=lambda site: max(site.agreed.values(), default=0))
        for n, site in enumerate(same):
            lean = (1, -1, -1, 1)[n % 4] * spread * (0.3 + 0.7 * ((n // 2) % 5) / 4)
            shares[site.number] = plan.rsa + (lean if n < len(same) // 2 * 2 else 0)
    return shares
