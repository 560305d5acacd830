"""The pages of a convention and of its request, by who opens them."""

import re
from datetime import date
from decimal import Decimal

import pytest

from funding.enums import Act
from structures.enums import AttachmentKind, Status
from structures.rules.merging import fingerprint
from tests.funding.requests.world import (
    AGENT,
    DIRECTION,
    HEAD,
    STRANGER,
    make_world,
)
from tests.structures.factories import (
    ConventionFactory,
    StructureFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]
QUERIES_OF_PAGE = 30


@pytest.fixture
def world():
    return make_world()


def address(world, end=""):
    return f"/conventions/{world.convention.pk}/{end}"


def page(client, world, actor, end="", status=200):
    client.force_login(world.people[actor])
    response = client.get(address(world, end))
    assert response.status_code == status
    return response.content.decode()


def post(client, world, actor, end, data=None, **options):
    client.force_login(world.people[actor])
    response = client.post(address(world, end), data or {}, follow=True, **options)
    world.convention.refresh_from_db()
    return response


def step(world, name, **changes):
    """A window of a step, as it was opened, with what is typed in it."""
    values = world.values()
    names = [it for it in values if it in changes or name == "all"]
    marks = {f"vu_{it}": fingerprint(values[it]) for it in names}
    return marks | changes


def test_the_page_takes_the_same_queries_whatever_it_holds(
    client, world, django_assert_num_queries
):
    client.force_login(world.people[AGENT])
    with django_assert_num_queries(QUERIES_OF_PAGE):
        client.get(address(world))


def test_a_request_without_an_act_says_where_it_comes_from(client, world):
    assert "La demande a été ouverte ici" in page(client, world, AGENT)


@pytest.mark.parametrize(
    "end",
    ["", "submit/", "demande/projet/", "correction/", "remarque/", "ventes/"],
)
def test_a_stranger_gets_404(client, world, end):
    page(client, world, STRANGER, end, status=404)


@pytest.mark.parametrize("end", ["suivante/", "annexe/", "demande/projet/"])
def test_a_stranger_posts_into_nothing(client, world, end):
    assert post(client, world, STRANGER, end).status_code == 404


def test_each_step_shows_what_is_known_and_asks_it_not(client, world):
    text = page(client, world, DIRECTION, "demande/projet/")
    assert "Ce que nous savons déjà" in text
    assert world.structure.siret in text
    assert "Cette étape est complète" in text


@pytest.mark.parametrize(
    "name", ["projet", "moyens", "postes", "budget", "pieces", "envoi"]
)
def test_every_step_opens_for_who_fills_it(client, world, name):
    for actor in (DIRECTION, AGENT):
        page(client, world, actor, f"demande/{name}/")


def test_a_step_saved_by_itself_says_the_hour_and_what_is_missing(client):
    world = make_world(filled=False)
    data = step(world, "moyens", supervision_etp="2,5")

    text = post(
        client,
        world,
        DIRECTION,
        "demande/moyens/",
        data,
        headers={"hx-request": "true"},
    ).content.decode()

    assert "Enregistré à" in text
    assert "Accompagnement socioprofessionnel, en ETP" in text
    assert f'value="{fingerprint(Decimal("2.5"))}"' in text
    world.request.refresh_from_db()
    assert world.request.supervision_etp == Decimal("2.5")


def badges(response):
    found = re.findall(r'id="manque-(\w+)"[^>]*>(\d+)<', response.content.decode())
    return {step: int(count) for step, count in found}


def test_the_badge_of_a_step_counts_what_its_page_lists(client):
    world = make_world(filled=False)
    client.force_login(world.people[DIRECTION])
    for name in ("projet", "moyens", "postes", "budget", "pieces"):
        response = client.get(address(world, f"demande/{name}/"))
        context = response.context
        listed = context["lacks"] if name == "pieces" else context["state"]["lacks"]
        assert badges(response)[name] == len(listed) > 0, name


def test_the_badge_follows_what_is_typed(client):
    world = make_world(filled=False)
    client.force_login(world.people[DIRECTION])
    before = badges(client.get(address(world, "demande/moyens/")))["moyens"]
    data = step(world, "moyens", supervision_etp="2,5")

    part = {"headers": {"hx-request": "true"}}
    saved = post(client, world, DIRECTION, "demande/moyens/", data, **part)

    assert badges(saved)["moyens"] == before - 1


@pytest.mark.parametrize("typed", ["12 500", "12500,00", "12\u202f500 €"])
def test_a_number_is_read_as_people_write_it(client, world, typed):
    post(
        client,
        world,
        DIRECTION,
        "demande/budget/",
        step(world, "budget", charges_other=typed),
    )
    world.request.refresh_from_db()
    assert world.request.charges_other == 12_500


def test_what_cannot_be_read_is_told_and_the_rest_is_kept(client, world):
    data = step(world, "budget", sales="beaucoup", charges_other="300")
    text = post(client, world, DIRECTION, "demande/budget/", data).content.decode()

    assert "Saisissez un nombre" in text
    assert 'value="beaucoup"' in text
    world.request.refresh_from_db()
    assert world.request.charges_other == 300


def test_without_a_script_saving_goes_to_the_next_step(client, world):
    whole = {
        name: value for name, value in world.values().items() if name in world.values()
    }
    data = {
        name: "" if value is None else str(value).replace(".", ",")
        for name, value in whole.items()
    }
    data |= {f"vu_{name}": fingerprint(value) for name, value in whole.items()}
    response = post(client, world, DIRECTION, "demande/projet/", data)
    assert response.redirect_chain[-1][0].endswith("/demande/moyens/")


def test_two_windows_are_shown_both_values_and_one_may_be_kept(client, world):
    seen = step(world, "projet", public="Seniors")
    world.save(AGENT, public="Jeunes")

    text = post(client, world, DIRECTION, "demande/projet/", seen).content.decode()
    assert "Enregistré : « Jeunes ». Ici : « Seniors »" in text

    seen["garder"] = f"public:{fingerprint('Jeunes')}"
    post(client, world, DIRECTION, "demande/projet/", seen)
    world.request.refresh_from_db()
    assert world.request.public == "Seniors"


def test_a_form_sent_too_late_keeps_what_was_typed(client, world):
    world.move(Act.SUBMIT, DIRECTION)
    data = step(world, "projet", public="Trop tard")
    text = post(client, world, DIRECTION, "demande/projet/", data).content.decode()
    assert "n’y entre plus" in text
    assert "Trop tard" in text
    world.request.refresh_from_db()
    assert world.request.public != "Trop tard"


def test_a_file_is_read_once_sent(client, world):
    world.move(Act.SUBMIT, DIRECTION)
    client.force_login(world.people[DIRECTION])
    response = client.get(address(world, "demande/projet/"), follow=True)
    assert "il se lit ici" in response.content.decode()
    assert "Entretien des espaces verts" in response.content.decode()


def test_the_file_goes_from_the_request_to_the_signature(client, world):
    for actor, act in ((DIRECTION, "submit"), (AGENT, "send_to_cdiae")):
        expected = world.convention.state
        post(client, world, actor, f"{act}/", {"expected": expected})
    assert world.convention.state == Status.OPINION
    world.put(
        Status.INSTRUCTION,
        cdiae_opinion_on=date(2019, 11, 28),
        cdiae_opinion="FAVOURABLE",
    )
    post(client, world, AGENT, "validate/", {"expected": Status.INSTRUCTION})
    post(client, world, HEAD, "sign/", {"expected": Status.READY})

    assert (world.convention.state, world.convention.signed_on) == (
        Status.SIGNED,
        date(2019, 12, 2),
    )
    assert "Préparer l’annexe de 2020" in page(client, world, AGENT)


def test_without_an_opinion_a_first_convention_is_not_proposed(client, world):
    world.move(Act.SUBMIT, DIRECTION)
    text = page(client, world, AGENT)
    assert "Le CDIAE n’a pas encore rendu son avis" in text
    told = post(client, world, AGENT, "validate/", {"expected": Status.INSTRUCTION})
    assert "Le CDIAE n’a pas encore rendu son avis" in told.content.decode()
    assert world.convention.state == Status.INSTRUCTION


def test_a_double_click_is_told(client, world):
    post(client, world, DIRECTION, "submit/", {"expected": Status.DRAFT})
    told = post(client, world, DIRECTION, "submit/", {"expected": Status.DRAFT})
    assert "Quelqu’un a déjà changé ce dossier" in told.content.decode()
    assert world.convention.changes.count() == 1


def test_a_breach_says_from_which_day_it_may_be_terminated(client, world):
    world.put(Status.SIGNED)
    world.move(Act.NOTIFY_BREACH, HEAD, on=date(2019, 11, 15))
    text = page(client, world, HEAD)
    assert "à partir du 15 décembre 2019" in text
    assert "résiliez à partir de ce jour" in text


def test_a_convention_without_a_file_opens_one(client, world):
    world.put(Status.DRAFT)
    bare = ConventionFactory(
        structure=StructureFactory(), state=Status.DRAFT, signed_on=None
    )
    client.force_login(world.people[AGENT])
    assert "n’est pas ouvert" in client.get(f"/conventions/{bare.pk}/").content.decode()
    client.get(f"/conventions/{bare.pk}/demande/projet/")
    bare.refresh_from_db()
    assert bare.request.saved_by == world.people[AGENT]


def test_the_pieces_are_read_with_the_file(client, world):
    assert "statuts.pdf" in page(client, world, AGENT)
    assert AttachmentKind.BANK.label in page(client, world, AGENT)
