"""In what qualities somebody acts on the files of a structure, and what they may sign."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Self

from django.db.models import Q

from funding.enums import Actor
from funding.models import SigningDelegation
from structures.enums import Role
from structures.models import Agency, Departement, Membership, Structure, User

UNLIMITED = Decimal("Infinity")


@dataclass(frozen=True)
class Powers:
    """Where somebody belongs and what they may sign, one day."""

    memberships: list[Membership]
    delegations: list[SigningDelegation]

    @classmethod
    def of(cls, user: User, *, on: date) -> Self:
        """Two queries at most, whatever the files they are then asked about."""
        held = (
            SigningDelegation.objects.filter(user=user, since__lte=on)
            .filter(Q(until=None) | Q(until__gte=on))
            .select_related("agency")
        )
        return cls(user.current_memberships, list(held))

    def limit(self, structure: Structure) -> Decimal | None:
        """Euros an annexe of this structure may reach for them to sign it.

        None when they have no delegation there; infinite when it names no amount.
        """
        place = structure.commune.departement
        limits = [it.up_to for it in self.delegations if is_in(place, it.agency)]
        return max((UNLIMITED if it is None else it for it in limits), default=None)

    def actors(self, structure: Structure) -> frozenset[Actor]:
        """Their qualities before its files; empty for a stranger."""
        place = structure.commune.departement
        found = set()
        for member in self.memberships:
            if member.agency and is_in(place, member.agency):
                found.add(Actor.AGENT)
            if member.structure_id == structure.pk and member.role == Role.DIRECTION:
                found.add(Actor.DIRECTION)
        if self.limit(structure) is not None:
            found.add(Actor.SIGNATORY)
        return frozenset(found)


def is_in(place: Departement, agency: Agency) -> bool:
    """Whether the service is in charge of the département, its own or of its région."""
    if agency.departement_id:
        return agency.departement_id == place.pk
    return agency.region_id is not None and agency.region_id == place.region_id
