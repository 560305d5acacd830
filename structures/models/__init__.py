"""Territories, structures, conventions, users and the table of legal values."""

from structures.models.attachment import Attachment, AttachmentContent
from structures.models.convention import Convention
from structures.models.document import Document, DocumentTemplate, StoredFile
from structures.models.legal_value import LegalValue
from structures.models.membership import Agency, Membership
from structures.models.outbox import OutgoingMail
from structures.models.request import ConventionRequest, RequestChange, RequestPost
from structures.models.saved_view import SavedView
from structures.models.scan import Scan, ScanPage, SignedCopy
from structures.models.structure import Group, Structure
from structures.models.structure_act import StructureAct
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
    "Attachment",
    "AttachmentContent",
    "Commune",
    "Convention",
    "ConventionRequest",
    "Departement",
    "Document",
    "DocumentTemplate",
    "Epci",
    "Group",
    "LegalValue",
    "Membership",
    "OutgoingMail",
    "Perimeter",
    "PerimeterCommune",
    "Region",
    "SavedView",
    "RequestChange",
    "RequestPost",
    "Scan",
    "ScanPage",
    "SignedCopy",
    "StoredFile",
    "Structure",
    "StructureAct",
    "User",
]
