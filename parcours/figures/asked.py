"""A contract and a decision as they are typed, and what they are looked at beside."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from parcours.enums import ContractKind
from parcours.figures.contract_law import Law
from parcours.models import Contract, Parcours, Person
from structures.enums import StructureKind
from structures.models import Structure


@dataclass(frozen=True, kw_only=True)
class AskedContract:
    """A contract as it is typed. `situation` holds the columns of the entry."""

    kind: ContractKind
    hired_on: date
    starts_on: date
    ends_on: date | None
    weekly_hours: Decimal | None
    job: str = ""
    has_adjusted_sentence: bool = False
    situation: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class AskedDecision:
    """What lets this contract go beyond, as it is typed; from the contract’s first day."""

    kind: str
    decided_on: date
    until: date
    reference: str


@dataclass(frozen=True, kw_only=True)
class Place:
    """For whom and where: what the checks of a contract look at beside it."""

    structure: Structure
    person: Person
    parcours: Parcours
    law: Law
    renews: Contract | None = None
    decision: AskedDecision | None = None

    @property
    def kind(self) -> StructureKind:
        return StructureKind(self.structure.kind)
