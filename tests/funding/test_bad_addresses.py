"""What nobody types by hand is a page or a 404, never a fault."""

import pytest

from funding.enums import Actor
from tests.funding.lifecycle.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]
SQUARE = "%C2%B2"


@pytest.fixture
def world(client):
    world = make_world()
    client.force_login(world.people[Actor.AGENT])
    return world


@pytest.mark.parametrize(
    "url",
    [
        f"/annexes/?annee={SQUARE * 4}",
        "/annexes/?annee=0000",
        f"/annexes/?apercu={SQUARE}",
        f"/enveloppes/?annee={SQUARE}",
        "/enveloppes/?annee=" + "9" * 5_000,
        f"/enveloppes/trop-percus/?annee={SQUARE}",
        f"/enveloppes/fdi/?annee={SQUARE * 4}",
        f"/documents/?annee={SQUARE * 4}",
        f"/conventions/demande/?structure={SQUARE}",
    ],
)
def test_a_number_that_is_none_is_left_out(client, world, url):
    assert client.get(url).status_code == 200


@pytest.mark.parametrize("year", [0, 99999])
def test_a_chart_of_no_year_is_404(client, world, year):
    structure = world.version.annexe.convention.structure_id
    assert client.get(f"/structures/{structure}/etp-{year}.svg").status_code == 404


def test_a_key_that_is_none_is_left_out_of_a_form(client, world):
    convention = world.version.annexe.convention_id
    lot = client.post("/annexes/lot/", {"act": "SIGN", "version": ["²"]}, follow=True)

    assert lot.status_code == 200
    annexe = client.post(f"/conventions/{convention}/annexe/", {"annee": "²"})
    assert annexe.status_code == 404
