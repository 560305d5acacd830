"""The pages of the CDIAE: planned, ticked, told, written, printed; for whom, how fast."""

from datetime import date

import pytest

from funding.models import AgendaItem, CdiaeSession
from structures.enums import OpinionSense, Status
from structures.models import Convention
from tests.funding.factories import CdiaeSessionFactory
from tests.funding.requests.cdiae import session_of, told, waiting_world
from tests.funding.requests.world import (
    AGENT,
    DIRECTION,
    HEAD,
)
from tests.structures.factories import (
    DepartementFactory,
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


def test_a_session_of_the_past_is_one_that_was_held(client, world):
    client.force_login(world.people[AGENT])
    data = {"departement": "62", "held_on": "2019-11-28", "place": "Arras"}

    refused = client.post("/cdiae/", data).content.decode()
    assert "Cette date est passée" in refused
    assert not CdiaeSession.objects.exists()

    told = client.post("/cdiae/", data | {"was_held": "on"}, follow=True)
    assert "La séance est enregistrée" in told.content.decode()
    assert CdiaeSession.objects.get().held_on == date(2019, 11, 28)


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


def test_the_agenda_is_on_the_page_and_one_button_makes_its_pdf(client, world, session):
    page = open_page(client, world, f"{session.pk}/").content.decode()
    assert "Les Jardins de Lens" in page
    assert "Imprimer l’ordre du jour" not in page
    assert page.count("Faire le PDF de l’ordre du jour") == 1


def test_minutes_are_read_on_the_screen(client, world, session):
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
