"""Envelopes and annexes, for tests. Fixed values, not random ones."""

from datetime import date
from decimal import Decimal

import factory

from funding.actions.ledger import open_accounts
from funding.enums import Bucket, Level, Line, VersionState
from funding.models import (
    Account,
    AnnexeFinanciere,
    AnnexePart,
    AnnexePeriod,
    AnnexeVersion,
    Envelope,
    VersionRejection,
)
from structures.rules.rounding import cents
from tests.structures.factories import (
    ConventionFactory,
    DepartementFactory,
    RegionFactory,
)


class EnvelopeFactory(factory.django.DjangoModelFactory):
    """A root: the nation's IAE line of 2019.

    `regional`, `departmental` and `earmark` are one step further down each, with their
    mothers. Asking twice for the same one gives the same one.
    """

    class Meta:
        model = Envelope
        django_get_or_create = ["year", "line", "level", "region", "departement"]

    class Params:
        regional = factory.Trait(
            level=Level.REGIONAL,
            region=factory.SubFactory(RegionFactory),
            parent=factory.SubFactory(
                "tests.funding.factories.EnvelopeFactory",
                year=factory.SelfAttribute("..year"),
                line=factory.SelfAttribute("..line"),
            ),
        )
        departmental = factory.Trait(
            level=Level.DEPARTMENTAL,
            departement=factory.SubFactory(DepartementFactory),
            region=factory.SelfAttribute("departement.region"),
            parent=factory.SubFactory(
                "tests.funding.factories.EnvelopeFactory",
                regional=True,
                year=factory.SelfAttribute("..year"),
                line=factory.SelfAttribute("..line"),
                region=factory.SelfAttribute("..region"),
            ),
        )
        earmark = factory.Trait(
            level=Level.EARMARK,
            line=Line.ERBM,
            departement=factory.SubFactory(DepartementFactory),
            region=factory.SelfAttribute("departement.region"),
            parent=factory.SubFactory(
                "tests.funding.factories.EnvelopeFactory",
                departmental=True,
                year=factory.SelfAttribute("..year"),
                departement=factory.SelfAttribute("..departement"),
            ),
        )

    year = 2019
    level = Level.NATIONAL
    line = Line.IAE_SOCLE
    region = None
    departement = None
    parent = None


class AnnexeFactory(factory.django.DjangoModelFactory):
    """The annexe of 2019 of a convention."""

    class Meta:
        model = AnnexeFinanciere

    convention = factory.SubFactory(ConventionFactory)
    year = 2019
    number = factory.Sequence(lambda n: f"ACI{n:09d}"[:15])
    renewal = 1


class VersionFactory(factory.django.DjangoModelFactory):
    """M0, in force all year: 10 ETP at the socle of 2019; `draft=True` is BROUILLON."""

    class Meta:
        model = AnnexeVersion

    class Params:
        draft = factory.Trait(state=VersionState.BROUILLON, signed_on=None)

    annexe = factory.SubFactory(AnnexeFactory)
    modification = 0
    state = VersionState.VALIDE
    starts_on = factory.LazyAttribute(lambda o: date(o.annexe.year, 1, 1))
    ends_on = factory.LazyAttribute(lambda o: date(o.annexe.year, 12, 31))
    etp = Decimal("10.00")
    unit_amount = Decimal("20199.00")
    hours_per_etp = Decimal(1505)
    total = factory.LazyAttribute(lambda o: cents(o.etp * o.unit_amount))
    signed_on = factory.LazyAttribute(lambda o: o.starts_on)


class VersionRejectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = VersionRejection

    version = factory.SubFactory(VersionFactory)
    code = "REJ_01"


class PartFactory(factory.django.DjangoModelFactory):
    """The whole of its version, on the département's envelope."""

    class Meta:
        model = AnnexePart

    version = factory.SubFactory(VersionFactory)
    envelope = factory.SubFactory(
        EnvelopeFactory,
        departmental=True,
        year=factory.SelfAttribute("..version.annexe.year"),
    )
    etp = factory.SelfAttribute("version.etp")
    posts = factory.SelfAttribute("version.etp")
    amount = factory.SelfAttribute("version.total")


class PeriodFactory(factory.django.DjangoModelFactory):
    """The socle of 2019 for the ACI, from the start of a draft."""

    class Meta:
        model = AnnexePeriod

    version = factory.SubFactory(VersionFactory, draft=True)
    starts_on = factory.SelfAttribute("version.starts_on")
    unit_amount = Decimal("20199.00")


class AccountFactory(factory.django.DjangoModelFactory):
    """Opened as the application opens them: empty. Money comes by a transfer."""

    class Meta:
        model = Account

    envelope = factory.SubFactory(EnvelopeFactory)
    annexe = None
    bucket = Bucket.AVAILABLE

    @classmethod
    def _create(cls, model_class, *, envelope, annexe, bucket):
        return open_accounts(envelope=envelope, annexe=annexe)[Bucket(bucket)]
