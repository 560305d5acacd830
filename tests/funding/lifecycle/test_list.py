"""The annexes of a year, and one act done to many of them."""

from datetime import date
from decimal import Decimal

import pytest

from funding.enums import Act, Actor
from funding.models import AnnexeVersion
from funding.rules.lifecycle.asp import ASP
from structures.enums import Status
from tests.funding.factories import AnnexeFactory, PartFactory, VersionFactory
from tests.funding.lifecycle.world import TOTAL, make_world
from tests.structures.factories import (
    CommuneFactory,
    ConventionFactory,
    DepartementFactory,
    MembershipFactory,
    StructureFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]
LIST, LOT = "/annexes/?annee=2019", "/annexes/lot/"
QUERIES, LOT_QUERIES = 16, 19


@pytest.fixture
def world():
    return make_world()


def another(world, name, **fields):
    convention = ConventionFactory(structure=StructureFactory(name=name))
    version = VersionFactory(
        annexe=AnnexeFactory(convention=convention), **({"draft": True} | fields)
    )
    PartFactory(version=version, envelope=world.envelope)
    version.refresh_from_db()
    return version


def text_of(client, world, url=LIST, actor=Actor.AGENT):
    client.force_login(world.people[actor])
    response = client.get(url)
    assert response.status_code == 200
    return b"".join(response).decode()


def lot(client, world, versions, act, actor=Actor.AGENT, **data):
    client.force_login(world.people[actor])
    keys = [version.pk for version in versions]
    response = client.post(LOT, {"version": keys, "act": act, **data})
    assert response.status_code == 200
    return response.content.decode()


def test_the_last_version_of_each_annexe_with_their_sum(client, world):
    world.put(Status.SIGNED)
    VersionFactory(annexe=world.version.annexe, modification=1, etp=5, draft=True)
    another(world, "Les Jardins")

    text = text_of(client, world)

    assert "Les Jardins" in text
    assert text.count("Choisir ") >= 2
    assert "15,00" in text  # 5 and 10 ETP
    assert "A1M0, 2019" in text


def test_what_is_signed_is_told_beside_an_avenant_being_written(client, world):
    world.put(Status.SIGNED)
    another(world, "Les Jardins")
    assert "versions signées" not in text_of(client, world)
    VersionFactory(annexe=world.version.annexe, modification=1, etp=5, draft=True)

    text = text_of(client, world)
    assert "1\xa0avenant en cours y remplace la version signée" in text
    assert "font 10,00 ETP et 201\u202f990\xa0€" in text
    csv = text_of(client, world, f"{LIST}&colonnes=etp&colonnes=etp-signes&format=csv")
    lines = [line.split(";")[1:] for line in csv.splitlines()[1:]]
    assert sorted(lines) == [["10,00", ""], ["5,00", "10,00"]]


@pytest.mark.parametrize("status", [Status.REJECTED, Status.CANCELLED])
def test_an_avenant_dropped_does_not_hide_what_is_in_force(client, world, status):
    world.put(Status.SIGNED)
    state, _ = ASP[status]
    VersionFactory(annexe=world.version.annexe, modification=1, etp=5, state=state)

    assert "A1M0, 2019" in text_of(client, world)
    page = f"/conventions/{world.version.annexe.convention_id}/"
    assert "A1M0" in text_of(client, world, page)


def test_what_was_dropped_is_shown_where_nothing_else_is(client, world):
    world.put(Status.CANCELLED)

    assert "A1M0, 2019" in text_of(client, world)


def test_a_status_and_a_type_filter(client, world):
    another(world, "Les Jardins", state="SAISI", draft=False)

    assert "Les Jardins" not in text_of(client, world, f"{LIST}&statut=DRAFT")
    assert "Les Jardins" in text_of(client, world, f"{LIST}&statut=INSTRUCTION")
    assert "Les Jardins" not in text_of(client, world, f"{LIST}&type=ETTI")


def test_nobody_sees_the_annexes_of_others(client, world):
    paris = CommuneFactory(
        code="75101", departement=DepartementFactory(code="75", name="Paris")
    )
    far = StructureFactory(name="Ailleurs", commune=paris)
    VersionFactory(annexe__convention=ConventionFactory(structure=far))

    assert "Ailleurs" not in text_of(client, world)
    assert "Choisir" not in text_of(client, world, actor=Actor.DIRECTION)


def test_an_export_has_every_line_and_no_box(client, world):
    text = text_of(client, world, f"{LIST}&format=csv")

    assert "201990,00" in text
    assert "Choisir" not in text


def test_the_list_asks_a_fixed_number_of_queries(
    client, world, django_assert_num_queries
):
    for name in ("Un", "Deux", "Trois"):
        another(world, name)
    client.force_login(world.people[Actor.AGENT])
    with django_assert_num_queries(QUERIES):
        client.get(LIST)


def test_a_lot_is_shown_before_it_is_done(client, world):
    signed = another(world, "Déjà signée", state="VALIDE", signed_on=date(2019, 1, 7))

    text = lot(client, world, [world.version, signed], Act.SUBMIT)

    assert "Rien n’est encore fait" in text
    assert "ne se fait pas sur « Signée »" in text
    assert "298\u202f010,00" in text
    assert world.balances()[1] == 0


def test_a_lot_is_done_row_by_row_and_says_what_was_refused(client):
    world = make_world(funded=TOTAL * 2)
    versions = [world.version, another(world, "Deux"), another(world, "Trois")]

    text = lot(client, world, versions, Act.SUBMIT, confirmed="true")

    assert "2 sur 3 : fait" in text
    assert "Il reste 0,00" in text
    statuses = AnnexeVersion.objects.values_list("status", flat=True)
    assert sorted(statuses) == ["DRAFT", "INSTRUCTION", "INSTRUCTION"]
    assert world.balances() == (Decimal(0), TOTAL * 2, 0, 0)


def test_a_lot_takes_only_what_the_person_may_see(client, world):
    stranger = MembershipFactory(structure=StructureFactory())
    world.people[Actor.AGENT] = stranger.user
    client.force_login(stranger.user)

    response = client.post(LOT, {"version": [world.version.pk], "act": Act.SUBMIT})

    assert response.status_code == 404


def test_nothing_chosen_says_what_to_do(client, world):
    assert "Cochez des annexes" in lot(client, world, [], Act.SUBMIT)


def test_heads_sign_a_lot_in_one_go(client, world):
    versions = [world.version, another(world, "Deux")]
    for act in (Act.SUBMIT, Act.VALIDATE):
        lot(client, world, versions, act, confirmed="true")

    agent = lot(client, world, versions, Act.SIGN, confirmed="true")
    assert "0 sur 2" in agent
    head = lot(client, world, versions, Act.SIGN, Actor.SIGNATORY, confirmed="true")

    assert "2 sur 2 : fait" in head
    assert world.balances()[2] == TOTAL * 2


def test_all_the_pages_of_a_list_may_be_taken_at_once(client, world):
    another(world, "Deux")
    another(world, "Signée", state="VALIDE", draft=False)
    filters = "annee=2019&statut=DRAFT"

    text = lot(client, world, [], Act.SUBMIT, every="on", filters=filters)

    assert "Envoyer à l’instruction : 2\xa0annexes" in text
    assert "Signée" not in text.split("Annexe par annexe")[1]


def test_a_list_longer_than_a_lot_says_so(client, world, monkeypatch):
    another(world, "Deux")
    assert "Toutes celles de la liste, soit 2" in text_of(client, world)
    monkeypatch.setattr("funding.views.annexes.MOST_AT_ONCE", 1)

    assert "Les 1 premières par nom, sur les 2" in text_of(client, world)


def test_the_structure_reads_its_own_words(client, world):
    world.put(Status.READY)
    convention = world.version.annexe.convention
    structure = f"/structures/{convention.structure_id}/"
    for url in (
        LIST,
        f"/conventions/{convention.pk}/",
        f"/annexes/{world.version.pk}/",
    ):
        text = text_of(client, world, url, Actor.DIRECTION)
        assert "En attente de signature" in text, url
        assert Status.READY.label not in text, url
    assert "En vigueur" in text_of(client, world, structure, Actor.DIRECTION)


def test_a_lot_too_large_for_its_envelope_says_so_before(client):
    world = make_world(funded=TOTAL)
    versions = [world.version, another(world, "Deux")]

    text = lot(client, world, versions, Act.SUBMIT)

    assert "Les enveloppes ne suffisent pas à toutes" in text
    assert "Se fera si l’enveloppe suffit encore" in text
    assert world.balances()[1] == 0


def test_a_lot_asks_as_many_queries_for_three_as_for_one(
    client, world, django_assert_num_queries
):
    versions = [world.version, another(world, "Deux"), another(world, "Trois")]
    lot(client, world, versions[:1], Act.SUBMIT)
    for some in (versions[:1], versions):
        with django_assert_num_queries(LOT_QUERIES):
            lot(client, world, some, Act.SUBMIT)
