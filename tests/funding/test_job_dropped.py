"""The campaign and an annexe that was abandoned or refused in the year."""

from datetime import date
from decimal import Decimal

import pytest

from funding.enums import Job, VersionState
from funding.models import AnnexeVersion
from tests.funding.factories import EnvelopeFactory, VersionFactory
from tests.funding.jobs import annexe_of, counts, draft, run_job

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def socle():
    return EnvelopeFactory(departmental=True, year=2019)


@pytest.mark.parametrize("state", [VersionState.ANNULE, VersionState.REJETE])
def test_what_was_dropped_waits_for_somebody_to_prepare_it_again(state):
    annexe_of(2019)
    run_job(Job.CONVENTIONS, 2020)
    AnnexeVersion.objects.filter(pk=draft().pk).update(state=state)

    step = run_job(Job.CONVENTIONS, 2020)

    [told] = step.lines.all()
    assert (told.outcome, told.annexe.year) == ("BLOCKED", 2020)
    assert "préparez-la de nouveau depuis la page de la convention" in told.reason


def test_a_draft_prepared_again_follows_the_new_socle():
    dropped = annexe_of(2020, state=VersionState.ANNULE)
    VersionFactory(
        annexe=dropped.annexe,
        modification=1,
        etp=Decimal("4.50"),
        state=VersionState.BROUILLON,
        is_written=True,
    )

    step = run_job(Job.CONVENTIONS, 2020, on=date(2020, 2, 10))

    assert counts(step) == (0, 1, 0, 0)
    assert (draft().modification, draft().total) == (1, Decimal("91984.50"))
    dropped.refresh_from_db()
    assert (dropped.etp, dropped.unit_amount) == (10, 20199)
