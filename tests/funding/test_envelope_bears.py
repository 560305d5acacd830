"""An envelope bears its own territory and perimeter, or PostgreSQL refuses (R82).

Raw SQL, as the application’s role sends it.
"""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from funding.actions.ledger import open_accounts
from funding.actions.ledger_refusals import (
    OutsidePerimeter,
    OutsideTerritory,
    YearRefused,
)
from tests.funding.factories import EnvelopeFactory, PartFactory, VersionFactory
from tests.structures.factories import (
    DepartementFactory,
    PerimeterCommuneFactory,
    PerimeterFactory,
    RegionFactory,
)

pytestmark = pytest.mark.django_db

ACCOUNT = """
    INSERT INTO funding_account (envelope_id, annexe_id, bucket)
    SELECT %(envelope)s, annexe_id, 'RESERVED' FROM funding_annexeversion
    WHERE id = %(version)s"""
PART = """
    INSERT INTO funding_annexepart (version_id, envelope_id, etp, posts, amount)
    VALUES (%(version)s, %(envelope)s, 1, 1, 20199)"""
TERRITORY, PERIMETER = "envelope_territory_of_annexe", "envelope_perimeter_of_annexe"


@pytest.fixture
def version():
    """A draft of 2019 in Lens."""
    return VersionFactory(draft=True)


@pytest.fixture
def paris():
    far = RegionFactory(code="11", name="Île-de-France")
    place = DepartementFactory(code="75", name="Paris", region=far)
    return EnvelopeFactory(departmental=True, departement=place)


def erbm(**options):
    """The earmark of the mining basin; nobody is in it unless a commune is given."""
    return EnvelopeFactory(earmark=True, perimeter=PerimeterFactory(), **options)


def run(statement, **values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def refused(constraint, statement, **values):
    with pytest.raises(IntegrityError) as error:
        run(statement, **values)
    assert error.value.__cause__.diag.constraint_name == constraint


@pytest.mark.parametrize("statement", [ACCOUNT, PART])
def test_paris_does_not_bear_the_pas_de_calais(statement, version, paris):
    refused(TERRITORY, statement, envelope=paris.pk, version=version.pk)


@pytest.mark.parametrize("statement", [ACCOUNT, PART])
def test_another_region_does_not_either(statement, version, paris):
    refused(TERRITORY, statement, envelope=paris.parent_id, version=version.pk)


@pytest.mark.parametrize("statement", [ACCOUNT, PART])
def test_an_earmark_bears_nothing_outside_its_perimeter(statement, version):
    refused(PERIMETER, statement, envelope=erbm().pk, version=version.pk)


@pytest.mark.parametrize("statement", [ACCOUNT, PART])
def test_an_earmark_bears_what_is_inside(statement, version):
    PerimeterCommuneFactory(perimeter=PerimeterFactory())
    run(statement, envelope=erbm().pk, version=version.pk)


@pytest.mark.parametrize(
    "since, until, inside",
    [
        (date(2019, 12, 31), None, True),
        (date(2020, 1, 1), None, False),
        (date(2017, 3, 7), date(2019, 1, 1), True),
        (date(2017, 3, 7), date(2018, 12, 31), False),
    ],
)
def test_a_day_of_the_year_in_the_perimeter_is_enough(version, since, until, inside):
    PerimeterCommuneFactory(since=since, until=until)
    values = {"envelope": erbm().pk, "version": version.pk}
    if inside:
        run(PART, **values)
    else:
        refused(PERIMETER, PART, **values)


def test_a_part_is_of_the_year_of_its_envelope(version):
    later = EnvelopeFactory(departmental=True, year=2020)
    refused("ledger_account_year", PART, envelope=later.pk, version=version.pk)


@pytest.mark.parametrize("name", ["paris", "erbm"])
def test_a_part_does_not_move_to_another_envelope(name, version, paris):
    part = PartFactory(version=version)
    other = paris if name == "paris" else erbm()
    refused(
        TERRITORY if name == "paris" else PERIMETER,
        "UPDATE funding_annexepart SET envelope_id = %(to)s WHERE id = %(part)s",
        to=other.pk,
        part=part.pk,
    )


@pytest.mark.parametrize("borne", [ACCOUNT, PART])
def test_an_envelope_does_not_shrink_under_what_it_bears(borne, version):
    envelope = EnvelopeFactory(departmental=True)
    run(borne, envelope=envelope.pk, version=version.pk)
    refused(
        PERIMETER,
        "UPDATE funding_envelope SET perimeter_id = %(perimeter)s WHERE id = %(id)s",
        perimeter=PerimeterFactory().pk,
        id=envelope.pk,
    )


def test_an_annexe_does_not_change_year_under_its_parts(version):
    PartFactory(version=version)
    refused(
        "ledger_account_year",
        "UPDATE funding_annexefinanciere SET year = 2018 WHERE id = %(id)s",
        id=version.annexe_id,
    )


def test_a_version_does_not_join_an_annexe_of_another_year(version):
    PartFactory(version=version)
    other = VersionFactory(
        draft=True, annexe__year=2018, annexe__convention=version.annexe.convention
    )
    refused(
        "ledger_account_year",
        "UPDATE funding_annexeversion SET annexe_id = %(to)s, modification = 1, "
        "state = 'REJETE' WHERE id = %(id)s",
        to=other.annexe_id,
        id=version.pk,
    )


@pytest.mark.parametrize(
    "envelope, refusal",
    [
        (lambda paris: paris, OutsideTerritory),
        (lambda paris: erbm(), OutsidePerimeter),
        (lambda paris: EnvelopeFactory(departmental=True, year=2018), YearRefused),
    ],
)
def test_the_person_reads_a_sentence(envelope, refusal, version, paris):
    with pytest.raises(refusal) as error:
        open_accounts(envelope=envelope(paris), annexe=version.annexe)
    assert error.value.user_message == refusal.user_message
