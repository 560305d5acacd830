"""Conventions: three years at most, one at a time for a mesure."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from structures.models import Convention
from tests.structures.factories import ConventionFactory

pytestmark = pytest.mark.django_db


def test_three_years_to_the_day_are_accepted():
    convention = ConventionFactory(
        starts_on=date(2018, 1, 1), ends_on=date(2020, 12, 31)
    )
    assert Convention.objects.get() == convention


def test_a_day_more_is_refused_with_a_sentence():
    convention = ConventionFactory.build(
        starts_on=date(2018, 1, 1), ends_on=date(2021, 1, 1)
    )
    with pytest.raises(ValidationError, match="trois ans au plus"):
        convention.validate_constraints()


def test_a_day_more_is_refused_by_the_database():
    with pytest.raises(IntegrityError, match="convention_three_years"):
        ConventionFactory(starts_on=date(2018, 1, 1), ends_on=date(2021, 1, 1))


def test_two_conventions_of_one_mesure_never_overlap():
    first = ConventionFactory(starts_on=date(2018, 1, 1), ends_on=date(2020, 12, 31))
    with pytest.raises(IntegrityError, match="convention_one_at_a_time"):
        ConventionFactory(
            structure=first.structure,
            measure=first.measure,
            starts_on=date(2020, 12, 31),
            ends_on=date(2022, 12, 31),
        )
