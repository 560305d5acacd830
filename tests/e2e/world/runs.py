"""A finished campaign with a blocked structure, a failed one, one that runs; figures."""

from datetime import UTC, date, datetime
from decimal import Decimal

from funding.enums import Job, LineOutcome, Relation, StepStatus
from funding.models import Campaign
from structures.models import Departement, User
from tests.funding.factories import (
    CampaignFactory,
    ImportRunFactory,
    PartFactory,
    PublishedFigureFactory,
    StepFactory,
    StepLineFactory,
    VersionFactory,
)

BLOCKED = (
    "Aucune annexe de 2019 n’est en vigueur : les ETP à reconduire sont inconnus. "
    "Validez l’annexe de 2019, puis relancez la campagne."
)

FAILURE = (
    "Le calcul s’est arrêté : délai dépassé. Rien n’a été modifié pour ce département. "
    "Relancez la campagne."
)


def write_runs(structures):
    write_done(structures)
    failed = CampaignFactory(year=2019)
    finished(failed, Job.OUTCOMES, 2017, status=StepStatus.FAILED, error=FAILURE)
    write_waiting()
    ImportRunFactory(finished_at=datetime(2019, 12, 1, 8, tzinfo=UTC), is_applied=True)
    write_published()


def write_done(structures):
    agent = User.objects.get(email__startswith="agent@")
    done = CampaignFactory(year=2020, launched_by=agent)
    for job, year in (
        (Job.CONSUMPTION, 2019),
        (Job.OUTCOMES, 2018),
        (Job.OUTCOMES, 2019),
        (Job.CONVENTIONS, 2020),
    ):
        step = finished(done, job, year, created=12, unchanged=1, blocked=1)
    for structure in structures[:12]:
        StepLineFactory(step=step, structure=structure)
        write_draft(structure)
    StepLineFactory(
        step=step,
        structure=structures[13],
        outcome=LineOutcome.BLOCKED,
        reason=BLOCKED,
    )


def write_draft(structure):
    convention = structure.conventions.get()
    version = VersionFactory(
        draft=True,
        annexe__convention=convention,
        annexe__year=2020,
        ends_on=min(convention.ends_on, date(2020, 12, 31)),
    )
    PartFactory(version=version)


def write_waiting():
    """No worker takes it: its page asks for itself again and again."""
    waiting = CampaignFactory(year=2021)
    StepFactory(campaign=waiting, job=Job.OUTCOMES, year=2020)
    StepFactory(campaign=waiting, job=Job.CONVENTIONS, year=2021)


def finished(campaign: Campaign, job, year, *, status=StepStatus.DONE, **fields):
    now = datetime(2019, 12, 2, 9, 30, tzinfo=UTC)
    return StepFactory(
        campaign=campaign,
        job=job,
        year=year,
        departement=Departement.objects.get(pk="62"),
        status=status,
        started_at=now,
        finished_at=now,
        **fields,
    )


def write_published():
    PublishedFigureFactory(
        code="structures",
        scope={"departement": "62", "on": "2019-12-02"},
        value=Decimal(14),
    )
    PublishedFigureFactory(
        code="etp",
        label="ETP subventionnés en 2019",
        measure="etp_agreed",
        scope={"departement": "62", "year": 2019},
        value=Decimal(3000),
        unit="ETP",
        relation=Relation.ABOUT,
        quote="3 000 postes d’insertion en équivalent temps plein",
    )
    PublishedFigureFactory(
        code="surface",
        label="Surface des locaux inaugurés",
        measure="",
        scope={},
        value=Decimal(907),
        unit="m²",
        quote="un bâtiment d’une surface de 907 m²",
    )
