"""Rules that run in SQL or on a page as well: random years, both ways, the same answer."""

import random
from datetime import date
from decimal import Decimal

import pytest

from funding.enums import Criterion, Job
from funding.figures.annexes import etp_by_month, versions_of, year_so_far
from funding.figures.realisation import total_of, totals_by, with_year
from funding.models import OutcomeReport
from funding.rules.etp import mean_to_date
from funding.rules.modulation import modulation_score, relative_mark
from funding.views.structure import in_words
from structures.enums import StructureKind
from structures.figures.legal_values import legal_value
from structures.models import Structure
from structures.templatetags import formats
from tests.funding.factories import ConsumptionFactory, OutcomeReportFactory
from tests.funding.jobs import annexe_of, run_job
from tests.structures.factories import (
    CommuneFactory,
    DepartementFactory,
    StructureFactory,
)

pytestmark = pytest.mark.django_db
END = date(2019, 12, 31)


def year_of_months(draw):
    """ETP of some months of 2019, to the millionth, as the job writes them."""
    entered = draw.sample(range(1, 13), draw.randint(1, 12))
    return {n: Decimal(draw.randrange(20_000_000)).scaleb(-6) for n in entered}


@pytest.mark.parametrize("seed", range(8))
def test_the_mean_to_date_is_the_rule_s_on_the_page_and_in_the_lists(seed):
    etp = year_of_months(random.Random(seed))
    version = annexe_of(2019)
    structure = version.annexe.convention.structure
    for n, realised in etp.items():
        ConsumptionFactory(version=version, month=date(2019, n, 1), etp=realised)
    mean = mean_to_date(etp)

    versions = versions_of(structure, year=2019)
    months = etp_by_month(structure, versions, year=2019)
    page = year_so_far(structure, versions, months, year=2019)
    [listed] = with_year(Structure.objects.all(), year=2019)
    [kind] = totals_by("kind", Structure.objects.all(), year=2019, on=END)

    assert page.realised == mean.etp
    assert [listed.realised, kind.realised] == pytest.approx([mean.etp] * 2)
    named = [formats.month(date(2019, n, 1)) for n in mean.missing]
    assert in_words(months) == ", ".join(named)


def test_a_year_without_a_month_entered_has_no_mean_anywhere():
    version = annexe_of(2019)
    structure = version.annexe.convention.structure
    versions = versions_of(structure, year=2019)
    months = etp_by_month(structure, versions, year=2019)

    [listed] = with_year(Structure.objects.all(), year=2019)
    rows = totals_by("kind", Structure.objects.all(), year=2019, on=END)

    page = year_so_far(structure, versions, months, year=2019)
    found = [page, listed, rows[0], total_of(rows)]
    assert [row.realised for row in found] == [None] * 4 == [mean_to_date({})] * 4
    assert [row.rate for row in found] == [None] * 4


def region_of_reports(draw):
    """A dozen structures of two kinds and two départements; some marks are unknown."""
    north = DepartementFactory(code="59", name="Nord")
    places = [CommuneFactory(), CommuneFactory(code="59350", departement=north)]

    def share():
        return draw.choice([None, *[Decimal(draw.randrange(101)) / 100] * 9])

    for _ in range(12):
        kind = draw.choice([StructureKind.ACI, StructureKind.EI])
        exits = {name: draw.randrange(3) for name in ("durable", "positive", "other")}
        OutcomeReportFactory(
            structure=StructureFactory(kind=kind, commune=draw.choice(places)),
            minima_share=share(),
            effort=share(),
            transition=0,
            **exits,
        )


def marked(report):
    results = Decimal(report.dynamic) / report.examined if report.examined else None
    found = {
        Criterion.PUBLIC: report.minima_share,
        Criterion.EFFORT: report.effort,
        Criterion.RESULTATS: results,
    }
    return {name: value for name, value in found.items() if value is not None}


def score(report, peers):
    """By the rules; None when a family has no mark."""
    weights = {
        c: legal_value("modulation_poids", c, on=date(2018, 12, 31)).value
        for c in Criterion
    }
    marks = {}
    for name, value in marked(report).items():
        among = [marked(peer)[name] for peer in peers if name in marked(peer)]
        marks[name] = relative_mark(value, lowest=min(among), highest=max(among))
    try:
        return modulation_score(marks, weights=weights)
    except KeyError:
        return None


@pytest.mark.parametrize("seed", range(6))
def test_the_job_scores_as_the_rule_among_the_same_kind_of_the_region(seed):
    region_of_reports(random.Random(seed))

    run_job(Job.MODULATION, 2018)

    reports = list(OutcomeReport.objects.select_related("structure__commune"))
    for report in reports:
        peers = [r for r in reports if r.structure.kind == report.structure.kind]
        expected = score(report, peers)
        if report.structure.commune.departement_id == "59" or expected is None:
            assert report.score is None
        else:
            assert abs(report.score - expected) <= Decimal("0.000001")
    assert any(report.score for report in reports)
