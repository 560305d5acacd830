"""A small year for the tests of the jobs: one ACI, its annexe, its hours, its exits."""

from datetime import date, timedelta
from decimal import Decimal

from funding.actions import campaigns
from funding.enums import Job, Level, Phase, StepStatus, VersionState
from funding.models import AnnexeVersion, Step
from structures.models import Departement
from tests.funding.factories import CampaignFactory, EnvelopeFactory, VersionFactory
from tests.parcours.factories import (
    ContractFactory,
    ExitFactory,
    ExitMotiveFactory,
    MonthlyHoursFactory,
    MonthlyStatementFactory,
)
from tests.structures.factories import ConventionFactory, DepartementFactory

DAY = date(2019, 12, 2)


def run_job(job, year, *, on=DAY):
    """Run one job for the Pas-de-Calais as a worker would, and give its step back."""
    step = Step.objects.create(
        campaign=CampaignFactory(business_on=on),
        job=job,
        phase=Phase[Job(job).name],
        year=year,
        departement=DepartementFactory(),
    )
    step = campaigns.claim_step(campaign_id=step.campaign_id, worker="test")
    campaigns.run_step(step=step)
    assert step.status == StepStatus.DONE
    return step


def play_campaign(year, *, on=DAY):
    """Every step of a campaign, one after the other, as one worker would."""
    campaign = campaigns.start_campaign(
        year=year,
        business_on=on,
        departements=Departement.objects.filter(
            communes__structures__isnull=False
        ).distinct(),
    )
    while step := campaigns.claim_step(campaign_id=campaign.pk, worker="test"):
        campaigns.run_step(step=step)
    return campaign


def counts(step):
    return step.created, step.refreshed, step.unchanged, step.blocked


def annexe_of(year, *, convention=None, **fields):
    convention = convention or ConventionFactory()
    terms = {"hours_per_etp": Decimal(1820), "etp": Decimal("10.00")} | fields
    return VersionFactory(annexe__convention=convention, annexe__year=year, **terms)


def hours_in(convention, month, *hours, contract=None):
    statement = MonthlyStatementFactory(convention=convention, month=month)
    return [
        MonthlyHoursFactory(
            statement=statement, hours=h, **({"contract": contract} if contract else {})
        )
        for h in hours
    ]


def exit_after(days, motive, *, structure, hours=200, left_on=date(2018, 9, 28)):
    """Somebody of `structure` who stayed so many days and worked so many hours."""
    contract = ContractFactory(
        structure=structure,
        starts_on=left_on - timedelta(days=days),
        ends_on=left_on,
        parcours__starts_on=left_on - timedelta(days=days),
        parcours__ends_on=left_on + timedelta(days=300),
    )
    month = left_on.replace(day=1)
    convention = structure.conventions.get()
    statement = convention.statements.filter(month=month).first()
    statement = statement or MonthlyStatementFactory(convention=convention, month=month)
    MonthlyHoursFactory(statement=statement, contract=contract, hours=hours)
    code, category = motive
    return ExitFactory(
        contract=contract,
        exited_on=left_on,
        motive=ExitMotiveFactory(code=code, category=category),
    )


def draft():
    """The only one there is."""
    return AnnexeVersion.objects.get(state=VersionState.BROUILLON)


def line(mother, line_, **fields):
    """An earmark of 2019 under a line, or the département’s own."""
    return EnvelopeFactory(
        year=2019,
        level=Level.EARMARK,
        line=line_,
        departement=mother.departement,
        region=mother.region,
        parent=mother,
        **fields,
    )
