"""What jobs and imports compute and leave, for tests."""

from datetime import date
from decimal import Decimal

import factory

from funding.enums import Job, LineOutcome, Phase, Relation
from funding.models import (
    Campaign,
    Consumption,
    FreinCount,
    ImportRejection,
    ImportRun,
    Modulation,
    OutcomeReport,
    OutcomeRollup,
    PublishedFigure,
    Step,
    StepLine,
)
from parcours.enums import FreinTheme
from structures.enums import StructureKind
from tests.funding.factories.annexes import AnnexeFactory, VersionFactory
from tests.structures.factories import DepartementFactory, StructureFactory


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
    """5 % of the 201,990 € of a version in force."""

    class Meta:
        model = Modulation

    annexe = factory.LazyFunction(lambda: VersionFactory().annexe)
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
