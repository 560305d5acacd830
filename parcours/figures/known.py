"""Who may already be known, looked for in a set chosen in SQL (R57, R97)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.crypto import salted_hmac

from parcours.enums import Sameness
from parcours.models import Contract, Parcours, Person
from parcours.rules.identity import Candidate, Identity, candidates
from structures.rules.writing import day

EXACT = frozenset({Sameness.NIR, Sameness.NAME_AND_BIRTH})


@dataclass(frozen=True)
class Met:
    """Somebody who may be the person. `parcours` is theirs, to open, when `is_here`."""

    candidate: Candidate
    person: Person
    is_here: bool
    parcours: int | None

    @property
    def is_certain(self) -> bool:
        return self.candidate.is_certain

    @property
    def is_exact(self) -> bool:
        """Sure enough to be attached without being shown: one NIR, or one name and birth."""
        return self.candidate.sameness in EXACT and not self.candidate.has_other_nir

    @property
    def told(self) -> str:
        """Only for the structure of the person."""
        born = f"née le {day(self.person.birth_on)}"
        return f"{self.person}, {born} : {self.candidate.told}"


def already_known(asked: Identity, *, structures: set[int]) -> list[Met]:
    """Those who may be the person, the surest first; one query.

    The same NIR, the same birth date, or its day and month swapped: the rule finds
    nobody outside this set. `structures` are those whose people the reader may see.
    """
    here = Contract.objects.filter(person=OuterRef("pk"), structure__in=structures)
    rows = set_of(asked).annotate(
        here=Exists(here),
        shown=Subquery(here.order_by("-starts_on", "-pk").values("parcours")[:1]),
    )
    by_key: dict[int, Any] = {row.pk: row for row in rows}
    known = [identity_of(row) for row in by_key.values()]
    return [
        Met(one, row, row.here, row.shown)
        for one in candidates(asked, known)
        if (row := by_key[one.person.key])
    ]


def set_of(asked: Identity) -> QuerySet[Person]:
    born = {asked.birth_on} | swapped(asked.birth_on)
    found = Q(birth_on__in=born)
    if asked.nir_hash:
        found |= Q(nir_hash=asked.nir_hash)
    return Person.objects.filter(found)


def swapped(birth_on: date) -> set[date]:
    """The date with its day and month swapped; nothing after the twelfth of a month."""
    if birth_on.day > 12:
        return set()
    return {birth_on.replace(month=birth_on.day, day=birth_on.month)}


def identity_of(person: Person) -> Identity:
    return Identity(
        key=person.pk,
        last_name=person.last_name,
        first_name=person.first_name,
        birth_on=person.birth_on,
        nir_hash=person.nir_hash or "",
    )


def elsewhere(met: list[Met]) -> Met | None:
    """The one person of other structures sure enough to be attached; None otherwise.

    Two of one name and birth date cannot be told apart unseen: the NIR decides.
    """
    exact = [one for one in met if one.is_exact and not one.is_here]
    certain = [one for one in exact if one.is_certain]
    if certain:
        return certain[0]
    return exact[0] if len(exact) == 1 else None


def mark_of(met: list[Met]) -> str:
    """A mark of who was shown, which says nothing of them; empty for nobody."""
    if not met:
        return ""
    keys = ",".join(str(one.person.pk) for one in met)
    return salted_hmac("parcours.known", keys, algorithm="sha256").hexdigest()[:16]


def rights_of(person: Person) -> list[Parcours]:
    """Every right of a person, last first: what is never typed again."""
    return list(Parcours.objects.filter(person=person))
