"""Territories, structures and users for tests. Fixed values, not random ones."""

from tests.structures.factories.documents import (
    DocumentFactory,
    DocumentTemplateFactory,
    ScanFactory,
    ScanPageFactory,
    SignedCopyFactory,
    StoredFileFactory,
)
from tests.structures.factories.people import (
    AgencyFactory,
    MembershipFactory,
    OutgoingMailFactory,
    SavedViewFactory,
    StructureActFactory,
    UserFactory,
)
from tests.structures.factories.places import (
    CommuneFactory,
    ConventionFactory,
    DepartementFactory,
    DraftConventionFactory,
    EpciFactory,
    GroupFactory,
    PerimeterCommuneFactory,
    PerimeterFactory,
    RegionFactory,
    StructureFactory,
)
from tests.structures.factories.requests import (
    AttachmentContentFactory,
    AttachmentFactory,
    RequestChangeFactory,
    RequestFactory,
    RequestPostFactory,
)

__all__ = [
    "AgencyFactory",
    "AttachmentFactory",
    "AttachmentContentFactory",
    "CommuneFactory",
    "ConventionFactory",
    "DepartementFactory",
    "DocumentFactory",
    "DocumentTemplateFactory",
    "DraftConventionFactory",
    "EpciFactory",
    "GroupFactory",
    "MembershipFactory",
    "OutgoingMailFactory",
    "PerimeterFactory",
    "PerimeterCommuneFactory",
    "RegionFactory",
    "RequestFactory",
    "RequestChangeFactory",
    "RequestPostFactory",
    "SavedViewFactory",
    "ScanFactory",
    "ScanPageFactory",
    "SignedCopyFactory",
    "StoredFileFactory",
    "StructureFactory",
    "StructureActFactory",
    "UserFactory",
]
