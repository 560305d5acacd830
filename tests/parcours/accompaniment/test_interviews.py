"""Interviews: written by who accompanies, corrected by their author, their past kept."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from parcours.actions.interviews import correct_interview, record_interview
from parcours.actions.refusals import ParcoursRefused
from parcours.models import Interview, InterviewRevision, PrivateNote
from structures.enums import Role
from tests.parcours.accompaniment.world import MET, TODAY, said
from tests.parcours.factories import ContractFactory, InterviewFactory

WRITERS = {Role.CIP, Role.DIRECTION}


def correct(interview, by, **changes):
    return correct_interview(interview=interview, said=said(**changes), by=by, on=TODAY)


@pytest.mark.parametrize("role", [*WRITERS, Role.GESTIONNAIRE, Role.ENCADRANT])
def test_those_who_accompany_write(case, role):
    if role in WRITERS:
        assert case.interview(by=case.people[role]).by == case.people[role]
    else:
        with pytest.raises(ParcoursRefused, match="conseillers et la direction"):
            case.interview(by=case.people[role])


@pytest.mark.parametrize(
    "changes, told",
    [
        ({"held_on": TODAY + timedelta(days=1)}, "est à venir"),
        ({"held_on": date(2019, 2, 3)}, "embauchée le 04/02/2019"),
        ({"minutes": 0}, "de 1 à 600 minutes"),
        ({"minutes": 601}, "de 1 à 600 minutes"),
    ],
)
def test_an_impossible_interview_is_refused(case, changes, told):
    with pytest.raises(ParcoursRefused, match=told):
        record_interview(
            contract=case.contract, said=said(**changes), by=case.cip, on=TODAY
        )
    assert not Interview.objects.exists()


def test_an_interview_belongs_to_the_contract_of_its_day(case):
    renewal = ContractFactory(
        structure=case.contract.structure,
        parcours=case.contract.parcours,
        hired_on=case.contract.hired_on,
        starts_on=date(2020, 2, 4),
        ends_on=date(2020, 8, 3),
        renews=case.contract,
    )
    for held_on, contract in [
        (MET, case.contract),
        (date(2020, 3, 2), renewal),
    ]:
        interview = record_interview(
            contract=renewal,
            said=said(held_on=held_on),
            by=case.cip,
            on=date(2020, 3, 3),
        )
        assert interview.contract == contract


def test_a_correction_keeps_what_was_written(case):
    interview = case.interview()

    correct(interview, case.cip, summary="Inscription au permis", notes="Autre")

    interview.refresh_from_db()
    assert interview.summary == "Inscription au permis"
    assert interview.revisions.get().summary == "Inscription au code de la route"
    assert [note.text for note in interview.notes.all()] == ["Autre", "Note pour moi"]


def test_a_correction_that_changes_nothing_keeps_nothing(case):
    interview = case.interview()

    correct(interview, case.cip, notes="Note pour moi")

    assert not InterviewRevision.objects.exists()
    assert PrivateNote.objects.count() == 1


def test_a_note_may_be_emptied(case):
    interview = case.interview()

    correct(interview, case.cip)

    assert [note.text for note in interview.notes.all()] == ["", "Note pour moi"]


@pytest.mark.parametrize("role", [Role.DIRECTION, Role.CIP])
def test_nobody_but_its_author_corrects_an_interview(case, role):
    interview = case.interview()

    with pytest.raises(ParcoursRefused, match="la personne qui l’a écrit"):
        correct(interview, case.colleague(role))


def test_an_interview_of_a_file_is_not_corrected(case):
    with pytest.raises(ParcoursRefused):
        correct(InterviewFactory(contract=case.contract), case.cip)


@pytest.mark.parametrize("model", [InterviewRevision, PrivateNote])
@pytest.mark.parametrize("act", ["update", "delete"])
def test_what_was_written_stays(case, model, act):
    interview = case.interview()
    correct(interview, case.cip, summary="Autre")
    rows = model.objects.all()

    with pytest.raises(DatabaseError), transaction.atomic():
        rows.delete() if act == "delete" else rows.update(by=case.cip)
