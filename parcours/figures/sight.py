"""What a person may read of people: names, notes, sensitive barriers."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from parcours.enums import FreinTheme
from parcours.models import Contract, Parcours
from structures.enums import Role
from structures.models import User

SENSITIVE_THEMES = {FreinTheme.SANTE, FreinTheme.JUSTICE}
SENSITIVE_ROLES = {Role.CIP, Role.DIRECTION}


@dataclass(frozen=True)
class Sight:
    """Names and notes are for the staff of the employing structure, never for agents."""

    names: bool
    sensitive: bool

    def reads_theme(self, theme: str) -> bool:
        return self.sensitive or theme not in SENSITIVE_THEMES


def staffed_structures(user: User) -> set[int]:
    return {m.structure_id for m in user.current_memberships if m.structure_id}


def with_named(parcours: QuerySet[Parcours], user: User) -> QuerySet[Parcours]:
    """Parcours with `named`: whether the person may read the name."""
    mine = Contract.objects.filter(
        parcours=OuterRef("pk"), structure__in=staffed_structures(user)
    )
    return parcours.annotate(named=Exists(mine))


def accompanied_structures(user: User) -> set[int]:
    """Where the person writes what is done for people: as CIP, or as the direction."""
    return {
        m.structure_id
        for m in user.current_memberships
        if m.structure_id and m.role in SENSITIVE_ROLES
    }


def sight_of(user: User, contract: Contract) -> Sight:
    """What the person may read of one contract."""
    roles = {
        m.role
        for m in user.current_memberships
        if m.structure_id == contract.structure_id
    }
    return Sight(names=bool(roles), sensitive=bool(roles & SENSITIVE_ROLES))
