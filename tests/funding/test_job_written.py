"""Drafts whose terms somebody wrote: kept, at the amount of the day."""

from datetime import date
from decimal import Decimal

import pytest

from funding.enums import Job, Line, VersionState
from funding.models import AnnexeVersion, Envelope
from tests.funding.factories import EnvelopeFactory, PartFactory
from tests.funding.jobs import annexe_of, counts, draft, line, run_job
from tests.structures.factories import ConventionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def socle():
    """The IAE line of 2019, under the département, the région and the nation."""
    return EnvelopeFactory(departmental=True, year=2019)


def test_terms_that_were_written_are_kept_and_follow_the_new_socle(socle):
    """ETP, cofinancing and earmark of the agent, at the amount of the day."""
    erbm = line(socle, Line.ERBM)
    line(socle, Line.CD)
    annexe_of(2019)
    run_job(Job.CONVENTIONS, 2020)
    made = draft()
    AnnexeVersion.objects.filter(pk=made.pk).update(
        etp=Decimal("8.50"), cofinanced=Decimal(30000), is_written=True
    )
    PartFactory(version=made, envelope=envelope_of_2020(erbm), etp=2, posts=3)

    step = run_job(Job.CONVENTIONS, 2020, on=date(2020, 2, 10))

    [done] = step.lines.all()
    assert done.reason == (
        "Ses termes ont été écrits : ils sont gardés, au montant en vigueur."
    )
    assert (draft().etp, draft().total) == (Decimal("8.50"), Decimal("173748.50"))
    parts = {part.envelope.line: part for part in draft().parts.all()}
    assert {line: part.amount for line, part in parts.items()} == {
        Line.CD: 30000,
        Line.ERBM: Decimal("40882.00"),
        Line.IAE_SOCLE: Decimal("102866.50"),
    }
    assert (parts[Line.ERBM].etp, parts[Line.ERBM].posts) == (2, 3)
    again = run_job(Job.CONVENTIONS, 2020, on=date(2020, 2, 10))
    assert counts(again) == (0, 0, 1, 0)


def envelope_of_2020(envelope):
    return Envelope.objects.get(
        year=2020, line=envelope.line, departement=envelope.departement
    )


def test_a_draft_made_by_hand_is_no_longer_blocked():
    """No annexe the year before: the ETP are the agent’s, the amount is the law’s."""
    convention = ConventionFactory(starts_on=date(2020, 1, 1))
    version = annexe_of(
        2020,
        convention=convention,
        etp=Decimal("4.50"),
        unit_amount=Decimal(20199),
        state=VersionState.BROUILLON,
        is_written=True,
    )

    step = run_job(Job.CONVENTIONS, 2020, on=date(2020, 2, 10))

    assert counts(step) == (0, 1, 0, 0)
    version.refresh_from_db()
    assert (version.etp, version.total) == (Decimal("4.50"), Decimal("91984.50"))
