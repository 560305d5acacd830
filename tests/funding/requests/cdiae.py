"""A first convention sent to the CDIAE, the session it is put to, an opinion told."""

from datetime import date

from funding.actions.cdiae import Opinion, put_on_agenda, record_opinions
from funding.enums import Act
from tests.funding.factories import CdiaeSessionFactory
from tests.funding.requests.world import AGENT, DAY, DIRECTION, make_world

SENT = date(2019, 11, 4)


def waiting_world():
    """A first convention waits for its opinion."""
    world = make_world()
    world.move(Act.SUBMIT, DIRECTION)
    world.move(Act.SEND_TO_CDIAE, AGENT, on=SENT)
    return world


def session_of(world):
    session = CdiaeSessionFactory()
    put_on_agenda(
        session=session, conventions=[world.convention], by=world.people[AGENT]
    )
    return session


def told(world, session, sense, text="", on=DAY):
    item = session.items.get()
    return record_opinions(
        session=session,
        opinions={item.pk: Opinion(sense, text)},
        by=world.people[AGENT],
        on=on,
    )
