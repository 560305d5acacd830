"""One person under contract in an ACI, and everybody who may want to read about them."""

from dataclasses import dataclass
from datetime import date

from parcours.actions.interviews import InterviewSaid, record_interview
from parcours.enums import Medium
from parcours.models import Contract
from structures.enums import Role
from structures.models import User
from tests.parcours.factories import ContractFactory
from tests.structures.factories import MembershipFactory, StructureFactory

TODAY = date(2019, 12, 2)
MET = date(2019, 11, 18)
STAFF = (Role.DIRECTION, Role.CIP, Role.GESTIONNAIRE, Role.ENCADRANT)


@dataclass
class Case:
    contract: Contract
    people: dict[str, User]

    @property
    def cip(self):
        return self.people[Role.CIP]

    def colleague(self, role=Role.CIP):
        """Another one of the structure."""
        home = self.contract.structure
        return MembershipFactory(structure=home, agency=None, role=role).user

    def interview(self, *, by=None, notes="Note pour moi"):
        return record_interview(
            contract=self.contract, said=said(notes=notes), by=by or self.cip, on=TODAY
        )


def said(**changes):
    values = {
        "held_on": MET,
        "medium": Medium.MEETING,
        "minutes": 45,
        "summary": "Inscription au code de la route",
    }
    return InterviewSaid(**values | changes)


def make_case():
    home = StructureFactory()
    people = {
        role: MembershipFactory(structure=home, agency=None, role=role).user
        for role in STAFF
    }
    people[Role.AGENT] = MembershipFactory(agent=True).user
    return Case(ContractFactory(structure=home), people)
