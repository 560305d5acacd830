"""The pages of FDI requests: asked, decided, read by those they concern."""

from decimal import Decimal
from uuid import uuid4

import pytest

from funding.actions.refusals import ActRefused
from funding.enums import FdiAct
from funding.models import FdiRequest
from tests.funding.factories import FdiRequestFactory
from tests.funding.year.fdi import agree, balances, move
from tests.structures.factories import (
    MembershipFactory,
    StructureFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]
QUERIES = 11


def ask(client, fdi_structure, **data):
    data = {
        "structure": fdi_structure.pk,
        "kind": "DEVELOPMENT",
        "purpose": "Acheter une presse",
        "cost": "20000",
        "requested": "8000,50",
        "on": "2019-09-02",
        "key": uuid4(),
    } | data
    url = "/enveloppes/fdi/nouvelle/"
    return client.post(url, data, follow=True).content.decode()


def test_a_request_is_recorded_from_a_page(client, line, head):
    structure = StructureFactory()
    client.force_login(head)

    assert "Rien n’est encore enregistré" in ask(client, structure)
    done = ask(client, structure, requested="8000.50", confirmed="True")

    assert "Acheter une presse" in done
    assert FdiRequest.objects.get().requested == Decimal("8000.50")


@pytest.mark.parametrize(
    "data, told",
    [
        ({"requested": "20001", "confirmed": "True"}, "dépasse le coût du projet"),
        ({"purpose": ""}, "Ce champ est obligatoire"),
        ({"on": "2018-01-02", "confirmed": "True"}, "Aucune enveloppe FDI en 2018"),
        ({"on": "2031-01-01", "confirmed": "True"}, "est à venir"),
    ],
)
def test_a_wrong_request_is_a_sentence(client, line, head, data, told):
    client.force_login(head)

    assert told in ask(client, StructureFactory(), **data)
    assert not FdiRequest.objects.exists()


def act(client, fdi, act_, **data):
    fdi.refresh_from_db()
    data = {"on": "2019-09-16", "key": uuid4(), "expected": fdi.status} | data
    url = f"/enveloppes/fdi/{fdi.pk}/{act_.lower()}/"
    return client.post(url, data, follow=True).content.decode()


def test_its_whole_life_from_the_pages(client, fdi, head):
    client.force_login(head)
    act(client, fdi, "RECORD_OPINION", opinion="RESERVED", confirmed="True")
    shown = act(client, fdi, "AGREE", amount="15000", share="40")
    assert "25\u202f000,00" in shown
    act(client, fdi, "AGREE", amount="15000.00", share="40.00", confirmed="True")
    act(client, fdi, "PAY_ADVANCE", confirmed="True")
    text = act(client, fdi, "SETTLE", amount="15000", confirmed="True")

    assert "Soldée" in text
    assert "Favorable avec réserve" in text
    assert balances(fdi) == (25_000, 0, 15_000)


def test_an_act_refused_on_a_changed_request_may_be_sent_again(client, fdi, head):
    client.force_login(head)
    act(client, fdi, "RECORD_OPINION", opinion="FAVOURABLE", confirmed="True")
    late = {"reason": "Projet abandonné", "expected": "RECEIVED", "confirmed": "True"}

    text = act(client, fdi, "REFUSE", **late)

    assert "Quelqu’un a déjà changé cette demande" in text
    assert "Projet abandonné" in text
    assert f'name="expected" value="{fdi.status}"' in text


def test_a_page_says_the_cap_and_keeps_what_was_typed(client, line, head):
    fdi = FdiRequestFactory(envelope=line, requested=25_000)
    client.force_login(head)
    act(client, fdi, "RECORD_OPINION", opinion="FAVOURABLE", confirmed="True")
    url = f"/enveloppes/fdi/{fdi.pk}/agree/"
    assert 'value="22500,00"' in client.get(url).content.decode()

    text = act(client, fdi, "AGREE", amount="25000", share="40", confirmed="True")

    assert "plafonnée à 22\u202f500,00" in text
    assert 'value="25000"' in text


def test_the_structure_reads_its_own_requests_only(client, fdi):
    url = f"/enveloppes/fdi/{fdi.pk}/"
    client.force_login(MembershipFactory(structure=fdi.structure).user)
    assert "trésorerie" in client.get(url).content.decode()
    assert client.get(f"{url}record_opinion/").status_code == 404
    assert client.get("/enveloppes/fdi/nouvelle/").status_code == 404
    client.force_login(MembershipFactory(structure=StructureFactory()).user)
    assert client.get(url).status_code == 404


def test_a_sum_opens_the_transfers_of_its_own_request(client, line, fdi, head):
    other = FdiRequestFactory(envelope=line, structure=StructureFactory())
    agree(other, head, amount=5_000)
    agree(fdi, head, amount=10_000)
    client.force_login(MembershipFactory(structure=fdi.structure).user)
    text = client.get(f"/enveloppes/fdi/{fdi.pk}/").content.decode()
    url = f"/enveloppes/fdi/{fdi.pk}/mouvements/?compartiment=engage"

    assert f'href="{url}"' in text
    told = client.get(url).content.decode()
    assert "La somme des mouvements est <strong>10\u202f000,00" in told
    stranger = f"/enveloppes/fdi/{other.pk}/mouvements/"
    assert client.get(stranger).status_code == 404


def test_the_structure_does_not_try_an_act_of_the_service(client, fdi):
    client.force_login(MembershipFactory(structure=fdi.structure).user)
    data = {"on": "2019-09-16", "key": uuid4(), "expected": fdi.status}
    data |= {"amount": "1", "share": "40"}

    assert client.post(f"/enveloppes/fdi/{fdi.pk}/agree/", data).status_code == 404


@pytest.mark.parametrize("rows", [1, 6])
def test_the_list_asks_a_fixed_number_of_queries(
    client, line, head, rows, django_assert_num_queries
):
    for _ in range(rows):
        FdiRequestFactory(envelope=line)
    client.force_login(head)
    with django_assert_num_queries(QUERIES):
        text = client.get("/enveloppes/fdi/?annee=2019").content.decode()
    assert f"{15 * rows}\u202f000,00" in text


def test_nothing_agreed_is_a_sentence(client, fdi, head):
    client.force_login(head)
    act(client, fdi, "RECORD_OPINION", opinion="FAVOURABLE", confirmed="True")

    text = act(client, fdi, "AGREE", amount="0", share="40", confirmed="True")

    assert "Le montant est supérieur à zéro" in text
    with pytest.raises(ActRefused, match="pour ne rien accorder, refusez la demande"):
        move(fdi, FdiAct.AGREE, head, amount=Decimal(0), share=Decimal("0.4"))
