"""People: a name, an age, a home, an invented NIR. None is anyone’s."""

from collections import defaultdict
from datetime import date
from random import Random

from parcours.rules.nir import encrypted, nir_hash
from seeds import names
from seeds.chance import Deck
from seeds.copying import Batch
from seeds.geography import Place, places_of
from seeds.stays import Stay

# Women in a hundred, and ages in a hundred: under 26, from 26 to 49, 50 and more.
WOMEN = {"ACI": 35, "AI": 58, "EI": 30, "ETTI": 18}
AGES = {
    "ACI": (24, 59, 17),
    "AI": (22, 57, 21),
    "EI": (25, 60, 15),
    "ETTI": (29, 58, 13),
}
BANDS = ((18, 26), (26, 50), (50, 62))
DAYS_OF_YEAR = 365.25
BORN_ABROAD = 0.1
# A quartier prioritaire only stands in a town.
TOWN, IN_QPV = 8_000, 0.42
FAR = 0.12
CORSICA = {"2A": "19", "2B": "18"}


class Homes:
    """Where people live and were born: near the structure, mostly in its towns."""

    def __init__(self, departement: str, chance: Random) -> None:
        self.chance = chance
        self.every = places_of(departement)
        self.weights = running_sum(self.every)
        self.by_epci: dict[str, tuple[list[Place], list[int]]] = {}
        near: dict[str, list[Place]] = defaultdict(list)
        for place in self.every:
            near[place.epci].append(place)
        for epci, places in near.items():
            self.by_epci[epci] = (places, running_sum(places))

    def near(self, place: Place) -> Place:
        if self.chance.random() < FAR:
            return self.anywhere()
        places, weights = self.by_epci[place.epci]
        return self.chance.choices(places, cum_weights=weights)[0]

    def anywhere(self) -> Place:
        return self.chance.choices(self.every, cum_weights=self.weights)[0]


def running_sum(places) -> list[int]:
    total, sums = 0, []
    for place in places:
        total += place.population + 1
        sums.append(total)
    return sums


class Registry:
    """Writes each person once, with a NIR nobody else has in the base.

    Order numbers come down from 999, which no maternity ward reaches in a month.
    """

    def __init__(
        self, departement: str, chance: Random, *, nir_key: bytes, rank: int
    ) -> None:
        self.chance, self.nir_key, self.rank = chance, nir_key, rank
        self.homes = Homes(departement, chance)
        self.given: dict[str, int] = {}
        self.sexes = {
            kind: Deck(chance, [("F", women), ("M", 100 - women)])
            for kind, women in WOMEN.items()
        }
        self.ages = {
            kind: Deck(chance, list(zip(BANDS, shares, strict=True)))
            for kind, shares in AGES.items()
        }

    def write(self, batch: Batch, number: int, stay: Stay, work: Place) -> None:
        chance = self.chance
        sex = self.sexes[stay.kind].draw()
        low, high = self.ages[stay.kind].draw()
        born = date.fromordinal(
            stay.start - int(chance.uniform(low, high) * DAYS_OF_YEAR)
        )
        home = self.homes.near(work)
        is_qpv = home.population > TOWN and chance.random() < IN_QPV
        first = chance.choice(names.FEMALE if sex == "F" else names.MALE)
        last = chance.choice(names.LAST)
        nir = self.nir(sex, born)
        batch["parcours_person"].append(
            f"{number}\t{last}\t{first}\t{names.sort_key(last, first)}\t{born}\t{sex}\t"
            f"{nir_hash(nir, key=self.nir_key)}\t"
            f"\\\\x{encrypted(nir, key=self.nir_key).hex()}\t{home.code}\t"
            f"{'t' if is_qpv else 'f'}\tt\n"
        )

    def nir(self, sex: str, born: date) -> str:
        """15 characters whose key is right."""
        start = f"{2 if sex == 'F' else 1}{born:%y%m}"
        if self.chance.random() < BORN_ABROAD:
            # Nine orders a département, so that two of them never give the same.
            stem = f"{start}99{self.chance.randrange(100, 520)}"
            used = self.given.get(stem, 0)
            if used < 9:
                self.given[stem] = used + 1
                return with_key(f"{stem}{999 - 9 * self.rank - used:03d}")
        while True:
            stem = start + self.homes.anywhere().code
            used = self.given[stem] = self.given.get(stem, 0) + 1
            if used < 900:
                return with_key(f"{stem}{1000 - used:03d}")


def with_key(number: str) -> str:
    digits = number
    for island, code in CORSICA.items():
        digits = digits.replace(island, code)
    return f"{number}{97 - int(digits) % 97:02d}"
