"""FDI requests on the agenda of the CDIAE: beside the conventions, told in one screen."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from funding.actions.cdiae import Opinion, put_on_agenda, record_opinions
from funding.actions.refusals import ActRefused
from funding.enums import FdiAct, FdiStatus, Line
from funding.figures.cdiae import session_agenda
from funding.models import AgendaItem
from structures.enums import OpinionSense
from tests.funding.factories import (
    AgendaItemFactory,
    CdiaeSessionFactory,
    FdiRequestFactory,
)
from tests.funding.factories.year import department_line
from tests.funding.year.fdi import move
from tests.structures.factories import AgencyFactory, MembershipFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]
TODAY = date(2019, 12, 2)


@pytest.fixture
def agent():
    return MembershipFactory(agent=True, agency=AgencyFactory()).user


@pytest.fixture
def fdi():
    """15,000 € asked in June."""
    return FdiRequestFactory(envelope=department_line(Line.FDI))


@pytest.fixture
def session(fdi, agent):
    """The session of 28 November, with the request on its agenda."""
    session = CdiaeSessionFactory()
    assert put_on_agenda(session=session, conventions=[], fdi=[fdi], by=agent) == 1
    return session


def told(session, sense, by, text=""):
    opinions = {session.items.get().pk: Opinion(sense, text)}
    [result] = record_opinions(session=session, opinions=opinions, by=by, on=TODAY)
    return result.refusal


def test_the_opinion_of_a_session_reaches_the_request(session, fdi, agent):
    assert told(session, OpinionSense.RESERVED, agent, "Sous réserve du bilan") == ""

    fdi.refresh_from_db()
    assert (fdi.status, fdi.opinion) == (FdiStatus.ADVISED, OpinionSense.RESERVED)
    assert fdi.opinion_on == session.held_on
    assert fdi.events.get().reason == "Sous réserve du bilan"


def test_a_postponed_request_waits_for_the_next_session(session, fdi, agent):
    told(session, OpinionSense.POSTPONED, agent, "Il manque le budget")
    fdi.refresh_from_db()
    assert fdi.status == FdiStatus.RECEIVED

    later = CdiaeSessionFactory(held_on=date(2019, 12, 19))
    assert put_on_agenda(session=later, conventions=[], fdi=[fdi], by=agent) == 1


def test_a_session_held_before_the_request_does_not_look_at_it(fdi, agent):
    earlier = CdiaeSessionFactory(held_on=date(2019, 1, 10))
    assert put_on_agenda(session=earlier, conventions=[], fdi=[fdi], by=agent) == 0


def test_on_an_agenda_its_opinion_is_not_typed_alone(session, fdi, agent):
    with pytest.raises(ActRefused, match="à l’ordre du jour du CDIAE du 28/11/2019"):
        move(fdi, FdiAct.RECORD_OPINION, agent, on=TODAY)


def test_a_request_given_up_meanwhile_is_told(session, fdi, agent):
    move(fdi, FdiAct.CANCEL, agent, on=TODAY)
    assert "ne se fait pas sur une demande" in told(
        session, OpinionSense.FAVOURABLE, agent
    )
    assert session.items.get().sense == ""


def test_a_line_of_an_agenda_is_one_file_and_its_opinion_is_kept(session, fdi, agent):
    with pytest.raises(IntegrityError, match="agenda_of_one"), transaction.atomic():
        AgendaItemFactory(session=session, convention=None)
    told(session, OpinionSense.FAVOURABLE, agent)
    other = FdiRequestFactory(envelope=fdi.envelope)
    with pytest.raises(IntegrityError, match="ne se retire pas"):
        AgendaItem.objects.update(fdi=other)


def test_it_is_on_the_agenda_and_in_the_minutes(client, session, fdi, agent):
    client.force_login(agent)
    for end in ("", "proces-verbal/"):
        text = client.get(f"/cdiae/{session.pk}/{end}").content.decode()
        assert fdi.structure.name in text
        assert "FDI, consolidation" in text
    page = client.get(f"/cdiae/{session.pk}/").content.decode()
    assert "15\u202f000,00\u00a0€ demandés" in page
    [line] = session_agenda(session).lines
    assert (line.requested, line.starts_on) == (15_000, None)


def test_a_request_is_ticked_then_told_from_the_pages(client, fdi, agent):
    session = CdiaeSessionFactory()
    client.force_login(agent)
    shown = client.get(f"/cdiae/{session.pk}/").content.decode()
    assert "Choisir le FDI de" in shown
    client.post(f"/cdiae/{session.pk}/ajouter/", {"fdi": [fdi.pk]})
    key = session.items.get().pk
    detail = client.get(f"/enveloppes/fdi/{fdi.pk}/").content.decode()
    assert "Enregistrer l’avis, depuis la séance" in detail

    url = f"/cdiae/{session.pk}/avis/"
    text = client.post(url, {f"sense_{key}": "FAVOURABLE"}).content.decode()

    assert "Enregistré" in text
    fdi.refresh_from_db()
    assert fdi.status == FdiStatus.ADVISED
