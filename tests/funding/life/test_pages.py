"""The life of a structure in its pages: acts asked, shown, confirmed; 404 for others."""

from datetime import date
from decimal import Decimal

import pytest

from funding.models import AnnexeVersion
from structures.enums import LifeKind, Role, StructureKind
from structures.models import Structure, StructureAct
from tests.funding.life.world import SIRET, make_world
from tests.parcours.factories import ContractFactory
from tests.structures.factories import (
    AgencyFactory,
    DepartementFactory,
    MembershipFactory,
    StructureActFactory,
    StructureFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]
WORDS = ["siret", "second-type", "fermeture", "fusion", "visite"]
QUERIES = 12


@pytest.fixture
def world(client):
    world = make_world()
    client.force_login(world.agent)
    return world


def address(world, word=""):
    return f"/structures/{world.structure.pk}/vie/{word and f'{word}/'}"


def asked(world, **fields):
    acts = StructureAct.objects.of(world.structure).order_by("-pk")
    seen = acts.values_list("pk", flat=True).first() or 0
    return {"on": "2019-11-30", "reason": "Décision du bureau", "seen": seen} | fields


def send(client, world, word, **fields):
    response = client.post(address(world, word), asked(world, **fields), follow=True)
    assert response.status_code == 200
    return response.content.decode()


def identity(world, **fields):
    there = world.structure
    known = {"siret": there.siret, "name": there.name}
    return known | {"address": "", "postcode": ""} | fields


def test_a_new_siret_is_shown_then_recorded_and_the_signature_keeps_its_own(
    client, world
):
    old, data = world.structure.siret, identity(world, siret=SIRET, name="Nouveau")
    text = send(client, world, "siret", **data)
    assert "Rien n’est encore enregistré" in text
    assert old in text
    assert SIRET in text
    assert not StructureAct.objects.exists()

    send(client, world, "siret", **data, confirmed="True")

    structure = Structure.objects.get(pk=world.structure.pk)
    assert (structure.siret, structure.siret_at_signature) == (SIRET, old)
    assert StructureAct.objects.get().changes["siret"] == [old, SIRET]
    world.first.refresh_from_db()
    assert world.first.etp == 12


@pytest.mark.parametrize(
    "siret, told",
    [
        ("73282932000075", "sa clé est fausse"),
        ("1234", "sa clé est fausse"),
        (SIRET, "Déjà là (ACI) porte déjà ce SIRET"),
    ],
)
def test_a_siret_that_cannot_be_is_a_sentence_and_stays_typed(
    client, world, siret, told
):
    StructureFactory(siret=SIRET, name="Déjà là")
    text = send(client, world, "siret", **identity(world, siret=siret))
    assert told in text
    assert f'value="{siret}"' in text
    assert not StructureAct.objects.exists()


def test_a_refused_act_is_shown_again_before_it_is_recorded(client, world):
    wrong = asked(world, **identity(world, siret="1234"), confirmed="True")
    held = client.post(address(world, "siret"), wrong).context["form"]["confirmed"]

    right = identity(world, siret=SIRET, confirmed=held.value())
    text = send(client, world, "siret", **right)

    assert "Rien n’est encore enregistré" in text
    assert not StructureAct.objects.exists()


def test_nothing_changed_and_a_day_to_come_are_sentences(client, world):
    assert "Rien ne change" in send(client, world, "siret", **identity(world))
    text = send(client, world, "visite", on="2019-12-24")
    assert "Cette date est à venir" in text
    assert "Décision du bureau" in text


def test_a_second_kind_is_another_dossier_on_the_same_siret(client, world):
    send(client, world, "second-type", kind="EI", confirmed="True")

    other = Structure.objects.get(kind=StructureKind.EI)
    assert other.siret == world.structure.siret
    assert not other.conventions.exists()
    assert StructureAct.objects.get().other == other
    assert (
        "Second dossier de"
        in client.get(f"/structures/{other.pk}/vie/").content.decode()
    )
    assert "Sélectionnez un choix valide" in send(
        client, world, "second-type", kind="EI"
    )


def test_a_closing_shows_annexes_and_contracts_before_it_is_done(client, world):
    ContractFactory(structure=world.structure, ends_on=date(2020, 3, 31))
    text = send(client, world, "fermeture", on="2019-06-30")
    for words in ("121\u202f194,00", "242\u202f388,00", "1\xa0contrat court"):
        assert words in text
    assert AnnexeVersion.objects.count() == 2

    text = send(client, world, "fermeture", on="2019-06-30", confirmed="True")

    assert "Fermée le 30/06/2019" in text
    assert "À instruire et à signer" in text
    assert "1\xa0contrat court après le 30/06/2019" in text


def test_a_merger_shows_both_annexes(client, world):
    text = send(client, world, "fusion", on="2019-06-30", into=world.other.pk)
    for words in ("reprend 6,00\xa0ETP", "444\u202f378,00"):
        assert words in text
    text = send(
        *(client, world, "fusion"), on="2019-06-30", into=world.other.pk, confirmed="1"
    )
    assert f"Absorbée par {world.other.name}" in text
    other = client.get(f"/structures/{world.other.pk}/vie/").content.decode()
    assert f"A absorbé {world.structure.name}" in other


def test_a_double_click_is_told_and_records_once(client, world):
    data = asked(world, confirmed="True")
    client.post(address(world, "fermeture"), data)
    text = client.post(address(world, "fermeture"), data).content.decode()
    assert "vient d’être enregistré" in text
    assert StructureAct.objects.count() == 1
    last = StructureAct.objects.get().pk
    assert f'name="seen" value="{last}"' in text, "told once, it may be sent again"


def test_a_visit_is_followed_up_once(client, world):
    send(client, world, "visite", follow_up_on="2019-12-16", confirmed="True")
    visit = StructureAct.objects.get()
    assert "Attendues le 16/12/2019" in client.get(address(world)).content.decode()
    home = client.get("/").content.decode()
    assert "Suites d’une visite de contrôle" in home
    listed = client.get("/structures/?alerte=visite").content.decode()
    assert world.structure.name in listed
    assert world.other.name not in listed
    detail = client.get(f"/structures/{world.structure.pk}/").content.decode()
    assert "suites attendues le 16/12/2019" in detail

    url = f"/structures/vie/{visit.pk}/suites/"
    data = asked(world, confirmed="True")
    client.post(url, data)
    again = client.post(url, asked(world, confirmed="True")).content.decode()

    assert "déjà enregistrées" in again
    assert StructureAct.objects.filter(kind=LifeKind.FOLLOW_UP).count() == 1
    assert (
        world.structure.name
        not in client.get("/structures/?alerte=visite").content.decode()
    )


@pytest.mark.parametrize("word", WORDS)
def test_others_find_nothing_there(client, world, word):
    nord = AgencyFactory(name="UD 59", departement=DepartementFactory(code="59"))
    visit = StructureActFactory(structure=world.structure)
    strangers = [
        world.direction,
        MembershipFactory(agent=True, agency=nord).user,
        MembershipFactory(structure=world.other).user,
        MembershipFactory(structure=world.structure, role=Role.CIP).user,
        UserFactory(is_superuser=True, is_staff=True),
    ]
    for user in strangers:
        client.force_login(user)
        data = asked(world, confirmed="True", kind="EI", into=world.other.pk)
        for url in (address(world, word), f"/structures/vie/{visit.pk}/suites/"):
            assert client.get(url).status_code == 404
            assert client.post(url, data).status_code == 404
    assert StructureAct.objects.count() == 1


@pytest.mark.parametrize("word", ["suites", "follow-up", "rien"])
def test_an_unknown_act_is_404(client, world, word):
    assert client.get(address(world, word)).status_code == 404


def test_the_direction_reads_and_the_rest_of_the_staff_does_not(client, world):
    StructureActFactory(structure=world.structure)
    client.force_login(world.direction)
    text = client.get(address(world)).content.decode()
    assert "Deux plans d’accompagnement" in text
    assert "Enregistrer un acte" not in text
    assert "/suites/" not in text
    for role in (Role.CIP, Role.ENCADRANT, Role.GESTIONNAIRE):
        member = MembershipFactory(structure=world.structure, role=role)
        client.force_login(member.user)
        assert client.get(address(world)).status_code == 404
        detail = client.get(f"/structures/{world.structure.pk}/").content.decode()
        assert "Vie de la structure" not in detail


def test_the_page_asks_a_fixed_number_of_queries(
    client, world, django_assert_num_queries
):
    send(client, world, "fermeture", on="2019-06-30", confirmed="True")
    for day in range(1, 6):
        StructureActFactory(structure=world.structure, on=date(2019, 11, day))
        ContractFactory(structure=world.structure, ends_on=date(2020, 3, day))
    with django_assert_num_queries(QUERIES):
        client.get(address(world))
    assert Decimal(StructureAct.objects.count()) == 6
