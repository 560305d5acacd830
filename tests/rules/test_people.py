"""People: one identity, interviews in time, freins helped because something was done."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcours.enums import Criterion, EndKind, ProofAge, Sameness
from parcours.rules.criteria import CRITERIA, FIRST_LEVEL
from parcours.rules.ends import WORDS
from parcours.rules.following import interview_due_on, recent_since
from parcours.rules.freins import FreinAction, FreinFacts, frein_figures
from parcours.rules.identity import Identity, candidates, sameness_of, slips_between
from structures.law import history

DAYS = st.dates(min_value=date(2018, 1, 1), max_value=date(2024, 12, 31))
NAMES = st.text(alphabet="ABEILNORSTÉ -", max_size=12)
PEOPLE = st.builds(
    Identity,
    last_name=NAMES,
    first_name=NAMES,
    birth_on=st.sampled_from([date(1985, 5, 12), date(1985, 12, 5)]),
    nir_hash=st.sampled_from(["", "a1", "b2"]),
)
ACTIONS = st.builds(FreinAction, started_on=DAYS, is_external=st.booleans())
FREINS = st.builds(
    FreinFacts,
    identified_on=DAYS,
    lifted_on=st.none() | DAYS,
    actions=st.lists(ACTIONS, max_size=3),
)


@given(DAYS, DAYS, st.integers(min_value=1, max_value=12))
def test_an_interview_is_too_old_for_a_query_when_its_follow_up_is_due(
    last, on, months
):
    due_on = interview_due_on(hired_on=last, last_interview=last, months=months)

    assert (last < recent_since(on, months=months)) == (on > due_on)


@given(PEOPLE)
def test_a_person_finds_itself(person):
    [found] = candidates(person, [person])

    assert found.sameness in {Sameness.NIR, Sameness.NAME_AND_BIRTH}


@given(PEOPLE, PEOPLE)
def test_two_people_are_one_either_way(one, other):
    assert sameness_of(one, other) == sameness_of(other, one)


@pytest.mark.parametrize(
    "one, other, slips",
    [
        ("", "", 0),
        ("MARTIN", "MARTIN", 0),
        ("MARTIN", "MARTINE", 1),
        ("MARTIN", "MATRIN", 1),
        ("MARTIN", "MORTEN", 2),
        ("", "ZOE", 3),
    ],
)
def test_slips_of_the_hand(one, other, slips):
    assert slips_between(one, other) == slips


@given(st.lists(FREINS, max_size=6), DAYS)
def test_never_more_are_helped_than_concerned(freins, on):
    figures = frein_figures(freins, on=on)

    assert figures.helped <= figures.concerned
    assert figures.lifted <= figures.concerned


@pytest.mark.parametrize("criterion", Criterion)
def test_every_criterion_has_a_proof_and_the_age_of_the_law(criterion):
    proof = CRITERIA[criterion]

    assert proof.proof
    assert proof.level == (1 if criterion in FIRST_LEVEL else 2)
    has_months = bool(history("preuve_anciennete", criterion))
    assert has_months == (proof.age == ProofAge.RECENT)


def test_the_criteria_are_eighteen_four_of_which_are_enough_alone():
    assert len(Criterion) == 18
    assert {Criterion.RSA, Criterion.ASS, Criterion.AAH, Criterion.DETLD} == FIRST_LEVEL


@pytest.mark.parametrize("kind", EndKind)
def test_every_end_has_its_words_and_its_lead(kind):
    assert WORDS[kind]
    assert history("alerte_fin", kind)


def test_names_of_nobody_are_not_within_another():
    born = date(1985, 5, 12)
    nobody = Identity(last_name="", first_name="", birth_on=born)
    somebody = Identity(last_name="Petit", first_name="Zoé", birth_on=born)

    assert sameness_of(nobody, somebody) is None


def test_candidates_of_one_kind_are_in_order_of_key():
    born = date(1985, 5, 12)
    known = [
        Identity(key=key, last_name="Petit", first_name="Zoé", birth_on=born)
        for key in (3, 1, 2)
    ]

    found = candidates(known[0], known)

    assert [one.person.key for one in found] == [1, 2, 3]


def test_a_day_later_is_another_person():
    born = date(1985, 5, 12)
    one = Identity(last_name="Petit", first_name="Zoé", birth_on=born)
    other = Identity(
        last_name="Petit", first_name="Zoé", birth_on=born + timedelta(days=1)
    )

    assert sameness_of(one, other) is None
