"""A draft annexe of the Pas-de-Calais on a funded envelope, and the people around it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from funding.actions import files, ledger
from funding.enums import Act, Actor, Bucket
from funding.models import Account, AnnexeVersion, Envelope
from funding.rules.lifecycle.asp import ASP
from structures.enums import Status
from structures.models import User
from tests.funding.factories import (
    AnnexeFactory,
    EnvelopeFactory,
    PartFactory,
    SigningDelegationFactory,
    VersionFactory,
)
from tests.structures.factories import (
    AgencyFactory,
    ConventionFactory,
    MembershipFactory,
    UserFactory,
)

DAY = date(2019, 3, 20)
TOTAL = Decimal("201990.00")


@dataclass
class World:
    envelope: Envelope
    version: AnnexeVersion
    people: dict[Actor, User]

    def move(self, act: Act, actor: Actor, version=None, **options):
        options.setdefault("reason", "Parce que")
        change = files.move_version(
            version=version or self.version,
            act=act,
            by=self.people[actor],
            on=options.pop("on", DAY),
            **options,
        )
        self.version.refresh_from_db()
        return change

    def put(self, status: Status):
        """As if it had come there."""
        self.version.state, self.version.stage = ASP[status]
        self.version.save()
        self.version.refresh_from_db()

    def balances(self):
        """(available, reserved, committed, paid) of the envelope, in euros."""
        found = dict.fromkeys(Bucket, Decimal(0))
        for account in Account.objects.filter(envelope=self.envelope):
            found[Bucket(account.bucket)] += account.balance
        keys = (Bucket.AVAILABLE, Bucket.RESERVED, Bucket.COMMITTED, Bucket.PAID)
        return tuple(found[key] for key in keys)


def make_world(*, funded=Decimal(500_000)) -> World:
    envelope = EnvelopeFactory(departmental=True, year=2019)
    convention = ConventionFactory(
        starts_on=date(2018, 1, 1), ends_on=date(2020, 12, 31)
    )
    version = VersionFactory(annexe=AnnexeFactory(convention=convention), draft=True)
    PartFactory(version=version, envelope=envelope)
    fund(envelope, funded)
    agency = AgencyFactory()
    agent, head = UserFactory(), UserFactory()
    MembershipFactory(agent=True, user=agent, agency=agency)
    MembershipFactory(agent=True, user=head, agency=agency)
    SigningDelegationFactory(user=head, agency=agency)
    director = MembershipFactory(structure=convention.structure).user
    people = {Actor.AGENT: agent, Actor.SIGNATORY: head, Actor.DIRECTION: director}
    version.refresh_from_db()
    return World(envelope, version, people)


def fund(envelope: Envelope, amount: Decimal) -> None:
    """Money from the nation down to the envelope."""
    path = [envelope]
    while path[-1].parent:
        path.append(path[-1].parent)
    common = {"amount": amount, "on": DAY, "reference": "Circulaire", "by": None}
    ledger.notify(envelope=path.pop(), **common)
    for child in reversed(path):
        ledger.delegate(envelope=child, **common)
