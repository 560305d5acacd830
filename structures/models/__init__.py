"""Territories, structures, conventions, users and the table of legal values."""

from structures.models.convention import Convention
from structures.models.legal_value import LegalValue
from structures.models.membership import Agency, Membership
from structures.models.outbox import OutgoingMail
from structures.models.saved_view import SavedView
from structures.models.structure import Group, Structure
from structures.models.territory import (
    Commune,
    Departement,
    Epci,
    Perimeter,
    PerimeterCommune,
    Region,
)
from structures.models.user import User

__all__ = [
    "Agency",
    "Commune",
    "Convention",
    "Departement",
    "Epci",
    "Group",
    "LegalValue",
    "Membership",
    "OutgoingMail",
    "Perimeter",
    "PerimeterCommune",
    "Region",
    "SavedView",
    "Structure",
    "User",
]
