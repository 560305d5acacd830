"""A small month: one ACI, three people in December 2019, the staff that types."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from parcours.actions.grid import Typed, save_cells
from parcours.models import MonthlyStatement
from structures.enums import Role
from structures.models import Convention, Structure, User
from structures.rules.merging import fingerprint
from tests.parcours.factories import ContractFactory
from tests.structures.factories import ConventionFactory, MembershipFactory

NOVEMBER = date(2019, 11, 1)


@dataclass
class MonthWorld:
    convention: Convention
    structure: Structure
    contracts: list[Any]
    people: dict[str, User]

    def save(self, *cells, by=Role.GESTIONNAIRE, month=NOVEMBER):
        """Cells as (line, cell, text) or (line, cell, text, what was shown)."""
        return save_cells(
            convention=self.convention,
            month=month,
            typed=[self.typed(*cell) for cell in cells],
            by=self.people[by],
        )

    def typed(self, line, cell, text, was=""):
        contract = self.contracts[line].pk
        return Typed(contract=contract, cell=cell, text=text, seen=fingerprint(was))

    @property
    def statement(self):
        return MonthlyStatement.objects.get(convention=self.convention, month=NOVEMBER)

    def hours(self, line):
        return self.statement.hours.get(contract=self.contracts[line])


def make_month(n=3, **structure):
    convention = ConventionFactory(**structure)
    home = convention.structure
    contracts = [
        ContractFactory(
            structure=home,
            parcours__person__last_name=f"Durand {place}",
            parcours__person__sort_key=f"DURAND {place:03}",
            starts_on=date(2019, 2, 4),
            ends_on=date(2020, 2, 3),
        )
        for place in range(n)
    ]
    people = {
        role: MembershipFactory(structure=home, agency=None, role=role).user
        for role in (Role.DIRECTION, Role.GESTIONNAIRE, Role.CIP, Role.ENCADRANT)
    }
    people[Role.AGENT] = MembershipFactory(agent=True).user
    return MonthWorld(convention, home, contracts, people)
