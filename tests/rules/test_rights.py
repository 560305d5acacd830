"""Rights: numbers of a PASS, suspensions in any order, and the days that open the aid."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcours.enums import ProlongationReason, Regime, Severity
from parcours.rules.aid import aid_spans
from parcours.rules.findings import is_refused, refusal, warning
from parcours.rules.pass_iae import (
    Suspension,
    SuspensionLaw,
    pass_end,
    suspension_findings,
)
from parcours.rules.prolongations import prolongation_decider
from parcours.rules.regimes import Right, is_pass_number, right_findings
from structures.enums import StructureKind
from structures.rules.periods import Span

DAYS = st.dates(min_value=date(2021, 9, 1), max_value=date(2026, 12, 31))
SPANS = st.tuples(DAYS, st.integers(min_value=0, max_value=400)).map(
    lambda it: Span(it[0], it[0] + timedelta(days=it[1]))
)
SUSPENSIONS = st.lists(SPANS, max_size=5)


def suspended(spans):
    return [Suspension(starts_on=one.starts_on, ends_on=one.ends_on) for one in spans]


@given(DAYS, SUSPENSIONS)
def test_a_suspension_never_shortens_a_pass(starts_on, spans):
    plain = pass_end(starts_on, days=729)

    assert pass_end(starts_on, days=729, suspensions=suspended(spans)) >= plain


@given(DAYS, SUSPENSIONS, st.randoms())
def test_the_order_of_suspensions_does_not_matter(starts_on, spans, random):
    shuffled = random.sample(spans, len(spans))

    assert pass_end(starts_on, days=729, suspensions=suspended(shuffled)) == pass_end(
        starts_on, days=729, suspensions=suspended(spans)
    )


@given(SPANS, SPANS, SUSPENSIONS)
def test_the_aid_runs_on_the_days_of_the_contract_that_nothing_suspends(
    contract, parcours, pauses
):
    spans = aid_spans(
        contract_starts_on=contract.starts_on,
        contract_ends_on=contract.ends_on,
        parcours=parcours,
        suspensions=pauses,
    )

    for number in range(contract.days):
        day = contract.starts_on + timedelta(days=number)
        is_open = parcours.holds(day) and not any(one.holds(day) for one in pauses)
        assert sum(span.holds(day) for span in spans) == is_open


def test_a_suspension_that_ends_before_it_starts_is_told_first():
    asked = Suspension(starts_on=date(2022, 3, 2), ends_on=date(2022, 3, 1))

    [found] = suspension_findings(
        asked,
        right=Span(date(2021, 9, 15), date(2023, 9, 14)),
        others=[],
        declared_on=date(2022, 3, 2),
        law=SuspensionLaw(interruption=15, most=36, back=365),
    )

    assert found.code == "BACKWARDS"


@pytest.mark.parametrize(
    "text, is_one",
    [
        ("999990000001", True),
        ("99999 00 00001", True),
        ("99999000000", False),
        ("062190000001", False),
        ("99999000000١", False),
        ("", False),
    ],
)
def test_the_number_of_a_pass(text, is_one):
    assert is_pass_number(text) == is_one


def test_a_person_entered_without_agrement_needs_one_elsewhere():
    free = Right(
        regime=Regime.FREE,
        number="",
        starts_on=date(2019, 1, 1),
        ends_on=date(2020, 12, 31),
    )

    [found] = right_findings(
        kind=StructureKind.ACI,
        on=date(2019, 6, 3),
        right=free,
        pass_since=date(2021, 9, 1),
        tried_since=date(2019, 12, 1),
    )

    assert found.code == "NO_RIGHT"


@pytest.mark.parametrize("reason", ProlongationReason)
def test_every_prolongation_is_decided_by_somebody(reason):
    assert prolongation_decider(reason)


def test_a_warning_lets_it_through():
    look, change = warning("A", "Vérifiez."), refusal("B", "Corrigez.")

    assert look.severity == Severity.WARNING
    assert not is_refused([look])
    assert is_refused([look, change])
