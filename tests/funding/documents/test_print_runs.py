"""Every annexe of a year printed in one go, started over, stopped on the way."""

import time
from datetime import date

import pytest

from funding.actions import print_runs
from funding.actions.print_runs import (
    RunRefused,
    open_run,
    print_next,
    start_run,
)
from funding.enums import PrintOutcome
from funding.figures.prints import print_progress
from funding.models import PrintRun
from funding.tasks import print_documents
from structures.models import Document
from structures.printing.render import LayoutFailed
from tests.funding.factories import PartFactory
from tests.structures.factories import DepartementFactory, DocumentTemplateFactory

pytestmark = pytest.mark.django_db
DAY = date(2019, 12, 2)
SECONDS = 30
ANNEXES = 122


@pytest.fixture
def place():
    return DepartementFactory()


def begun(place, number=0):
    for _ in range(number):
        PartFactory()
    return start_run(year=2019, departement=place, by=None, on=DAY)


def outcomes(run):
    return list(run.lines.values_list("outcome", flat=True))


def printed(place, number=0):
    run = begun(place, number)
    print_documents(run.pk)
    run.refresh_from_db()
    return run


def test_122_annexes_cost_less_than_half_of_thirty_seconds(place):
    """Of this process: what a busy machine adds, and PostgreSQL, are left the rest."""
    run = begun(place, ANNEXES)
    started = time.process_time()
    print_documents(run.pk)
    took = time.process_time() - started
    run.refresh_from_db()

    assert outcomes(run) == [PrintOutcome.MADE] * ANNEXES
    assert run.finished_at
    assert Document.objects.count() == ANNEXES
    assert took < SECONDS / 2, f"{took:.1f} s"


def test_printed_again_nothing_changes(place):
    printed(place, 3)

    again = printed(place)

    assert outcomes(again) == [PrintOutcome.UNCHANGED] * 3
    assert Document.objects.count() == 3


def test_progress_is_seen_after_each_batch(place, monkeypatch):
    monkeypatch.setattr(print_runs, "BATCH", 2)
    run = open_run(run_id=begun(place, 5).pk)

    seen = []
    while print_next(run=run):
        seen.append(print_progress(run).made)

    assert seen == [2, 4, 5]


def test_a_run_stopped_on_the_way_goes_on(place, monkeypatch):
    monkeypatch.setattr(print_runs, "BATCH", 2)
    run = begun(place, 5)
    print_next(run=open_run(run_id=run.pk))

    print_documents(run.pk)

    assert outcomes(run) == [PrintOutcome.MADE] * 5
    assert Document.objects.count() == 5


def test_one_that_is_refused_stops_no_other(place):
    run = begun(place, 3)
    DocumentTemplateFactory(kind="ANNEXE", text="{{ faux }}")

    print_documents(run.pk)
    run.refresh_from_db()

    assert outcomes(run) == [PrintOutcome.REFUSED] * 3
    assert "« faux » n’est pas un champ" in run.lines.first().reason
    assert run.finished_at


def test_a_layout_that_fails_is_said(place, monkeypatch):
    def fails(*args):
        raise LayoutFailed("typst")

    monkeypatch.setattr("structures.actions.documents.render", fails)
    run = printed(place, 1)

    assert run.lines.get().reason.startswith("La mise en page a échoué")


def test_two_runs_of_the_same_year_are_refused(place):
    begun(place, 1)

    with pytest.raises(RunRefused, match="déjà en préparation"):
        begun(place)
    assert PrintRun.objects.count() == 1


def test_a_year_without_annexe_is_refused(place):
    with pytest.raises(RunRefused, match="Aucune annexe de 2019"):
        begun(place)


def test_all_carry_the_state_of_the_ledger_when_it_began(place):
    run = printed(place, 2)

    assert run.anchor.startswith("0:")
