"""Two ACI of the Pas-de-Calais with an annexe signed through the table, and its money."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import StringIO

from django.core.management import call_command

from funding.enums import Act, Actor
from funding.models import AnnexeVersion, Envelope
from structures.models import Structure, User
from tests.funding.factories import AnnexeFactory, PartFactory, VersionFactory
from tests.funding.lifecycle import world as files
from tests.structures.factories import ConventionFactory, StructureFactory

TODAY = date(2019, 12, 2)
SIRET = "73282932000074"  # its key is right


@dataclass
class World:
    files: files.World
    first: AnnexeVersion
    second: AnnexeVersion

    @property
    def agent(self) -> User:
        return self.files.people[Actor.AGENT]

    @property
    def direction(self) -> User:
        return self.files.people[Actor.DIRECTION]

    @property
    def structure(self) -> Structure:
        return self.first.annexe.convention.structure

    @property
    def other(self) -> Structure:
        return self.second.annexe.convention.structure

    @property
    def envelope(self) -> Envelope:
        return self.files.envelope

    def sign(self, version: AnnexeVersion, on=TODAY) -> None:
        for act, actor in (
            (Act.SUBMIT, Actor.AGENT),
            (Act.VALIDATE, Actor.AGENT),
            (Act.SIGN, Actor.SIGNATORY),
        ):
            self.files.move(act, actor, version, on=on)
        version.refresh_from_db()


def make_world(*, etp="12.00", other_etp="10.00") -> World:
    """Both at 20,199 € an ETP over 2019, signed on 20 March."""
    base = files.make_world(funded=Decimal(900_000))
    first = base.version
    AnnexeVersion.objects.filter(pk=first.pk).update(
        etp=etp, total=Decimal(etp) * 20199
    )
    first.refresh_from_db()
    first.parts.update(etp=etp, posts=etp, amount=first.total)
    convention = ConventionFactory(structure=StructureFactory(name="Récup’Artois"))
    annexe = AnnexeFactory(convention=convention)
    second = VersionFactory(annexe=annexe, etp=Decimal(other_etp), draft=True)
    PartFactory(version=second, envelope=base.envelope)
    found = World(base, first, second)
    for version in (first, second):
        found.sign(version, on=files.DAY)
    return found


def audit() -> str:
    """Runs `manage.py audit`; it exits when something is off."""
    out = StringIO()
    call_command("audit", stdout=out)
    return out.getvalue()
