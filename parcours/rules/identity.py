"""Who may already be known: candidates for one identity, the surest first.

In this order, each person once, under the surest reason:

1. the same NIR, by its hash: the same person, whatever the names (R57);
2. the same last name, first name and birth date, on the folded sort key;
3. the same birth date and the names swapped;
4. the same birth date and a name within the other: a married name, a second first name;
5. the same birth date and close names, a slip of the hand away;
6. the same names, and the day and month of birth swapped.

Only the first is certain: the others are shown to somebody, who decides. Those known under
another NIR come last: two people most often, or one whose provisional number was replaced.

Source : identité unique par NIR, tableaux de bord de l’État (R57) ; ordre de l’application.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from parcours.enums import Sameness
from parcours.rules.names import sort_key

ORDER = list(Sameness)
# Letters that may differ in a name of at least so many letters.
SLIPS = ((8, 2), (4, 1))


@dataclass(frozen=True, kw_only=True)
class Identity:
    """What is known of a person; `nir_hash` empty when there is none. `key` is ours."""

    key: int = 0
    last_name: str
    first_name: str
    birth_on: date
    nir_hash: str = ""

    @property
    def folded(self) -> tuple[str, str]:
        return sort_key(self.last_name, ""), sort_key("", self.first_name)


@dataclass(frozen=True)
class Candidate:
    """Somebody known who may be the same person, and why."""

    person: Identity
    sameness: Sameness
    has_other_nir: bool = False

    @property
    def is_certain(self) -> bool:
        return self.sameness == Sameness.NIR

    @property
    def told(self) -> str:
        other = ", mais un autre numéro de sécurité sociale"
        return f"{self.sameness.label}{other if self.has_other_nir else ''}"

    @property
    def rank(self) -> tuple[bool, int, int]:
        return self.has_other_nir, ORDER.index(self.sameness), self.person.key


def candidates(asked: Identity, known: Iterable[Identity]) -> list[Candidate]:
    """Those who may be the person asked about, the surest first, then by key (R57)."""
    found = [
        Candidate(person, sameness, has_other_nir=have_two_nir(asked, person))
        for person in known
        if (sameness := sameness_of(asked, person)) is not None
    ]
    return sorted(found, key=lambda one: one.rank)


def have_two_nir(one: Identity, other: Identity) -> bool:
    hashes = {one.nir_hash, other.nir_hash} - {""}
    return len(hashes) > 1


def sameness_of(asked: Identity, person: Identity) -> Sameness | None:
    """The surest reason to think that two are one; None when there is none."""
    if asked.nir_hash and asked.nir_hash == person.nir_hash:
        return Sameness.NIR
    if asked.birth_on == person.birth_on:
        return sameness_of_names(asked.folded, person.folded)
    if asked.folded == person.folded and is_swapped(asked.birth_on, person.birth_on):
        return Sameness.BIRTH_SWAPPED
    return None


def sameness_of_names(
    asked: tuple[str, str], known: tuple[str, str]
) -> Sameness | None:
    """The same for two people born on one day."""
    if asked == known:
        return Sameness.NAME_AND_BIRTH
    if asked == known[::-1]:
        return Sameness.NAMES_SWAPPED
    pairs = list(zip(asked, known, strict=True))
    if all(is_within(one, other) for one, other in pairs):
        return Sameness.NAME_WITHIN
    if all(is_within(one, other) or is_near(one, other) for one, other in pairs):
        return Sameness.NAME_NEAR
    return None


def is_within(one: str, other: str) -> bool:
    """Whether the words of a name are all in the other: DUPONT and MARTIN DUPONT."""
    words, others = set(one.split()), set(other.split())
    return bool(words and others) and (words <= others or others <= words)


def is_near(one: str, other: str) -> bool:
    """Whether two names are a slip of the hand away; short ones must be equal."""
    shortest = min(len(one), len(other))
    allowed = next((slips for length, slips in SLIPS if shortest >= length), 0)
    if abs(len(one) - len(other)) > allowed:
        return False
    return slips_between(one, other) <= allowed


def slips_between(one: str, other: str) -> int:
    """Letters added, dropped, changed, or swapped with the next, from one to the other."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        row = [i]
        for j, wanted in enumerate(other, start=1):
            changed = last[j - 1] + (letter != wanted)
            row.append(min(last[j] + 1, row[j - 1] + 1, changed))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                row[j] = min(row[j], before[j - 2] + 1)
        before, last = last, row
    return last[-1]


def is_swapped(one: date, other: date) -> bool:
    """Whether the day and the month of a date are those of the other, inverted."""
    return one.year == other.year and (one.month, one.day) == (other.day, other.month)
