"""Exits of a year: what counts, in which category, and what is left out and why."""

from datetime import date
from decimal import Decimal

import pytest

from funding.enums import Job
from funding.models import OutcomeReport, OutcomeRollup
from parcours.enums import ExitCategory
from structures.enums import StructureKind
from tests.funding.jobs import annexe_of, counts, exit_after, hours_in, run_job
from tests.structures.factories import (
    ConventionFactory,
    PerimeterCommuneFactory,
    StructureFactory,
)

pytestmark = pytest.mark.django_db
CDI = "D1", ExitCategory.DURABLE
JOBLESS = "A1", ExitCategory.OTHER
DEATH = "R5", ExitCategory.WITHDRAWN


def structure_of(kind):
    return ConventionFactory(structure=StructureFactory(kind=kind)).structure


def report(year=2018):
    run_job(Job.OUTCOMES, year)
    return OutcomeReport.objects.get(year=year)


@pytest.mark.parametrize("days, too_short", [(80, 1), (81, 0)])
def test_an_aci_stay_counts_from_81_days(days, too_short):
    exit_after(days, CDI, structure=structure_of(StructureKind.ACI))
    found = report()
    assert (found.too_short, found.durable) == (too_short, 1 - too_short)


@pytest.mark.parametrize("hours, too_few", [(149, 1), (150, 0)])
def test_an_ai_stay_counts_from_150_hours_of_the_whole_stay(hours, too_few):
    structure = structure_of(StructureKind.AI)
    left = exit_after(30, JOBLESS, structure=structure, hours=hours - 100)
    hours_in(structure.conventions.get(), date(2018, 8, 1), 100, contract=left.contract)
    found = report()
    assert (found.too_few_hours, found.other) == (too_few, 1 - too_few)


def test_an_aci_exit_without_an_hour_in_the_year_is_left_out():
    exit_after(200, CDI, structure=structure_of(StructureKind.ACI), hours=0)
    assert report().too_few_hours == 1


def test_a_withdrawn_exit_is_in_no_denominator():
    structure = structure_of(StructureKind.ACI)
    exit_after(200, DEATH, structure=structure)
    exit_after(200, CDI, structure=structure)
    found = report()
    assert (found.withdrawn, found.examined, found.dynamic) == (1, 1, 1)


def test_an_exit_after_the_business_date_is_not_known_yet():
    structure = structure_of(StructureKind.ACI)
    exit_after(200, CDI, structure=structure, left_on=date(2019, 12, 20))
    assert report(2019).examined == 0


def test_a_second_run_changes_nothing():
    exit_after(200, CDI, structure=structure_of(StructureKind.ACI))
    assert counts(run_job(Job.OUTCOMES, 2018)) == (1, 0, 0, 0)
    assert counts(run_job(Job.OUTCOMES, 2018)) == (0, 0, 1, 0)


def test_the_rollup_adds_up_the_departement_and_its_part_of_the_perimeter():
    exit_after(200, CDI, structure=structure_of(StructureKind.ACI))
    outside = StructureFactory(commune__arras=True)
    ConventionFactory(structure=outside)
    exit_after(200, JOBLESS, structure=outside)
    PerimeterCommuneFactory()  # Lens, where the first one is

    run_job(Job.OUTCOMES, 2018)

    whole = OutcomeRollup.objects.get(perimeter=None)
    basin = OutcomeRollup.objects.get(perimeter__isnull=False)
    assert (whole.structures, whole.durable, whole.other) == (2, 1, 1)
    assert (basin.structures, basin.durable, basin.other) == (1, 1, 0)


def test_the_score_places_a_structure_among_its_kind_of_the_region():
    best, worst = (
        annexe_of(2018, supervision_etp=etp) for etp in (Decimal(3), Decimal(1))
    )
    exit_after(200, CDI, structure=best.annexe.convention.structure)
    exit_after(200, JOBLESS, structure=worst.annexe.convention.structure)
    run_job(Job.OUTCOMES, 2018)

    step = run_job(Job.MODULATION, 2018)

    scores = dict(OutcomeReport.objects.values_list("structure", "score"))
    # Same public (35), the best effort (40) and results (25) against the worst.
    assert scores[best.annexe.convention.structure_id] == Decimal(1)
    assert scores[worst.annexe.convention.structure_id] == Decimal("0.35")
    assert counts(step) == (2, 0, 0, 0)


def test_a_structure_without_exit_has_no_score_and_the_reason():
    annexe_of(2018, supervision_etp=Decimal(1))
    run_job(Job.OUTCOMES, 2018)

    [line] = run_job(Job.MODULATION, 2018).lines.all()

    assert "aucune sortie examinée" in line.reason
