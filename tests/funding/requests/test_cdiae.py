"""Sessions of the CDIAE: their agenda, their opinions, their minutes."""

from datetime import date

import pytest

from funding.actions.cdiae import (
    Opinion,
    close_session,
    put_on_agenda,
    record_opinions,
)
from funding.actions.files import MoveRefused
from funding.enums import Act
from funding.figures.cdiae import session_agenda, session_minutes
from funding.models import AgendaItem, CdiaeSession
from structures.enums import OpinionSense, Status
from structures.models import Convention
from tests.funding.factories import AgendaItemFactory, CdiaeSessionFactory
from tests.funding.requests.world import (
    AGENT,
    DAY,
    DIRECTION,
    HEAD,
    make_world,
)
from tests.structures.factories import (
    CommuneFactory,
    DepartementFactory,
    DraftConventionFactory,
    StructureFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]
SENT = date(2019, 11, 4)
FAVOURABLE, POSTPONED = OpinionSense.FAVOURABLE, OpinionSense.POSTPONED
QUERIES_OF_SESSION, QUERIES_OF_LIST = 10, 9


@pytest.fixture
def world():
    """A first convention waits for its opinion."""
    world = make_world()
    world.move(Act.SUBMIT, DIRECTION)
    world.move(Act.SEND_TO_CDIAE, AGENT, on=SENT)
    return world


@pytest.fixture
def session(world):
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


def open_page(client, world, end, actor=AGENT):
    client.force_login(world.people[actor])
    return client.get(f"/cdiae/{end}")


def test_a_session_is_planned_from_the_page(client, world):
    client.force_login(world.people[AGENT])
    data = {"departement": "62", "held_on": "2019-12-19", "place": "Arras"}
    response = client.post("/cdiae/", data)
    session = CdiaeSession.objects.get()
    assert response["Location"] == f"/cdiae/{session.pk}/"
    again = client.post("/cdiae/", data).content.decode()
    assert "déjà prévue ce jour-là" in again


def test_files_are_ticked_onto_the_agenda_and_taken_off(client, world):
    session = CdiaeSessionFactory()
    text = open_page(client, world, f"{session.pk}/").content.decode()
    assert "Dossiers en attente d’avis" in text
    client.post(f"/cdiae/{session.pk}/ajouter/", {"convention": [world.convention.pk]})
    item = AgendaItem.objects.get()
    assert "Enregistrer l’avis, depuis la séance" in (
        client.get(f"/conventions/{world.convention.pk}/").content.decode()
    )
    client.post(f"/cdiae/dossiers/{item.pk}/retirer/")
    assert not AgendaItem.objects.exists()


def test_the_opinions_of_a_session_are_told_in_one_screen(client, world, session):
    key = session.items.get().pk
    url = f"/cdiae/{session.pk}/avis/"
    client.force_login(world.people[AGENT])
    wrong = {f"sense_{key}": "UNFAVOURABLE", f"text_{key}": ""}
    assert "se motive" in client.post(url, wrong).content.decode()
    assert "Choisissez au moins un avis" in client.post(url, {}).content.decode()

    text = client.post(url, {f"sense_{key}": "FAVOURABLE"}).content.decode()

    assert "Enregistré" in text
    assert Convention.objects.get().state == Status.INSTRUCTION


def test_an_opinion_on_a_file_that_has_one_is_told_back(client, world, session):
    key = session.items.get().pk
    url = f"/cdiae/{session.pk}/avis/"
    client.force_login(world.people[AGENT])
    given = {f"sense_{key}": "RESERVED", f"text_{key}": "Deux salariés"}
    client.post(url, given)

    again = client.post(url, given).content.decode()
    other = client.post(url, given | {f"text_{key}": "Trois salariés"}).content.decode()

    assert "ont leur avis" in again
    assert "Vous aviez mis" not in again
    assert "Vous aviez mis « Trois salariés »" in other
    assert session.items.get().text == "Deux salariés"


def test_an_observation_without_an_opinion_is_not_dropped(client, world, session):
    key = session.items.get().pk
    client.force_login(world.people[AGENT])
    url, given = f"/cdiae/{session.pk}/avis/", {f"text_{key}": "Deux salariés"}

    text = client.post(url, given).content.decode()

    assert "Choisissez l’avis" in text
    assert "Deux salariés" in text


def test_minutes_written_after_they_are_closed_are_told_back(client, world, session):
    told(world, session, FAVOURABLE)
    client.force_login(world.people[AGENT])
    url = f"/cdiae/{session.pk}"
    client.post(f"{url}/compte-rendu/", {"attendance": "Tous"})
    client.post(f"{url}/arreter/")

    late = client.post(f"{url}/compte-rendu/", {"attendance": "Tous sauf un"})

    assert "est arrêté" in late.content.decode()
    assert "Tous sauf un" in late.content.decode()
    session.refresh_from_db()
    assert session.attendance == "Tous"


def test_minutes_somebody_wrote_are_not_written_over(client, world, session):
    client.force_login(world.people[AGENT])
    url = f"/cdiae/{session.pk}/compte-rendu/"
    seen = client.get(url).context["form"]["seen"].value()
    given = {"attendance": "Tous", "seen": seen}
    client.post(url, given | {"minutes": "De l’une"})

    page = client.post(url, given | {"minutes": "De l’autre"})
    text = page.content.decode()
    assert "Quelqu’un a écrit dans ce procès-verbal" in text
    assert text.count("De l’une") == text.count("De l’autre") == 1
    renewed = page.context["form"]["seen"].value()
    client.post(url, {"minutes": "Des deux", "seen": renewed})

    session.refresh_from_db()
    assert session.minutes == "Des deux"


def test_agenda_and_minutes_are_read_to_be_printed(client, world, session):
    agenda = open_page(client, world, f"{session.pk}/ordre-du-jour/").content.decode()
    assert "Les Jardins de Lens" in agenda
    assert "10,00 ETP demandés" in agenda
    minutes = open_page(client, world, f"{session.pk}/proces-verbal/").content.decode()
    assert "Procès-verbal (projet)" in minutes


def test_the_minutes_are_written_then_closed_from_the_pages(client, world, session):
    told(world, session, FAVOURABLE)
    client.force_login(world.people[AGENT])
    client.post(f"/cdiae/{session.pk}/compte-rendu/", {"attendance": "Tous"})
    text = client.post(f"/cdiae/{session.pk}/arreter/", follow=True).content.decode()
    assert "Le procès-verbal est arrêté" in text
    assert client.get(f"/cdiae/{session.pk}/compte-rendu/").status_code == 404


@pytest.mark.parametrize("end", ["", "{}/", "{}/avis/", "{}/proces-verbal/"])
def test_a_structure_sees_nothing_of_it(client, world, session, end):
    response = open_page(client, world, end.format(session.pk), DIRECTION)
    assert response.status_code == 404


def test_another_departement_sees_nothing_of_it(client, world):
    far = CdiaeSessionFactory(departement=DepartementFactory(code="75", name="Paris"))
    assert open_page(client, world, f"{far.pk}/").status_code == 404
    assert client.post(f"/cdiae/{far.pk}/arreter/").status_code == 404


def test_the_session_takes_the_same_queries_whatever_it_holds(
    client, world, session, django_assert_num_queries
):
    client.force_login(world.people[HEAD])
    with django_assert_num_queries(QUERIES_OF_SESSION):
        client.get(f"/cdiae/{session.pk}/")


def test_the_list_of_sessions_takes_the_same_queries(
    client, world, session, django_assert_num_queries
):
    for month in range(1, 5):
        CdiaeSessionFactory(held_on=date(2019, month, 14))
    client.force_login(world.people[AGENT])
    with django_assert_num_queries(QUERIES_OF_LIST):
        client.get("/cdiae/")
