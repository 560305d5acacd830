"""Published figures beside ours: how they compare, and the rows they open."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from funding.actions import ledger
from funding.enums import Bucket, Job, Relation
from funding.figures.published import published_table, rows_behind
from funding.figures.published.measure import MEASURES
from funding.figures.published.scope import Scope
from funding.models import Account
from parcours.enums import ExitCategory
from tests.funding.factories import EnvelopeFactory, PartFactory
from tests.funding.factories import PublishedFigureFactory as Figure
from tests.funding.jobs import annexe_of, exit_after, run_job
from tests.parcours.factories import ContractFactory, PecFactory
from tests.structures.factories import (
    CommuneFactory,
    ConventionFactory,
    DepartementFactory,
    GroupFactory,
    PerimeterCommuneFactory,
    StructureFactory,
)

pytestmark = pytest.mark.django_db
DAY = "2019-12-02"
UD62 = {"departement": "62"}


def row(**fields):
    figure = Figure(**fields)
    return next(r for r in published_table() if r.code == figure.code)


@pytest.mark.parametrize(
    "relation, published, ok",
    [
        (Relation.EQUAL, 1, True),
        (Relation.EQUAL, 2, False),
        (Relation.MORE, 0, True),
        (Relation.MORE, 1, False),
        (Relation.ABOUT, "1.009", True),
        (Relation.ABOUT, "1.02", False),
    ],
)
def test_each_relation_binds_as_it_says(relation, published, ok):
    ConventionFactory()
    found = row(relation=relation, value=Decimal(published), scope=UD62 | {"on": DAY})
    assert (found.computed, found.ok) == (1, ok)
    assert found.gap == 1 - Decimal(published)


def test_a_rate_is_compared_to_the_percent_it_is_published_with():
    structure = ConventionFactory().structure
    for n in range(5):
        motive = ("D1", ExitCategory.DURABLE) if n < 3 else ("A1", ExitCategory.OTHER)
        exit_after(200, motive, structure=structure)
    run_job(Job.OUTCOMES, 2018)
    scope = UD62 | {"year": 2018}
    found = row(measure="dynamic_rate", unit="part", value=Decimal("0.60"), scope=scope)
    assert (found.computed, found.ok) == (Decimal("0.6"), True)


def test_before_any_outcome_the_rate_is_not_zero_but_unknown():
    ConventionFactory()
    scope = UD62 | {"year": 2018}
    found = row(measure="dynamic_rate", unit="part", value=Decimal("0.62"), scope=scope)
    assert (found.computed, found.ok) == (None, None)
    assert found.note.startswith("n.d.")


def test_another_territory_is_named_and_not_compared():
    DepartementFactory()
    found = row(scope=UD62 | {"on": DAY})
    assert (found.computed, found.ok) == (None, None)
    assert found.note == "Autre territoire : Pas-de-Calais (62) n’est pas dans la base."


def test_what_we_do_not_compute_says_so():
    ConventionFactory()
    assert row(measure="", unit="m²").note.startswith("Non calculé")


def test_a_group_is_counted_by_its_name():
    ConventionFactory(structure__group=GroupFactory(name="TRAJECTOIRE"))
    scope = UD62 | {"group": "TRAJECTOIRE"}
    assert row(measure="group_structures", scope=scope).computed == 1


def test_an_entry_counts_a_person_once_and_no_renewal():
    first = ContractFactory(starts_on=date(2019, 2, 4), ends_on=date(2019, 6, 3))
    ContractFactory(
        structure=first.structure,
        parcours=first.parcours,
        renews=first,
        hired_on=first.hired_on,
        starts_on=date(2019, 6, 4),
        ends_on=date(2019, 10, 3),
    )
    scope = UD62 | {"since": "2019-01-01", "until": DAY}
    assert row(measure="entries", unit="salariés", scope=scope).computed == 1


def test_the_share_of_rsa_is_of_those_in_contract_that_day():
    structure = StructureFactory()
    ContractFactory(structure=structure, rsa="OUI-NM")
    ContractFactory(structure=structure, rsa="NON")
    ContractFactory(structure=structure, rsa="OUI-M", ends_on=date(2019, 5, 3))
    found = row(measure="rsa_share", unit="part", scope=UD62 | {"on": DAY})
    assert found.computed == Decimal("0.5")


def test_a_growth_is_between_the_versions_in_force():
    before = annexe_of(2018, etp=Decimal("8.00"))
    annexe_of(2019, convention=before.annexe.convention, etp=Decimal("10.50"))
    scope = UD62 | {"year": 2019}
    assert row(measure="etp_growth", unit="ETP", scope=scope).computed == Decimal("2.5")
    [one] = rows_behind(row(measure="etp_growth", unit="ETP", scope=scope).code).rows
    assert one[2:] == (Decimal(8), Decimal("10.5"), Decimal("2.5"))


def test_posts_opened_in_the_year_have_a_cost_of_the_year_and_a_full_one():
    version = annexe_of(2019)
    PartFactory(version=version, posts=4, etp=2, amount=Decimal("40398"))
    scope = UD62 | {"year": 2019, "line": "IAE_SOCLE"}
    found = row(measure="aid_full_year", unit="€", scope=scope)
    assert found.computed == Decimal("80796")


@pytest.fixture
def committed():
    """1,000 € of an annexe engaged, 400 € of them paid."""
    version = annexe_of(2019)
    envelope = EnvelopeFactory(year=2019)
    return version, envelope


def test_what_is_engaged_is_committed_and_paid(committed):
    version, envelope = committed
    amounts = {"envelope": envelope, "annexe": version.annexe, "on": date(2019, 1, 2)}
    ledger.notify(
        envelope=envelope,
        amount=Decimal(5000),
        on=date(2019, 1, 1),
        reference="n",
        by=None,
    )
    for move, amount in (
        (ledger.reserve, 1000),
        (ledger.commit_annexe, 1000),
        (ledger.pay, 400),
    ):
        move(amount=Decimal(amount), reference="2019", by=None, **amounts)
    found = row(measure="aid_engaged", unit="€", scope=UD62 | {"year": 2019})
    assert found.computed == 1000
    assert rows_behind(found.code).rows[0][1:] == (
        envelope.get_line_display(),
        400,
        1000,
    )
    assert Account.objects.get(bucket=Bucket.PAID).balance == 400


def test_the_extra_cost_of_a_pec_is_of_the_months_of_the_year():
    member = PerimeterCommuneFactory()
    ConventionFactory()
    PecFactory(residence=member.commune, rate=Decimal("0.55"), is_preferential=True)
    scope = {"perimeter": "erbm", "year": 2018}
    # 9.88 × 24 × 52/12 × 3 months × 5 points
    found = row(measure="pec_extra_cost", unit="€", scope=scope)
    assert found.computed == Decimal("154.13")


def test_the_share_of_the_basin_opens_every_pec_of_the_region():
    inside = PerimeterCommuneFactory().commune
    outside = CommuneFactory(arras=True)
    for commune in (outside, inside, outside):
        PecFactory(residence=commune)
    scope = {"perimeter": "erbm", "region": "32", "year": 2018}
    behind = rows_behind(Figure(measure="pec_share", unit="part", scope=scope).code)
    assert [row[3] for row in behind.rows] == ["Oui", "Non", "Non"]
    assert behind.columns[3] == "Dans le périmètre (1 sur 3)"
    assert behind.total == Fraction(1, 3)


def test_what_an_earmark_received_opens_the_transfers_that_brought_it():
    earmark = EnvelopeFactory(earmark=True)
    PerimeterCommuneFactory()
    chain = [earmark.parent.parent.parent, earmark.parent.parent, earmark.parent]
    terms = {"amount": Decimal(900), "on": date(2019, 1, 2), "by": None}
    ledger.notify(envelope=chain[0], reference="notification", **terms)
    for child in [*chain[1:], earmark]:
        ledger.delegate(envelope=child, reference=f"vers {child.level}", **terms)
    scope = {"perimeter": "erbm", "year": earmark.year, "line": earmark.line}
    figure = Figure(measure="earmark_notified", unit="€", scope=scope)
    [row] = rows_behind(figure.code).rows
    assert row[1:4] == (date(2019, 1, 2), "Délégation", "Pas-de-Calais")
    assert row[4:] == (f"vers {earmark.level}", 900)


@pytest.mark.parametrize("name", sorted(MEASURES))
def test_the_rows_behind_a_figure_close_on_it(name):
    """Nearly empty, every measure answers; tests/seeds/test_computed.py fills them."""
    PerimeterCommuneFactory()
    annexe_of(2019)
    scope = UD62 if name not in PERIMETER else {"perimeter": "erbm", "region": "32"}
    dates = {"year": 2019, "on": DAY, "since": "2019-01-01", "until": DAY}
    figure = Figure(measure=name, scope=scope | dates | {"line": "IAE_SOCLE"})
    behind = rows_behind(figure.code)
    assert len(behind.columns) == len(behind.kinds)
    assert all(len(r) == len(behind.columns) for r in behind.rows)
    assert (
        behind.total == MEASURES[name].value(scope_of(figure)) or behind.total is None
    )


PERIMETER = {
    "pec_signed",
    "pec_share",
    "pec_extra_cost",
    "territories",
    "earmark_notified",
}


def scope_of(figure):
    return Scope.read(figure.scope)


def test_a_share_is_kept_exact_until_it_is_printed():
    structure = StructureFactory()
    for rsa in ("OUI-NM", "NON", "NON"):
        ContractFactory(structure=structure, rsa=rsa)
    figure = Figure(measure="rsa_share", unit="part", scope=UD62 | {"on": DAY})
    assert rows_behind(figure.code).total == Fraction(1, 3)
