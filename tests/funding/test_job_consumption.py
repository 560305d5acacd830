"""Hours of closed months become ETP and euros of the annexe in force."""

from datetime import date
from decimal import Decimal

import pytest

from funding.enums import Job, VersionState
from funding.models import Consumption
from funding.rules.etp import monthly_etp
from parcours.enums import StatementState
from tests.funding.factories import VersionFactory
from tests.funding.jobs import annexe_of, counts, hours_in, run_job
from tests.structures.factories import ConventionFactory

pytestmark = pytest.mark.django_db
MARCH, APRIL = date(2019, 3, 1), date(2019, 4, 1)


@pytest.fixture
def version():
    return annexe_of(2019)


def test_hours_become_the_etp_of_the_rule(version):
    hours_in(version.annexe.convention, MARCH, 113, 100)

    step = run_job(Job.CONSUMPTION, 2019)

    month = Consumption.objects.get()
    etp = monthly_etp(Decimal(213), hours_per_etp=Decimal(1820))
    assert month.etp == round(etp, 6)
    assert (month.persons, month.hours) == (2, Decimal(213))
    assert month.amount == Decimal("2363.95")  # 213 / 1 820 × 20 199
    assert counts(step) == (1, 0, 0, 0)


def test_a_second_run_changes_nothing(version):
    hours_in(version.annexe.convention, MARCH, 113)
    run_job(Job.CONSUMPTION, 2019)

    assert counts(run_job(Job.CONSUMPTION, 2019)) == (0, 0, 1, 0)


def test_one_more_hour_is_seen(version):
    [hours] = hours_in(version.annexe.convention, MARCH, 113)
    run_job(Job.CONSUMPTION, 2019)
    hours.hours += 1
    hours.save()

    assert counts(run_job(Job.CONSUMPTION, 2019)) == (0, 1, 0, 0)
    assert Consumption.objects.get().hours == 114


def test_a_reopened_month_no_longer_counts(version):
    [hours] = hours_in(version.annexe.convention, MARCH, 113)
    run_job(Job.CONSUMPTION, 2019)
    hours_in(version.annexe.convention, APRIL, 50)
    hours.statement.state = StatementState.DEBLOQUE
    hours.statement.save()

    run_job(Job.CONSUMPTION, 2019)

    assert [m.month for m in Consumption.objects.all()] == [APRIL]


def test_what_is_due_stops_at_the_total_of_the_annexe():
    small = annexe_of(2019, etp=Decimal("0.10"))
    hours_in(small.annexe.convention, MARCH, 120)
    hours_in(small.annexe.convention, APRIL, 120)

    run_job(Job.CONSUMPTION, 2019)

    march, april = Consumption.objects.all()
    assert march.due == march.amount == Decimal("1331.80")
    assert april.due == small.total - march.due < april.amount


def test_a_zero_hour_person_is_no_beneficiary_of_the_month(version):
    hours_in(version.annexe.convention, MARCH, 113, 0)

    run_job(Job.CONSUMPTION, 2019)

    assert Consumption.objects.get().persons == 1


def test_an_archived_version_serves_the_months_only_it_covered(version):
    annexe = version.annexe
    version.asp_id = 1
    version.state, version.ends_on = VersionState.HISTORISE, date(2019, 3, 31)
    version.save()
    newer = VersionFactory(
        annexe=annexe, modification=1, starts_on=APRIL, hours_per_etp=1820
    )
    hours_in(annexe.convention, MARCH, 113)
    hours_in(annexe.convention, APRIL, 113)

    run_job(Job.CONSUMPTION, 2019)

    assert [m.version for m in Consumption.objects.all()] == [version, newer]


def test_hours_without_annexe_say_so_and_stop_nobody(version):
    hours_in(version.annexe.convention, MARCH, 113)
    alone = ConventionFactory()
    hours_in(alone, MARCH, 80)

    step = run_job(Job.CONSUMPTION, 2019)

    assert counts(step) == (1, 0, 0, 1)
    [line] = step.lines.filter(structure=alone.structure)
    assert line.reason.startswith("Aucune annexe en vigueur pour 03/2019")
