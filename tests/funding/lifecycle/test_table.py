"""Every status × act × quality: the server does what the table says, and no more."""

from datetime import date
from decimal import Decimal

import pytest

from funding.actions import files
from funding.enums import Act, Actor, AppealOutcome, Subject
from funding.rules.lifecycle.asp import ASP, PAIRS
from funding.rules.lifecycle.file import File
from funding.rules.lifecycle.moves import TABLE, row_of, rows_for
from funding.rules.lifecycle.words import FOR_STRUCTURE
from structures.enums import Status
from tests.funding.factories import AppealFactory
from tests.funding.lifecycle.world import DAY, make_world
from tests.funding.requests.world import make_world as make_request
from tests.structures.factories import UserFactory

STRANGER = None


def file_that_suits(act: Act) -> File:
    """Every condition of the act holds."""
    asks, consults = act == Act.ASK_CORRECTION, act == Act.SEND_TO_CDIAE
    return File(
        on=DAY,
        ends_on=date(2018, 12, 31),
        total=Decimal(1),
        borne=Decimal(1),
        open_comments=int(asks),
        needs_opinion=consults,
        opinion_on=DAY,
        breach_on=date(2019, 1, 2),
        is_convention_terminated=True,
        signing_limit=Decimal(1),
        is_upheld=True,
    )


def upheld(**file):
    """An appeal against the refusal of a version or a convention, upheld."""
    AppealFactory(
        **{f"change__{name}": value for name, value in file.items()},
        outcome=AppealOutcome.UPHELD,
        decided_on=DAY.replace(year=2020),
        grounds="Le cofinancement est acquis.",
        decided_by=UserFactory(),
    )


@pytest.mark.django_db
@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("status", Status)
def test_every_status_act_and_quality(status, act, monkeypatch):
    world = make_world()
    world.put(status)
    world.people[STRANGER] = UserFactory()
    if act == Act.RECONSIDER:  # the database asks for it too
        upheld(version=world.version)
    suits = {world.version.pk: file_that_suits(act)}
    monkeypatch.setattr(files, "version_files", lambda *_, **__: suits)
    monkeypatch.setattr(files, "money_of", lambda *_, **__: [])
    row = row_of(Subject.ANNEXE, status, act)

    for quality in (STRANGER, Actor.DIRECTION, Actor.AGENT, Actor.SIGNATORY):
        held = {quality, Actor.AGENT} if quality == Actor.SIGNATORY else {quality}
        if row is None or not row.actors & held:
            with pytest.raises(files.MoveRefused):
                world.move(act, quality)
            assert world.version.status == status
        else:
            change = world.move(act, quality)
            assert (change.source, change.target) == (status, row.target)
            assert world.version.status == row.target
            return


@pytest.mark.django_db
@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("status", [it for it in Status if it != Status.AMENDED])
def test_every_status_act_and_quality_of_a_convention(status, act, monkeypatch):
    world = make_request()
    world.put(status)
    monkeypatch.setattr(files, "convention_file", lambda *_, **__: file_that_suits(act))
    if act == Act.RECONSIDER:
        upheld(version=None, convention=world.convention)
    row = row_of(Subject.CONVENTION, status, act)

    for quality in ("STRANGER", Actor.DIRECTION, Actor.AGENT, Actor.SIGNATORY):
        held = {quality, Actor.AGENT} if quality == Actor.SIGNATORY else {quality}
        if row is None or not row.actors & held:
            with pytest.raises(files.MoveRefused):
                world.move(act, quality)
            assert world.convention.state == status
        else:
            change = world.move(act, quality)
            assert (change.source, change.target) == (status, row.target)
            assert world.convention.state == row.target
            return


def test_the_table_has_one_line_for_a_status_and_an_act():
    for rows in TABLE.values():
        keys = [(row.source, row.act) for row in rows]
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize("subject", Subject)
def test_every_status_but_the_ends_has_a_way_out_and_a_way_in(subject):
    rows = TABLE[subject]
    reached = {row.target for row in rows} | {Status.DRAFT}
    left = {row.source for row in rows}
    ends = {
        Status.AMENDED,
        Status.TERMINATED,
        Status.CLOSED,
        Status.CANCELLED,
    }
    expected = set(Status) - (
        {Status.AMENDED} if subject == Subject.CONVENTION else set()
    )
    assert reached == expected
    assert expected - left == ends & expected


def test_every_status_is_one_pair_of_the_asp_and_has_words():
    assert set(ASP) == set(FOR_STRUCTURE) == set(Status) == set(PAIRS.values())
    assert len(PAIRS) == len(ASP) + 3  # the three that may be provisional


def test_nobody_has_no_button():
    for subject in Subject:
        for status in Status:
            assert rows_for(subject, status, frozenset()) == []
