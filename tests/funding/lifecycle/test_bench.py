"""The bench: ETP written in their line, columns chosen, totals, a file beside the list."""

from datetime import date
from decimal import Decimal

import pytest

from funding.enums import Act, Actor, Line
from funding.figures.bench_totals import by_envelope
from funding.models import AnnexeVersion
from structures.enums import Status
from tests.funding.factories import AnnexeFactory, EnvelopeFactory, VersionFactory
from tests.funding.lifecycle.world import TOTAL, make_world
from tests.structures.factories import ConventionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]
LIST = "/annexes/?annee=2019"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def agent(client, world):
    client.force_login(world.people[Actor.AGENT])
    return client


def etp_url(version, query="annee=2019"):
    return f"/annexes/{version.pk}/etp/?{query}"


def write(client, world, etp, seen="10,00", meant="", **options):
    data = {"etp": etp, "seen": seen, "meant": meant}
    response = client.post(etp_url(world.version), data, headers=HTMX, **options)
    assert response.status_code == 200
    world.version.refresh_from_db()
    return response.content.decode()


def test_etp_are_written_in_their_line_and_the_totals_follow(agent, world):
    html = write(agent, world, "5,5")

    assert world.version.etp == Decimal("5.50")
    assert world.version.total == Decimal("111094.50")
    assert "5,50" in html
    assert 'id="total-etp" class="iae-total" hx-swap-oob="true">5,50' in html
    assert "388\u202f906" in html  # 500 000 less what the list asks
    assert "5,50 ETP, enregistré" in html


@pytest.mark.parametrize(
    "typed, why",
    [
        ("-1", "ne peuvent pas être négatifs"),
        ("beaucoup", "Écrivez un nombre"),
        ("", "Écrivez des ETP"),
    ],
)
def test_what_is_refused_stays_in_its_cell(agent, world, typed, why):
    html = write(agent, world, typed)

    assert why in html
    assert f'value="{typed}"' in html or not typed
    assert world.version.etp == Decimal("10.00")


def test_more_than_the_envelope_holds_is_said_in_the_cell(agent, world):
    world.move(Act.SUBMIT, Actor.AGENT)

    html = write(agent, world, "40")

    assert "Il reste" in html
    assert 'value="40"' in html
    assert world.version.total == TOTAL


def test_etp_that_look_like_an_error_are_asked_again(agent, world):
    first = write(agent, world, "99999")
    world.version.refresh_from_db()
    kept = world.version.etp
    second = write(agent, world, "99999", meant="99999")

    assert "quand la structure en a eu 10,00\xa0ETP au plus" in first
    assert 'name="meant" value="99999"' in first
    assert kept == Decimal(10)
    assert "enregistré" in second


def test_another_number_than_the_one_meant_is_asked_again(agent, world):
    html = write(agent, world, "9999", meant="99999")

    assert "enregistrez de nouveau si c’est bien cela" in html
    assert 'name="meant" value="9999"' in html


def test_somebody_quicker_is_not_written_over(agent, world):
    write(agent, world, "8")

    html = write(agent, world, "9", seen="10,00")

    assert "Quelqu’un a écrit 8,00" in html
    assert world.version.etp == Decimal("8.00")


def test_etp_typed_on_a_line_signed_meanwhile_are_told_back(agent, world):
    world.put(Status.SIGNED)

    html = write(agent, world, "12,5")

    assert "est maintenant « Signée » : vos 12,5 ETP ne sont pas enregistrés" in html
    assert 'id="dit" class="fr-alert' in html


def test_what_is_signed_has_no_pencil(agent, world):
    world.put(Status.SIGNED)

    assert "Modifier les ETP" not in agent.get(LIST).content.decode()
    assert "data-cell" not in write(agent, world, "3")
    assert world.version.etp == Decimal("10.00")


def test_without_a_script_the_pencil_opens_the_terms(agent, world):
    response = agent.get(etp_url(world.version))

    assert response.url == f"/annexes/{world.version.pk}/termes/"


def test_escape_gives_the_line_back(agent, world):
    url = etp_url(world.version, "annee=2019&annuler=1")

    html = agent.get(url, headers=HTMX).content.decode()

    assert "data-cell" not in html
    assert "autofocus" in html


@pytest.mark.parametrize("part", ["etp", "apercu"])
def test_neither_a_structure_nor_a_stranger_has_the_bench(client, world, part):
    url = f"/annexes/{world.version.pk}/{part}/?annee=2019"
    client.force_login(world.people[Actor.DIRECTION])
    assert client.get(url, headers=HTMX).status_code == 404
    assert client.post(url, {"etp": "1"}, headers=HTMX).status_code in (404, 405)
    text = client.get(LIST).content.decode()
    assert "Modifier les ETP" not in text
    assert "Totaux" not in text


def test_the_reader_chooses_the_columns(agent, world):
    text = agent.get(f"{LIST}&colonnes=commune&colonnes=etp").content.decode()

    heads = text.split("<thead")[1].split("</thead>")[0]
    assert "Commune" in heads
    assert "cofinancement" not in heads
    assert "Aide" not in heads


def test_an_export_has_the_columns_chosen(agent, world):
    response = agent.get(f"{LIST}&colonnes=etp&format=csv")

    assert b"".join(response).decode().splitlines()[0] == "\ufeffStructure;ETP"


def test_the_year_before_is_beside_the_etp(agent, world):
    convention = world.version.annexe.convention
    before = AnnexeFactory(convention=convention, year=2018)
    VersionFactory(
        annexe=before,
        etp=Decimal("7.30"),
        starts_on=date(2018, 1, 1),
        ends_on=date(2018, 12, 31),
    )

    assert "7,30" in agent.get(LIST).content.decode()


def test_a_file_is_read_beside_the_list(agent, world):
    html = agent.get(
        f"/annexes/{world.version.pk}/apercu/?annee=2019", headers=HTMX
    ).content.decode()

    assert world.version.annexe.convention.structure.name in html
    assert f'href="/annexes/{world.version.pk}/submit/"' in html
    assert "Ligne suivante" not in html


def test_the_panel_is_in_the_page_without_a_script(agent, world):
    response = agent.get(f"/annexes/{world.version.pk}/apercu/?annee=2019")
    text = agent.get(response.url).content.decode()

    assert "Fermer l’aperçu" in text


def test_the_panel_leads_to_the_lines_around(agent, world):
    convention = ConventionFactory(structure__name="Zèbre")
    other = VersionFactory(annexe=AnnexeFactory(convention=convention), draft=True)

    url = f"/annexes/{other.pk}/apercu/?annee=2019"
    html = agent.get(url, headers=HTMX).content.decode()

    assert f"/annexes/{world.version.pk}/apercu/?annee=2019" in html
    assert "Ligne suivante" not in html


def test_the_totals_say_which_envelope_is_short(client):
    world = make_world(funded=TOTAL - 1)
    client.force_login(world.people[Actor.AGENT])

    text = client.get(LIST).content.decode()

    assert "insuffisante" in text
    assert "−1\u00a0€" in text


def test_the_pencil_of_a_line_given_back_writes_again(agent, world):
    url = etp_url(world.version, "annee=2019&annuler=1")
    html = agent.get(url, headers=HTMX).content.decode()
    assert "annuler" not in html


def test_an_envelope_never_notified_is_told_short(agent, world):
    bare = EnvelopeFactory(departmental=True, year=2019, line=Line.PEC)
    world.version.parts.update(envelope=bare)
    [total] = by_envelope(AnnexeVersion.objects.all())
    assert (total.available, total.left) == (0, -world.version.total)
