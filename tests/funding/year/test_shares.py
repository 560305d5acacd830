"""A share-out shown before it is recorded: each part says how it is made."""

import re
from decimal import Decimal

import pytest

from funding.enums import Actor
from funding.figures.shares import cofinanced_part, rest_of, share_of_earmarks
from tests.funding.lifecycle.world import DAY, TOTAL
from tests.funding.opened import amounts
from tests.funding.year.test_allocation import send, world

__all__ = ["world"]  # the fixture
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]


def asked(world, **options):
    etp = {world.erbm: Decimal(2), world.pauvrete: Decimal("0.5")}
    parts = share_of_earmarks(world.version, etp, on=DAY)
    options = {"beneficiaries": None, "on": DAY} | options
    borne = cofinanced_part(world.version, Decimal("11775.18"), **options)
    return [*parts, borne, rest_of(world.version, [*parts, borne])]


def test_each_part_is_made_of_its_rows_and_all_make_the_aid(world):
    parts = asked(world)

    assert [part.value for part in parts] == [part.sum for part in parts]
    assert sum(part.value for part in parts) == world.version.total == TOTAL


def test_a_part_of_an_earmark_says_its_product_and_its_text(world):
    part = asked(world)[0]

    assert part.formula == "ETP × montant par ETP, arrondi au centime."
    etp, unit, months = (it.value for it in part.inputs)
    assert (etp * unit, months) == (part.value, 12)
    assert part.law[0].source.startswith("Arrêté du 27 février 2019")


def test_beneficiaries_say_the_texts_of_their_share(world):
    borne = asked(world, beneficiaries=Decimal(2))[-2]

    assert [it.parameter for it in borne.law] == ["part_rsa_cd", "rsa_forfaitaire"]
    assert [it.value for it in borne.inputs] == [2, 12]


def test_the_preview_unfolds_each_part_and_opens_the_aid(client, world):
    data = {f"etp_{world.erbm.pk}": "1", f"posts_{world.erbm.pk}": "1"}

    text = send(client, world, **data)

    shown = re.findall(r"<summary>([^<]+)<span", text)
    parts = [Decimal(re.sub(r"[^\d,]", "", it).replace(",", ".")) for it in shown]
    assert parts == [20199, 0, 0, TOTAL - 20199]
    assert "en vigueur le 01/01/2019" in text
    url = f"/annexes/{world.version.pk}/calcul/aide/"
    assert {it for it, _ in amounts(text, "/calcul/aide/")} == {url}


def test_its_amounts_open_the_pages_of_the_annexe(client, world):
    client.force_login(world.people[Actor.AGENT])
    url = f"/annexes/{world.version.pk}/repartition/"

    for address, shown in amounts(client.get(url).content.decode(), "/calcul/"):
        opened = client.get(address).content.decode()
        assert f">{shown}<" in opened, address


def test_a_part_already_paid_to_the_cent_says_so(world, monkeypatch):
    near = Decimal("40398.01")
    monkeypatch.setattr("funding.figures.shares.near_paid", lambda *_: near)

    part = asked(world)[0]

    assert part.value == near
    assert "a déjà payé" in part.warning
