"""The schedule of an annexe whose avenants shorten it, or were signed late."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from funding.actions import endings
from funding.actions.payments import record_payment
from funding.actions.terms import open_avenant, revise_terms
from funding.enums import VersionState
from funding.figures.payments import schedule_of
from structures.actions.life import Said
from tests.funding.life.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]
MONTHLY = Decimal(20_199)


@pytest.fixture
def world():
    """12 ETP over 2019, 242,388 €."""
    return make_world()


def close_in_june(world, *, signed_on):
    said = Said(on=date(2019, 6, 30), reason="Fin d’activité")
    endings.close_structure(
        structure=world.structure, said=said, by=world.agent, today=signed_on
    )
    draft = world.first.annexe.versions.get(state=VersionState.BROUILLON)
    world.sign(draft, on=signed_on)
    return draft


@pytest.mark.parametrize("signed_on", [date(2019, 6, 15), date(2019, 7, 15)])
def test_a_shortened_annexe_is_due_what_its_months_promise(world, signed_on):
    draft = close_in_june(world, signed_on=signed_on)

    found = schedule_of(world.first.annexe, on=date(2019, 12, 2))

    assert [it.promised for it in found.months] == [MONTHLY] * 6
    assert found.due == draft.total == 6 * MONTHLY


def test_an_avenant_signed_after_the_year_changes_what_was_due(world):
    draft = open_avenant(annexe=world.second.annexe)
    revise_terms(
        version=draft, etp=Decimal(9), cofinanced=Decimal(0), by=world.agent, on=None
    )
    world.sign(draft, on=date(2020, 1, 10))

    found = schedule_of(world.second.annexe, on=date(2020, 1, 15))

    assert found.due == draft.total == Decimal(181_791)
    assert min(it.due for it in found.months) == 0


def test_a_month_paid_before_the_annexe_was_shortened_is_recorded(world):
    close_in_june(world, signed_on=date(2019, 8, 15))

    record_payment(
        annexe=world.first.annexe,
        amount=MONTHLY,
        reference="ASP-7",
        **{"period": date(2019, 7, 1), "paid_on": date(2019, 7, 25)},
        **{"on": date(2019, 12, 2), "by": None, "key": uuid4()},
    )

    july = schedule_of(world.first.annexe, on=date(2019, 12, 2)).months[-1]
    assert (july.month, july.due, july.paid) == (date(2019, 7, 1), 0, MONTHLY)
