"""Late months counted in SQL are those the rule finds one by one."""

import random
from datetime import date, timedelta

import pytest

from parcours.enums import StatementState
from parcours.figures.late import last_month_due, late_by_structure, with_late_months
from parcours.rules.hours import is_late, month_is_covered
from structures.figures.legal_values import legal_value
from structures.models import Convention, Structure
from structures.rules.periods import month_end, months_later
from tests.parcours.factories import MonthlyStatementFactory
from tests.structures.factories import ConventionFactory

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2019, 1, 1)


def months_before(day, count):
    return [months_later(day.replace(day=1), -n) for n in range(count)]


def convention_with_months(draw, on):
    """A convention around a day, some of its months in some state."""
    starts_on = on - timedelta(days=draw.randrange(600))
    ends_on = on + timedelta(days=draw.randrange(-100, 200))
    period = {"starts_on": starts_on, "ends_on": max(ends_on, starts_on)}
    convention = ConventionFactory(**period, signed_on=starts_on)
    states = {}
    for month in months_before(on, 20):
        if month_is_covered(month, **period) and draw.random() < 0.7:
            states[month] = draw.choice(StatementState.values)
            MonthlyStatementFactory(
                convention=convention, month=month, state=states[month]
            )
    return convention, period, states


def late_by_rule(period, states, on):
    open_months = int(legal_value("saisie_delai", on=on).value)
    return sum(
        is_late(month, state=states.get(month), on=on, open_months=open_months)
        for month in months_before(last_month_due(on), 12)
        if month_is_covered(month, **period)
    )


@pytest.mark.parametrize("seed", range(25))
def test_late_months_are_those_the_rule_finds(seed):
    draw = random.Random(seed)
    on = NEW_YEAR + timedelta(days=draw.randrange(700))
    convention, period, states = convention_with_months(draw, on)

    found = with_late_months(Convention.objects.all(), on=on).first()

    assert (found.late if found else 0) == late_by_rule(period, states, on)
    [structure] = late_by_structure(Structure.objects.all(), on=on)
    assert (structure.late or 0) == late_by_rule(period, states, on)


@pytest.mark.parametrize("seed", range(12))
def test_a_month_is_due_the_day_after_its_delay_and_not_before(seed):
    month = date(2019, 1 + seed, 1)
    open_months = int(legal_value("saisie_delai", on=month).value)
    last = month_end(months_later(month, open_months))

    for on in (last, last + timedelta(days=1)):
        by_rule = is_late(month, state=None, on=on, open_months=open_months)
        assert (last_month_due(on) >= month) == by_rule


def test_nothing_is_due_after_the_closing_of_a_structure():
    on = date(2019, 12, 2)
    convention = ConventionFactory()
    for month in months_before(date(2019, 6, 1), 12):
        MonthlyStatementFactory(
            convention=convention, month=month, state=StatementState.VALIDE
        )
    [open_] = late_by_structure(Structure.objects.all(), on=on)
    assert open_.late > 0

    Structure.objects.update(closed_on=date(2019, 6, 30))

    [closed] = late_by_structure(Structure.objects.all(), on=on)
    assert closed.late == 0
    Structure.objects.update(closed_on=date(2017, 6, 30))
    [before] = late_by_structure(Structure.objects.all(), on=on)
    assert before.late is None
