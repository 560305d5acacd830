"""An annexe over several envelopes: the perimeter, the full year, the département’s part."""

from decimal import Decimal
from uuid import uuid4

import pytest

from funding.actions.ledger import delegate
from funding.enums import Act, Actor, Level, Line
from funding.figures.allocation import mark_of
from funding.models import Account, AnnexeVersion
from structures.enums import StructureKind
from tests.funding.factories import EnvelopeFactory
from tests.funding.lifecycle.world import TOTAL, make_world
from tests.structures.factories import PerimeterCommuneFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]


@pytest.fixture
def world():
    """500,000 € on the line, 50,000 passed to each earmark; Lens is in the perimeter."""
    world = make_world()
    place = world.envelope
    world.perimeter = PerimeterCommuneFactory(commune=commune(world)).perimeter
    common = {"level": Level.EARMARK, "parent": place, "region": place.region}
    world.erbm, world.pauvrete = (
        EnvelopeFactory(
            line=line, departement=place.departement, perimeter=perimeter, **common
        )
        for line, perimeter in ((Line.ERBM, world.perimeter), (Line.PAUVRETE, None))
    )
    for envelope in (world.erbm, world.pauvrete):
        delegate(
            envelope=envelope,
            amount=Decimal(50_000),
            **{"on": "2019-02-01", "reference": "Fléchage", "by": None},
        )
    EnvelopeFactory(
        line=Line.CD, level=Level.LINE, parent=None, departement=place.departement
    )
    return world


def commune(world):
    return world.version.annexe.convention.structure.commune


def send(client, world, **data):
    client.force_login(world.people[Actor.AGENT])
    world.version.refresh_from_db()
    data = {
        f"etp_{world.erbm.pk}": "0",
        f"posts_{world.erbm.pk}": "0",
        f"etp_{world.pauvrete.pk}": "0",
        f"posts_{world.pauvrete.pk}": "0",
        "cofinanced": "0",
        "expected": world.version.status,
        "key": uuid4(),
    } | data
    url = f"/annexes/{world.version.pk}/repartition/"
    text = client.post(url, data, follow=True).content.decode()
    world.version = AnnexeVersion.objects.get(pk=world.version.pk)
    return text


def parts(world):
    found = world.version.parts.select_related("envelope")
    return {part.envelope.line: (part.etp, part.posts, part.amount) for part in found}


def test_half_a_year_of_two_posts_costs_one_and_is_two_next_year(client, world):
    data = {f"etp_{world.pauvrete.pk}": "1", f"posts_{world.pauvrete.pk}": "2"}

    shown = send(client, world, **data)
    assert "181\u202f791,00" in shown
    assert Line.PAUVRETE not in parts(world)
    send(client, world, **data, confirmed="True")

    assert parts(world)[Line.PAUVRETE] == (1, 2, Decimal("20199.00"))
    assert parts(world)[Line.IAE_SOCLE][2] == TOTAL - Decimal("20199.00")


def test_the_line_of_the_bassin_minier_bears_only_its_communes(client, world):
    data = {f"etp_{world.erbm.pk}": "1", f"posts_{world.erbm.pk}": "1"}
    send(client, world, **data, confirmed="True")
    assert parts(world)[Line.ERBM][2] == Decimal("20199.00")
    send(client, world, confirmed="True")
    assert Line.ERBM not in parts(world)

    world.perimeter.members.all().delete()
    for confirmed in ({}, {"confirmed": "True"}):
        text = send(client, world, **data, **confirmed)
        assert "réservée à un périmètre" in text
    assert Line.ERBM not in parts(world)


def test_a_share_out_somebody_changed_is_told_before_it_is_written_over(client, world):
    client.force_login(world.people[Actor.AGENT])
    url = f"/annexes/{world.version.pk}/repartition/"
    seen = client.get(url).context["form"]["seen"].value()
    data = {f"etp_{world.erbm.pk}": "1", f"posts_{world.erbm.pk}": "1"}
    send(client, world, **data, confirmed="True")

    text = send(client, world, seen=seen, confirmed="True")
    assert "Quelqu’un a changé les termes ou la répartition" in text
    assert parts(world)[Line.ERBM][0] == 1
    send(client, world, seen=mark_of(world.version), confirmed="True")

    assert Line.ERBM not in parts(world)
    assert f'name="seen" value="{seen}"' not in text


def test_the_reservation_follows_in_instruction(client, world):
    world.move(Act.SUBMIT, Actor.AGENT)
    data = {f"etp_{world.erbm.pk}": "1", f"posts_{world.erbm.pk}": "1"}

    send(client, world, **data, confirmed="True")

    held = Account.objects.filter(envelope=world.erbm, bucket="RESERVED")
    assert held.get().balance == Decimal("20199.00")


@pytest.mark.parametrize(
    "name, value, told",
    [
        ("etp_{}", "-1", "Des ETP ne peuvent pas être négatifs"),
        ("etp_{}", "12", "plus que l’aide"),
        ("cofinanced", "999999", "Le cofinancement dépasse l’aide"),
    ],
)
def test_what_cannot_be_is_a_sentence(client, world, name, value, told):
    data = {name.format(world.pauvrete.pk): value}

    text = send(client, world, **data, confirmed="True")

    assert told in text
    assert f'value="{value}"' in text
    assert parts(world)[Line.IAE_SOCLE][2] == TOTAL


def test_more_than_the_earmark_holds_is_refused_with_what_it_has(client, world):
    world.move(Act.SUBMIT, Actor.AGENT)
    data = {f"etp_{world.erbm.pk}": "3", f"posts_{world.erbm.pk}": "3"}

    text = send(client, world, **data, confirmed="True")

    assert "Il reste 50\u202f000,00" in text
    assert Line.ERBM not in parts(world)


def test_a_stale_page_changes_nothing(client, world):
    world.move(Act.SUBMIT, Actor.AGENT)

    text = send(client, world, expected="DRAFT", cofinanced="5", confirmed="True")

    assert "ne se modifie plus ici" in text


def test_the_departement_pays_for_beneficiaries_month_by_month(client, world):
    """R38: 3 × 484.82 + 9 × 492.57 = 5,887.59 € a person in 2019."""
    send(client, world, beneficiaries="2", confirmed="True")

    assert world.version.cofinanced == Decimal("11775.18")
    assert parts(world)[Line.CD][2] == Decimal("11775.18")
    client.force_login(world.people[Actor.AGENT])
    url = f"/annexes/{world.version.pk}/repartition/"
    assert "2,02</a> bénéficiaires du RSA par mois" in client.get(url).content.decode()


def test_other_kinds_have_no_cofinancing_by_default(client, world):
    """R41."""
    structure = world.version.annexe.convention.structure
    structure.kind = StructureKind.EI
    structure.save()

    send(client, world, beneficiaries="2", confirmed="True")

    assert world.version.cofinanced == 0


def test_nobody_else_shares_out(client, world):
    client.force_login(world.people[Actor.DIRECTION])
    url = f"/annexes/{world.version.pk}/repartition/"
    assert client.get(url).status_code == 404
    assert client.post(url, {}).status_code == 404
