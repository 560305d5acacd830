"""Days, staff and exits of an annexe being written; the amount known since."""

from datetime import date
from decimal import Decimal

import pytest

from funding.actions.other_terms import OTHERS, mark_of, revise_other_terms
from funding.enums import Act, Actor, Bucket, Job, VersionState
from funding.models import Account, AnnexeVersion
from tests.funding.jobs import run_job
from tests.funding.lifecycle.world import DAY, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]
AGENT, DIRECTION = Actor.AGENT, Actor.DIRECTION


@pytest.fixture
def world():
    return make_world()


def now(world):
    return AnnexeVersion.objects.get(pk=world.version.pk)


def url(world, word="autres-termes"):
    return f"/annexes/{world.version.pk}/{word}/"


def sent(world, **changed):
    version = now(world)
    typed = {name: getattr(version, name) for name in OTHERS} | changed
    typed = {name: "" if it is None else it for name, it in typed.items()}
    return {"expected": version.status, "seen": mark_of(version)} | typed


def post(client, world, **changed):
    client.force_login(world.people[AGENT])
    answer = client.post(url(world), sent(world, **changed), follow=True)
    return answer.content.decode()


def test_fewer_months_cost_less_and_the_reservation_follows(client, world):
    world.move(Act.SUBMIT, AGENT)

    post(client, world, ends_on=date(2019, 8, 31), supervision_etp="2,5")

    version = now(world)
    assert (version.total, version.supervision_etp) == (
        Decimal("134660.00"),
        Decimal("2.5"),
    )
    held = Account.objects.get(annexe=version.annexe, bucket=Bucket.RESERVED)
    assert held.balance == version.parts.get().amount == version.total


def test_the_page_says_that_a_month_begun_counts_whole(client, world):
    AnnexeVersion.objects.update(starts_on=date(2019, 3, 15))
    client.force_login(world.people[AGENT])

    text = client.get(url(world)).content.decode()

    assert "compte en entier : du 15/03/2019 au 31/12/2019, 10 mois." in text


def test_foreseen_exits_make_their_sum(client, world):
    post(
        client,
        world,
        forecast_durable="20",
        forecast_transition="20,5",
        forecast_positive="10",
    )
    assert now(world).forecast_dynamic == Decimal("50.5")
    assert now(world).total == world.version.total


@pytest.mark.parametrize(
    "changed, told",
    [
        ({"ends_on": date(2020, 1, 1)}, "court au plus du 01/01/2019 au 31/12/2019"),
        ({"starts_on": date(2018, 12, 31)}, "corrigez ses dates"),
        ({"starts_on": "2019-09-01", "ends_on": "2019-08-31"}, "corrigez ses dates"),
        ({"ends_on": "demain"}, "date valide"),
        ({"supervision_etp": "-1"}, "ne peut pas être négative"),
        ({"forecast_durable": "70", "forecast_positive": "40"}, "sorties prévues"),
        ({"seen": "autre"}, "Quelqu’un a changé ces termes"),
    ],
)
def test_what_cannot_be_is_a_sentence_and_what_was_typed_stays(
    client, world, changed, told
):
    text = post(client, world, cofinancer="La Région", **changed)
    assert told in text
    assert 'value="La Région"' in text
    assert now(world).cofinancer == world.version.cofinancer


def test_signed_or_of_the_structure_it_is_not_written(client, world):
    world.move(Act.SUBMIT, AGENT)
    data = sent(world)
    world.put("READY")
    client.force_login(world.people[AGENT])
    text = client.post(url(world), data).content.decode()
    assert "ne se modifient plus ici" in text
    client.force_login(world.people[DIRECTION])
    for word in ("autres-termes", "montant"):
        assert client.post(url(world, word), data).status_code == 404


def test_what_waited_for_the_arrete_takes_its_amount(client, world):
    AnnexeVersion.objects.filter(pk=world.version.pk).update(
        unit_amount=19897, total=198970
    )
    world.version.parts.update(amount=198970)
    world.version.refresh_from_db()
    world.move(Act.SUBMIT, AGENT)
    client.force_login(world.people[AGENT])
    page = client.get(f"/annexes/{world.version.pk}/").content.decode()
    assert "Passer au montant en vigueur, 20\u202f199,00\xa0€" in page

    text = client.post(url(world, "montant"), follow=True).content.decode()

    assert "suit le montant en vigueur" in text
    assert "Passer au montant en vigueur" not in text
    version = now(world)
    assert (version.unit_amount, version.total) == (20199, Decimal("201990.00"))
    held = Account.objects.get(annexe=version.annexe, bucket=Bucket.RESERVED)
    assert held.balance == version.total


def test_a_campaign_keeps_the_days_somebody_wrote(world):
    """And only follows the law, for those months."""
    values = {name: getattr(world.version, name) for name in OTHERS}
    revise_other_terms(
        version=world.version,
        values=values | {"starts_on": date(2019, 5, 1)},
        by=world.people[AGENT],
        on=DAY,
    )
    assert now(world).state == VersionState.BROUILLON

    run_job(Job.CONVENTIONS, 2019)

    assert (now(world).starts_on, now(world).total) == (
        date(2019, 5, 1),
        Decimal("134660.00"),
    )
