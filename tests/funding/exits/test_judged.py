"""The exits judged on a page and those the yearly job counts are the same."""

from collections import Counter
from datetime import date

import pytest

from funding.enums import Job
from funding.models import OutcomeReport
from parcours.enums import ExitCategory, ExitExclusion
from parcours.figures.exits import foreseen_exit, judged_exits, rates_of
from parcours.models import ExitMotive
from structures.enums import Measure, StructureKind
from structures.models import LegalValue
from tests.funding.jobs import exit_after, run_job
from tests.parcours.factories import ContractFactory
from tests.structures.factories import ConventionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]
DAY = date(2019, 12, 2)
D1, T1, P1, A1, R5 = (
    ("D1", ExitCategory.DURABLE),
    ("T1", ExitCategory.TRANSITION),
    ("P1", ExitCategory.POSITIVE),
    ("A1", ExitCategory.OTHER),
    ("R5", ExitCategory.WITHDRAWN),
)


@pytest.fixture
def home():
    return ConventionFactory(starts_on=date(2018, 1, 1)).structure


def leave(home, *stays):
    for days, motive, hours in stays:
        exit_after(days, motive, structure=home, hours=hours)


def kinds(judged):
    return Counter(it.exclusion or it.category for it in judged)


def test_each_exit_counts_as_in_the_job(home):
    leave(home, (200, D1, 300), (200, T1, 300), (81, P1, 300), (80, A1, 300))
    leave(home, (200, A1, 0), (200, R5, 300), (200, A1, 1))
    run_job(Job.OUTCOMES, 2018)

    report = OutcomeReport.objects.get(structure=home)
    found = kinds(judged_exits(home, year=2018, on=DAY))
    names = (*ExitCategory, *ExitExclusion)
    assert {it: found[it] for it in names} == {
        it: getattr(report, it.lower()) for it in names
    }


def test_an_ai_counts_by_the_hours_of_the_whole_stay():
    home = ConventionFactory(
        starts_on=date(2018, 1, 1),
        structure__kind=StructureKind.AI,
        measure=Measure.AI_DC,
    ).structure
    leave(home, (20, D1, 149), (20, D1, 150))
    run_job(Job.OUTCOMES, 2018)

    judged = judged_exits(home, year=2018, on=DAY)
    report = OutcomeReport.objects.get(structure=home)
    assert kinds(judged) == {
        ExitCategory.DURABLE: report.durable,
        ExitExclusion.TOO_FEW_HOURS: report.too_few_hours,
    }
    assert any("149 h en tout, il en faut 150" in it.told for it in judged)


def test_what_is_left_out_says_its_figure(home):
    leave(home, (80, A1, 300))
    [one] = judged_exits(home, year=2018, on=DAY)

    assert one.told == (
        "Ne compte pas : 80 jours entre l’embauche et la sortie, il en faut plus de 80."
    )


def test_without_exits_there_is_no_rate(home):
    rates = rates_of(judged_exits(home, year=2018, on=DAY))

    assert (rates.examined, rates.dynamic, rates.durable) == (0, None, None)


def test_an_exit_is_foreseen_with_the_rates_before_and_after(home):
    leave(home, (200, A1, 300))
    stay = ContractFactory(
        structure=home, starts_on=date(2018, 2, 1), ends_on=date(2018, 12, 31)
    )
    exit_after(300, D1, structure=home)
    motive = ExitMotive.objects.get(pk="A1")

    seen = foreseen_exit(stay, motive, left_on=date(2018, 11, 30), on=DAY)

    assert (seen.before.examined, seen.after.examined) == (2, 2)
    assert "0 h dans l’année" in seen.told


@pytest.mark.parametrize("exits", [1, 12])
def test_the_year_is_judged_in_a_fixed_number_of_queries(
    home, django_assert_num_queries, exits
):
    leave(home, *([(200, D1, 300)] * exits))
    assert LegalValue.objects.exists()

    with django_assert_num_queries(5):
        judged_exits(home, year=2018, on=DAY)
