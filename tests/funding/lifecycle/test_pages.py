"""The page of an annexe: its buttons are the table's, and the server holds to it."""

from decimal import Decimal

import pytest

from funding.enums import Act, Actor, VersionState
from funding.models import AnnexeVersion
from structures.enums import Role, Status
from tests.funding.factories import VersionFactory
from tests.funding.lifecycle.world import TOTAL, make_world
from tests.structures.factories import MembershipFactory, StructureFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]
QUERIES = 25


@pytest.fixture
def world():
    return make_world()


def page(client, world, actor=Actor.AGENT, end=""):
    client.force_login(world.people[actor])
    response = client.get(f"/annexes/{world.version.pk}/{end}")
    assert response.status_code == 200
    return response.content.decode()


def send(client, world, act, **data):
    data.setdefault("expected", world.version.status)
    url = f"/annexes/{world.version.pk}/{act.lower()}/"
    response = client.post(url, data, follow=True)
    world.version.refresh_from_db()
    return response.content.decode()


def test_each_reads_its_own_word_and_buttons(client, world):
    assert "Envoyer à l’instruction" in page(client, world)
    director = page(client, world, Actor.DIRECTION)
    assert "En préparation" in director
    assert "Envoyer à l’instruction" not in director


def test_a_file_without_an_act_says_where_it_comes_from(client, world):
    assert "par une campagne ou depuis sa convention" in page(client, world)
    world.put(Status.SIGNED)
    client.post(f"/annexes/{world.version.annexe_id}/avenant/")

    world.version = world.version.annexe.versions.get(modification=1)
    assert "préparé ici, à partir de la version M0" in page(client, world)
    AnnexeVersion.objects.filter(pk=world.version.pk).update(asp_id=12)
    assert "Cette version vient de l’ASP" in page(client, world)


def test_what_is_not_yet_possible_says_why(client, world):
    world.version.parts.all().delete()

    text = page(client, world)

    assert "Les enveloppes portent 0,00\xa0€ sur 201\u202f990,00\xa0€" in text
    assert f"/annexes/{world.version.pk}/submit/" not in text


def test_an_act_shows_its_money_before_and_after_then_does_it(client, world):
    text = page(client, world, end="submit/")
    for amount in ("500\u202f000,00", "298\u202f010,00"):
        assert amount in text

    send(client, world, Act.SUBMIT)

    assert world.version.status == Status.INSTRUCTION
    assert world.balances()[1] == TOTAL


def test_a_double_click_is_told_and_moves_nothing_twice(client, world):
    client.force_login(world.people[Actor.AGENT])
    send(client, world, Act.SUBMIT, expected=Status.DRAFT)

    text = send(client, world, Act.SUBMIT, expected=Status.DRAFT)

    assert "Quelqu’un a déjà changé ce dossier" in text
    assert world.balances()[1] == TOTAL


def test_a_refused_act_keeps_its_reason_and_may_be_sent_again(client, world):
    world.move(Act.SUBMIT, Actor.AGENT)
    client.force_login(world.people[Actor.AGENT])
    late = {"reason": "Projet abandonné", "expected": "DRAFT"}
    url = f"/annexes/{world.version.pk}/reject/"

    form = client.post(url, late).context["form"]
    assert "Quelqu’un a déjà changé ce dossier" in str(form.errors)
    again = {name: form[name].value() for name in form.fields}
    client.post(url, again)

    world.version.refresh_from_db()
    assert (again["reason"], world.version.status) == (late["reason"], Status.REJECTED)


def test_a_reason_is_asked_and_what_was_typed_stays(client, world):
    client.force_login(world.people[Actor.AGENT])
    send(client, world, Act.SUBMIT)

    assert "Rien n’a été fait" in send(client, world, Act.REJECT, reason="")
    send(client, world, Act.REJECT, reason="Projet abandonné")

    assert world.version.state == VersionState.REJETE
    assert "Projet abandonné" in page(client, world)


def test_more_than_the_envelope_holds_is_a_sentence(client):
    world = make_world(funded=Decimal(1000))
    client.force_login(world.people[Actor.AGENT])

    assert "Il manque 200\u202f990,00" in page(client, world, end="submit/")
    assert "Il reste 1\u202f000,00" in send(client, world, Act.SUBMIT)
    assert world.version.status == Status.DRAFT


@pytest.mark.parametrize("end", ["", "submit/", "termes/"])
def test_a_stranger_gets_404(client, world, end):
    client.force_login(MembershipFactory(structure=StructureFactory()).user)

    assert client.get(f"/annexes/{world.version.pk}/{end}").status_code == 404


def test_a_director_may_not_post_what_is_an_agents(client, world):
    client.force_login(world.people[Actor.DIRECTION])
    text = send(client, world, Act.SUBMIT)

    assert "revient à : agent instructeur" in text
    assert client.post(f"/annexes/{world.version.pk}/termes/", {}).status_code == 404
    url = f"/annexes/{world.version.annexe_id}/avenant/"
    assert client.post(url).status_code == 404
    assert world.version.status == Status.DRAFT


@pytest.mark.parametrize("role", [Role.DIRECTION, Role.CIP])
def test_what_is_left_in_an_envelope_is_not_the_structures(client, world, role):
    structure = world.version.annexe.convention.structure
    client.force_login(MembershipFactory(structure=structure, role=role).user)
    seen = client.get(f"/annexes/{world.version.pk}/").content.decode()
    raw = client.post(f"/annexes/{world.version.pk}/sign/", {"expected": "DRAFT"})

    assert "Ce que chaque enveloppe porte" in seen
    for text in (seen, raw.content.decode()):
        assert "500\u202f000,00" not in text
        assert "/mouvements/" not in text
    assert raw.status_code == (200 if role == Role.DIRECTION else 404)


def test_new_terms_change_the_amount_the_parts_and_the_reservation(client, world):
    client.force_login(world.people[Actor.AGENT])
    send(client, world, Act.SUBMIT)
    data = {"etp": "8,50", "cofinanced": "0", "expected": Status.INSTRUCTION}

    client.post(f"/annexes/{world.version.pk}/termes/", data)

    world.version.refresh_from_db()
    assert world.version.total == Decimal("171691.50")
    assert world.version.parts.get().amount == Decimal("171691.50")
    assert world.balances()[1] == Decimal("171691.50")


def test_terms_somebody_changed_are_told_before_they_are_written_over(client, world):
    client.force_login(world.people[Actor.AGENT])
    url = f"/annexes/{world.version.pk}/termes/"
    form = client.get(url).context["form"]
    held = {name: form[name].value() for name in form.fields}
    AnnexeVersion.objects.update(etp=Decimal(12), cofinanced=Decimal(0))

    form = client.post(url, held | {"etp": "9"}).context["form"]
    assert "12,00\xa0ETP et 0,00\xa0€ de cofinancement" in str(form.errors)
    assert AnnexeVersion.objects.get().etp == 12
    client.post(url, {name: form[name].value() for name in form.fields})

    assert AnnexeVersion.objects.get().etp == 9


@pytest.mark.parametrize(
    "data, told",
    [
        ({"etp": "-1", "cofinanced": "0"}, "ne peuvent pas être négatifs"),
        ({"etp": "1", "cofinanced": "999999"}, "Le cofinancement dépasse l’aide"),
        ({"etp": "beaucoup", "cofinanced": "0"}, "Saisissez un nombre"),
    ],
)
def test_terms_that_cannot_be_are_sentences(client, world, data, told):
    client.force_login(world.people[Actor.AGENT])

    url = f"/annexes/{world.version.pk}/termes/"
    text = client.post(url, data | {"expected": Status.DRAFT}).content.decode()

    assert told in text
    assert data["etp"] in text
    assert AnnexeVersion.objects.get().etp == 10


def test_signed_terms_are_closed_and_an_avenant_opens(client, world):
    world.put(Status.SIGNED)
    client.force_login(world.people[Actor.AGENT])
    data = {"etp": "9", "cofinanced": "0", "expected": Status.SIGNED}
    url = f"/annexes/{world.version.pk}/termes/"
    assert "préparez un avenant" in client.post(url, data).content.decode()

    again = f"/annexes/{world.version.annexe_id}/avenant/"
    client.post(again)

    draft = AnnexeVersion.objects.get(modification=1)
    assert (draft.status, draft.parts.get().amount) == (Status.DRAFT, TOTAL)
    refused = client.post(again, follow=True).content.decode()
    assert "Un avenant est déjà en cours" in refused


def test_an_avenant_is_shown_before_and_after(client, world):
    world.put(Status.SIGNED)
    world.version = VersionFactory(
        annexe=world.version.annexe, modification=1, etp=Decimal("8.50"), draft=True
    )
    text = page(client, world)

    assert "Ce que l’avenant change" in text
    assert "10,00" in text
    assert "8,50" in text


def test_the_page_asks_a_fixed_number_of_queries(
    client, world, django_assert_num_queries
):
    client.force_login(world.people[Actor.AGENT])
    for _ in range(2):
        send(client, world, Act.SUBMIT)
        send(client, world, Act.VALIDATE)
        send(client, world, Act.REOPEN, reason="Vérifier")
    with django_assert_num_queries(QUERIES):
        client.get(f"/annexes/{world.version.pk}/")


def test_an_avenant_says_what_each_funder_takes_back(client, world):
    """R19, on the annexe of its example."""
    AnnexeVersion.objects.filter(pk=world.version.pk).update(
        etp="15.60", total="315104.40", cofinanced="68791.32"
    )
    world.version.refresh_from_db()
    world.put(Status.SIGNED)
    VersionFactory(
        annexe=world.version.annexe,
        modification=1,
        draft=True,
        etp="14.55",
        total="293895.45",
        cofinanced="66061.82",
    )
    draft = AnnexeVersion.objects.get(modification=1)
    client.force_login(world.people[Actor.AGENT])

    text = client.get(f"/annexes/{draft.pk}/").content.decode()

    table = text.split("Ce que l’avenant ajoute ou reprend")[1].split("</table>")[0]
    for amount in ("−18\u202f479,45", "−2\u202f729,50", "−1,05", "−21\u202f208,95"):
        assert amount in table


def test_an_act_already_done_leads_back_to_the_file(client, world):
    """The back button, once the annexe is sent: what is possible now is said."""
    client.force_login(world.people[Actor.AGENT])
    send(client, world, Act.SUBMIT)

    page = client.get(f"/annexes/{world.version.pk}/submit/", follow=True)

    assert page.redirect_chain == [(f"/annexes/{world.version.pk}/", 302)]
    told = page.content.decode()
    assert "n’est pas possible : le dossier est «" in told


def test_the_structure_has_no_address_for_the_acts_of_the_service(client, world):
    client.force_login(world.people[Actor.DIRECTION])

    assert client.get(f"/annexes/{world.version.pk}/sign/").status_code == 404
