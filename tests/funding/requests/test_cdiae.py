"""Sessions of the CDIAE: their agenda, their opinions, their minutes."""

from datetime import date

import pytest

from funding.actions.cdiae import (
    close_session,
    put_on_agenda,
)
from funding.actions.files import MoveRefused
from funding.enums import Act
from funding.figures.cdiae import session_agenda, session_minutes
from funding.models import AgendaItem, CdiaeSession
from structures.enums import OpinionSense, Status
from tests.funding.factories import AgendaItemFactory, CdiaeSessionFactory
from tests.funding.requests.cdiae import SENT, session_of, told, waiting_world
from tests.funding.requests.world import (
    AGENT,
    DAY,
)
from tests.structures.factories import (
    CommuneFactory,
    DepartementFactory,
    DraftConventionFactory,
    StructureFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]
FAVOURABLE, POSTPONED = OpinionSense.FAVOURABLE, OpinionSense.POSTPONED
QUERIES_OF_SESSION, QUERIES_OF_LIST = 10, 9


@pytest.fixture
def world():
    return waiting_world()


@pytest.fixture
def session(world):
    return session_of(world)


def test_an_opinion_moves_the_file_by_the_table(world, session):
    [result] = told(world, session, FAVOURABLE)

    world.convention.refresh_from_db()
    assert result.refusal == ""
    assert (world.convention.state, world.convention.cdiae_opinion) == (
        Status.INSTRUCTION,
        FAVOURABLE,
    )
    assert world.convention.cdiae_opinion_on == date(2019, 11, 28)
    world.move(Act.VALIDATE, AGENT)
    assert world.convention.state == Status.READY


def test_a_postponed_file_waits_for_the_next_session(world, session):
    told(world, session, POSTPONED, "Il manque les statuts")
    world.convention.refresh_from_db()
    assert world.convention.state == Status.OPINION
    later = CdiaeSessionFactory(held_on=date(2019, 12, 19))
    by = world.people[AGENT]
    assert put_on_agenda(session=later, conventions=[world.convention], by=by) == 1


@pytest.mark.parametrize("sense", set(OpinionSense) - {FAVOURABLE})
def test_an_opinion_that_is_not_favourable_says_why(world, session, sense):
    [result] = told(world, session, sense)
    assert "se motive" in result.refusal
    world.convention.refresh_from_db()
    assert world.convention.state == Status.OPINION


def test_no_opinion_before_the_session(world, session):
    with pytest.raises(MoveRefused, match="La séance est le 28/11/2019"):
        told(world, session, FAVOURABLE, on=date(2019, 11, 27))


def test_a_session_held_before_a_file_was_sent_says_nothing_of_it(world, session):
    earlier = CdiaeSessionFactory(held_on=date(2019, 1, 10))
    by = world.people[AGENT]
    session.items.all().delete()
    assert not put_on_agenda(session=earlier, conventions=[world.convention], by=by)

    AgendaItemFactory(session=earlier, convention=world.convention)
    [result] = told(world, earlier, FAVOURABLE)

    assert "envoyé au CDIAE le 04/11/2019, après cette séance" in result.refusal


@pytest.mark.parametrize("again, on_agenda", [(DAY, False), (SENT, True)])
def test_a_file_sent_again_waits_for_a_new_opinion(world, session, again, on_agenda):
    told(world, session, FAVOURABLE)
    world.move(Act.SEND_TO_CDIAE, AGENT, on=again)
    if on_agenda:
        later = CdiaeSessionFactory(held_on=date(2019, 12, 19))
        AgendaItemFactory(session=later, convention=world.convention)

    with pytest.raises(MoveRefused, match="s’enregistre depuis la séance"):
        world.move(Act.RECORD_OPINION, AGENT)


def test_an_opinion_is_told_once(world, session):
    told(world, session, FAVOURABLE)
    [result] = told(world, session, FAVOURABLE)
    assert "déjà enregistré" in result.refusal


def test_only_what_waits_here_is_put_on_an_agenda_and_once(world, session):
    paris = CommuneFactory(
        code="75101", departement=DepartementFactory(code="75", name="Paris")
    )
    far = DraftConventionFactory(
        structure=StructureFactory(commune=paris), state=Status.OPINION
    )
    draft = DraftConventionFactory()
    by = world.people[AGENT]
    every = [world.convention, far, draft]
    assert put_on_agenda(session=session, conventions=every, by=by) == 0
    assert AgendaItem.objects.count() == 1


def test_minutes_are_closed_once_every_file_has_its_opinion(world, session):
    close = {"session": session, "by": world.people[AGENT], "on": DAY}
    with pytest.raises(MoveRefused, match="1 dossier n’a pas d’avis"):
        close_session(**close)
    told(world, session, FAVOURABLE)
    with pytest.raises(MoveRefused, match="qui était présent"):
        close_session(**close)
    CdiaeSession.objects.update(attendance="Mme la préfète")

    closed = close_session(**close)

    minutes = session_minutes(closed)
    assert minutes.closed_by == "Camille Durand"
    assert minutes.agenda.lines[0].sense == FAVOURABLE
    with pytest.raises(MoveRefused, match="est arrêté"):
        close_session(**close)


def test_the_agenda_is_plain_rows_in_one_query(
    world, session, django_assert_num_queries
):
    session = CdiaeSession.objects.select_related("departement").get()
    with django_assert_num_queries(1):
        agenda = session_agenda(session)
    [line] = agenda.lines
    assert (line.structure, line.etp, line.sense) == ("Les Jardins de Lens", 10, None)
