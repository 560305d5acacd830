"""Envelopes, annexes and what hangs on them, for tests. Fixed values, not random ones."""

from datetime import date
from decimal import Decimal

import factory

from funding.actions.ledger import open_accounts
from funding.enums import (
    Bucket,
    Job,
    Level,
    Line,
    LineOutcome,
    Phase,
    Relation,
    VersionState,
)
from funding.models import (
    Account,
    AnnexeFinanciere,
    AnnexePart,
    AnnexeVersion,
    Campaign,
    Consumption,
    Envelope,
    FreinCount,
    ImportRejection,
    ImportRun,
    Modulation,
    OutcomeReport,
    OutcomeRollup,
    PublishedFigure,
    Step,
    StepLine,
    VersionRejection,
)
from parcours.enums import FreinTheme
from structures.enums import StructureKind
from structures.rules.rounding import cents
from tests.structures.factories import (
    ConventionFactory,
    DepartementFactory,
    RegionFactory,
    StructureFactory,
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


class ConsumptionFactory(factory.django.DjangoModelFactory):
    """March 2019: 1,505 hours, that is 12 monthly ETP (R25)."""

    class Meta:
        model = Consumption

    annexe = factory.SelfAttribute("version.annexe")
    version = factory.SubFactory(VersionFactory)
    month = date(2019, 3, 1)
    persons = 15
    hours = Decimal("1505.00")
    etp = Decimal("12.000000")
    amount = Decimal("20199.00")
    due = Decimal("16832.50")


class OutcomeReportFactory(factory.django.DjangoModelFactory):
    """20 exits examined in 2018, 12 of them dynamic."""

    class Meta:
        model = OutcomeReport

    structure = factory.SubFactory(StructureFactory)
    year = 2018
    as_of = date(2019, 12, 2)
    durable = 4
    transition = 5
    positive = 3
    other = 8


class OutcomeRollupFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OutcomeRollup

    departement = factory.SubFactory(DepartementFactory)
    kind = StructureKind.ACI
    year = 2018
    as_of = date(2019, 12, 2)
    structures = 1
    durable = 4
    transition = 5
    positive = 3
    other = 8


class ModulationFactory(factory.django.DjangoModelFactory):
    """5 % of 201,990 €."""

    class Meta:
        model = Modulation

    annexe = factory.SubFactory(AnnexeFactory)
    rate = Decimal("0.05000")
    base = Decimal("201990.00")
    amount = Decimal("10099.50")


class CampaignFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Campaign

    year = 2020
    business_on = date(2019, 12, 2)


class StepFactory(factory.django.DjangoModelFactory):
    """Conventions of the Pas-de-Calais, waiting."""

    class Meta:
        model = Step

    campaign = factory.SubFactory(CampaignFactory)
    job = Job.CONVENTIONS
    phase = factory.LazyAttribute(lambda o: Phase[Job(o.job).name])
    year = factory.SelfAttribute("campaign.year")
    departement = factory.SubFactory(DepartementFactory)


class StepLineFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = StepLine

    step = factory.SubFactory(StepFactory)
    structure = factory.SubFactory(StructureFactory)
    outcome = LineOutcome.CREATED


class PublishedFigureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PublishedFigure

    code = factory.Sequence(lambda n: f"chiffre-{n}")
    label = "Structures conventionnées"
    measure = "structures"
    scope = {"departement": "62"}
    value = Decimal(122)
    unit = "structures"
    relation = Relation.EQUAL
    document = "Communiqué de presse"
    published_on = date(2019, 12, 2)
    quote = "122 structures"


class ImportRunFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ImportRun

    directory = "/flux"
    summary = {"read": 0}


class ImportRejectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ImportRejection

    run = factory.SubFactory(ImportRunFactory)
    file = "fluxIAE_Salarie_20191202.csv"
    line = 2
    reason = "Date illisible."


class FreinCountFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FreinCount

    annexe = factory.SubFactory(AnnexeFactory)
    theme = FreinTheme.MOBILITE
    concerned = 3
