"""A modulated share above the law, an annexe outside its convention: PostgreSQL refuses.

Raw SQL, as the application’s role sends it.
"""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from structures.enums import Measure
from structures.law import in_force
from tests.funding.factories import ModulationFactory, VersionFactory

pytestmark = pytest.mark.django_db

MODULATION = """
    INSERT INTO funding_modulation (annexe_id, rate, base, amount, notified_on)
    VALUES (%s, %s, %s, %s, %s)"""
SOCLE = 201_990
MOVE = "UPDATE funding_annexeversion SET {} WHERE id = %s"


def run(statement, values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def refused(constraint, statement, values):
    with pytest.raises(IntegrityError) as error:
        run(statement, values)
    assert error.value.__cause__.diag.constraint_name == constraint


def modulation(version, percent, *, amount=None, base=SOCLE, on=date(2019, 4, 16)):
    amount = base * percent / 100 if amount is None else amount
    return [version.annexe_id, percent / 100, base, amount, on]


@pytest.mark.parametrize(
    "terms, percent, passes",
    [
        ({}, 10, True),
        ({}, 10.001, False),
        ({"is_prison": True}, 5, True),
        ({"is_prison": True}, 5.001, False),
        ({"annexe__convention__measure": Measure.ACI_MP}, 5.001, False),
    ],
)
def test_the_modulated_share_is_within_the_law(terms, percent, passes):
    values = modulation(VersionFactory(**terms), percent)
    if passes:
        run(MODULATION, values)
    else:
        refused("modulation_within_law", MODULATION, values)


def test_the_law_is_that_of_the_day():
    assert in_force("modulation_part_maximale", on=date(2019, 4, 16)).value * 100 == 10
    before = modulation(VersionFactory(), 1, on=date(2013, 12, 31))
    refused("modulation_within_law", MODULATION, before)


def test_an_amount_above_its_rate_is_refused():
    values = modulation(VersionFactory(), 5, amount=SOCLE * 0.11)
    refused("modulation_within_law", MODULATION, values)


def test_the_base_is_no_more_than_the_annexe():
    values = modulation(VersionFactory(), 10, base=SOCLE + 1)
    refused("modulation_base_of_annexe", MODULATION, values)


def test_a_modulation_raised_later_is_refused():
    found = ModulationFactory()
    raise_it = "UPDATE funding_modulation SET rate = 0.11 WHERE id = %s"
    refused("modulation_within_law", raise_it, [found.pk])


@pytest.mark.parametrize(
    "dates",
    [
        {"starts_on": date(2017, 12, 31)},
        {"ends_on": date(2021, 1, 1)},
    ],
)
def test_an_annexe_runs_within_its_convention(dates):
    with pytest.raises(IntegrityError, match="dans celles de sa convention"):
        VersionFactory(**dates)


@pytest.mark.parametrize(
    "change", ["starts_on = '2017-12-31'", "ends_on = '2021-01-01'"]
)
def test_it_does_not_move_out_of_it(change):
    version = VersionFactory(draft=True)
    refused("version_in_convention", MOVE.format(change), [version.pk])


def test_what_comes_from_the_asp_is_kept_as_it_comes():
    """A real A2 carries 2021 and 2022: an annexe after the term its number gives."""
    version = VersionFactory(asp_id=7, ends_on=date(2022, 12, 31))
    run(MOVE.format("ends_on = '2023-12-31'"), [version.pk])
    refused("version_in_convention", MOVE.format("asp_id = NULL"), [version.pk])


def test_a_version_moves_on_after_its_convention_was_cut_short():
    version = VersionFactory()
    version.annexe.convention.ends_on = date(2019, 6, 30)
    version.annexe.convention.save()
    run(MOVE.format("state = 'HISTORISE'"), [version.pk])
    version.refresh_from_db()
    assert version.state == "HISTORISE"
