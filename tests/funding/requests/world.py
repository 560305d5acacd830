"""A first convention asked by an ACI of Lens for 2020-2022, and the people around it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from funding.actions import files
from funding.actions.requests import save_request
from funding.enums import Act, Actor
from funding.figures.requests import dossier_of
from structures.enums import AttachmentKind, Status
from structures.models import Convention, ConventionRequest, User
from structures.rules.merging import fingerprint
from structures.rules.requests import PIECES
from tests.funding.factories import SigningDelegationFactory
from tests.structures.factories import (
    AgencyFactory,
    AttachmentContentFactory,
    DraftConventionFactory,
    MembershipFactory,
    RequestFactory,
    RequestPostFactory,
    StructureFactory,
    UserFactory,
)

DAY = date(2019, 12, 2)
AGENT, HEAD, DIRECTION = Actor.AGENT, Actor.SIGNATORY, Actor.DIRECTION
STRANGER = "STRANGER"


@dataclass
class World:
    convention: Convention
    request: ConventionRequest
    people: dict[str, User]

    @property
    def structure(self):
        return self.convention.structure

    def move(self, act: Act, actor: str, **options):
        options = {"reason": "Parce que", "on": DAY} | options
        change = files.move_convention(
            convention=self.convention, act=act, by=self.people[actor], **options
        )
        self.convention.refresh_from_db()
        return change

    def put(self, status: Status, **fields):
        """As if it had come there."""
        fields = {"state": status, **fields}
        if status not in ("DRAFT", "INSTRUCTION", "CORRECTION", "OPINION", "READY"):
            fields.setdefault("signed_on", date(2019, 11, 4))
        Convention.objects.filter(pk=self.convention.pk).update(**fields)
        self.convention.refresh_from_db()

    def values(self):
        return dossier_of(self.convention, on=DAY).values

    def seen(self):
        """The marks of a window opened now."""
        return {name: fingerprint(value) for name, value in self.values().items()}

    def save(self, actor, seen=None, **values):
        return save_request(
            convention=self.convention,
            values=values,
            seen=self.seen() if seen is None else seen,
            by=self.people[actor],
            on=DAY,
        )


def make_world(*, filled=True) -> World:
    structure = StructureFactory(name="Les Jardins de Lens")
    convention = DraftConventionFactory(structure=structure)
    request = RequestFactory(convention=convention, filled=filled)
    if filled:
        for year in (2020, 2021, 2022):
            RequestPostFactory(request=request, year=year, etp=Decimal(10))
        for kind in PIECES:
            AttachmentContentFactory(
                attachment__convention=convention,
                attachment__kind=AttachmentKind(kind),
            )
    agency = AgencyFactory()
    agent, head = UserFactory(), UserFactory()
    MembershipFactory(agent=True, user=agent, agency=agency)
    MembershipFactory(agent=True, user=head, agency=agency)
    SigningDelegationFactory(user=head, agency=agency)
    people = {
        AGENT: agent,
        HEAD: head,
        DIRECTION: MembershipFactory(structure=structure).user,
        STRANGER: MembershipFactory(structure=StructureFactory()).user,
    }
    return World(convention, request, people)
