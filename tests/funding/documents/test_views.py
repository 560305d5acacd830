"""The pages of documents: who sees them, what is printed, what comes in the zip."""

import zipfile
from io import BytesIO

import pytest
from django.urls import reverse

from funding import tasks
from funding.enums import Act, Actor, PrintOutcome
from funding.models import PrintRun, Transfer
from funding.tasks import print_documents
from structures.enums import Status
from structures.models import Document
from tests.funding.factories import PrintRunFactory
from tests.funding.lifecycle.world import make_world
from tests.structures.factories import (
    DocumentFactory,
    MembershipFactory,
    SignedCopyFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]
LIST = "/documents/"
QUERIES = 12


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def agent(client, world):
    client.force_login(world.people[Actor.AGENT])
    return world.people[Actor.AGENT]


@pytest.fixture(autouse=True)
def woken(monkeypatch):
    """No queue: what would be woken is noted."""
    found = []
    monkeypatch.setattr(tasks.print_documents, "delay", found.append)
    return found


def text_of(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def printed(client, version, kind="annexe"):
    return client.post(reverse("version_paper", args=[version.pk, kind]), follow=True)


def test_an_agent_prints_an_annexe_and_reads_it(client, agent, world):
    text = printed(client, world.version).content.decode()
    document = Document.objects.get()

    assert "le document est prêt" in text
    response = client.get(f"/documents/{document.code}.pdf")
    assert response.content == bytes(document.file.content)
    assert response["Content-Type"] == "application/pdf"
    assert document.code in response["Content-Disposition"]
    assert document.made_by == agent


def test_printed_twice_it_is_there_once(client, agent, world):
    printed(client, world.version)
    printed(client, world.version)

    assert Document.objects.count() == 1


def test_a_draft_is_listed_as_a_project(client, agent, world):
    text = printed(client, world.version).content.decode()
    title = Document.objects.get().title

    assert "Projet" in text.split("documents-titre")[1]
    assert "En vigueur" not in text.split("documents-titre")[1]
    assert title not in text_of(client, LIST)
    assert title not in text_of(client, f"{LIST}?vue=a-signer")
    assert title in text_of(client, f"{LIST}?vue=projets")


@pytest.mark.parametrize("kind", ["convention", "mise-en-demeure"])
def test_the_convention_and_the_breach_are_printed_from_there(
    client, agent, world, kind
):
    world.put(Status.SIGNED)
    world.move(Act.NOTIFY_BREACH, Actor.SIGNATORY)

    assert "est prêt" in printed(client, world.version, kind).content.decode()


def test_without_a_breach_the_letter_says_why_it_is_not(client, agent, world):
    text = printed(client, world.version, "mise-en-demeure").content.decode()

    assert "n’est pas mis en demeure" in text
    assert not Document.objects.exists()


@pytest.mark.parametrize("kind", ["annexe", "inconnu"])
def test_only_agents_print(client, world, kind):
    client.force_login(world.people[Actor.DIRECTION])

    assert printed(client, world.version, kind).status_code == 404
    assert not Document.objects.exists()


def test_the_structure_reads_its_document_and_nobody_elses(client, agent, world):
    printed(client, world.version)
    url = f"/documents/{Document.objects.get().code}.pdf"

    client.force_login(world.people[Actor.DIRECTION])
    assert client.get(url).status_code == 200
    assert "Imprimer" not in text_of(client, f"/annexes/{world.version.pk}/")
    client.force_login(MembershipFactory().user)
    assert client.get(url).status_code == 404


def test_a_movement_is_told_by_letter(client, agent, world):
    transfer = Transfer.objects.get(target__envelope=world.envelope)
    url = f"/enveloppes/mouvements/{transfer.pk}/lettre/"

    assert "Imprimer la lettre" in text_of(client, url)
    client.post(url)

    assert Document.objects.get().link.transfer == transfer
    assert "Lettre de notification" in text_of(client, url)
    client.force_login(world.people[Actor.DIRECTION])
    assert client.get(url).status_code == 404


def test_the_list_shows_documents_and_their_signed_copy(client, agent, world):
    document = DocumentFactory(structure=world.version.annexe.convention.structure)
    other = DocumentFactory(structure=None, title="Lettre")
    SignedCopyFactory(document=document, missing=[2])

    text = text_of(client, LIST)
    assert "manque : page 2" in text
    waiting = text_of(client, f"{LIST}?vue=a-signer")
    assert other.title in waiting
    assert document.title not in waiting
    exported = client.get(f"{LIST}?format=csv")
    assert document.title in b"".join(exported).decode()


def test_the_list_costs_no_more_with_more_rows(
    client, agent, django_assert_num_queries
):
    DocumentFactory(structure=None)
    with django_assert_num_queries(QUERIES):
        client.get(LIST)
    for _ in range(5):
        DocumentFactory(structure=None)
    with django_assert_num_queries(QUERIES):
        client.get(LIST)


def test_a_year_is_printed_followed_and_taken_in_a_zip(
    client, agent, world, woken, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(LIST, {"year": "2019"})
    run = PrintRun.objects.get()

    assert response.url == f"/documents/lots/{run.pk}/"
    assert woken == [run.pk] * tasks.PRINTERS
    text = text_of(client, response.url)
    assert "Préparation des documents" in text
    assert client.get(f"{response.url}zip/").status_code == 404

    print_documents(run.pk)

    part = client.get(f"{response.url}avancement/")
    assert part["HX-Refresh"] == "true"
    assert "Télécharger tous les PDF" in part.content.decode()
    archive = b"".join(client.get(f"{response.url}zip/"))
    with zipfile.ZipFile(BytesIO(archive)) as zipped:
        [name] = zipped.namelist()
        assert zipped.read(name) == bytes(Document.objects.get().file.content)
    assert name.endswith(f"-{Document.objects.get().code}.pdf")


def test_a_second_run_says_the_first_is_there(client, agent, world):
    client.post(LIST, {"year": "2019"})

    text = client.post(LIST, {"year": "2019"}).content.decode()

    assert "déjà en préparation" in text
    assert PrintRun.objects.count() == 1


def test_a_year_without_annexe_keeps_what_was_typed(client, agent, world):
    text = client.post(LIST, {"year": "2016"}).content.decode()

    assert "Aucune annexe de 2016" in text
    assert 'value="2016"' in text


def test_the_lines_of_a_run_are_listed_and_exported(client, agent, world):
    client.post(LIST, {"year": "2019"})
    run = PrintRun.objects.get()
    print_documents(run.pk)
    name = world.version.annexe.convention.structure.name

    assert name in text_of(client, f"/documents/lots/{run.pk}/?resultat=MADE")
    refused = text_of(client, f"/documents/lots/{run.pk}/?resultat=REFUSED")
    assert "Aucune annexe" in refused
    exported = client.get(f"/documents/lots/{run.pk}/?format=csv")
    assert PrintOutcome.MADE.label in b"".join(exported).decode()


def test_a_run_belongs_to_its_territory(client, world):
    run = PrintRunFactory()
    pages = [f"/documents/lots/{run.pk}/{end}" for end in ("", "avancement/", "zip/")]
    client.force_login(world.people[Actor.DIRECTION])
    assert {client.get(page).status_code for page in pages} == {403}
    stranger = MembershipFactory(
        agent=True, agency__name="UD 59", agency__departement__code="59"
    ).user
    client.force_login(stranger)
    assert {client.get(page).status_code for page in pages} == {404}


def test_a_structure_sees_its_documents_and_launches_nothing(client, world):
    client.force_login(world.people[Actor.DIRECTION])

    assert "Imprimer toutes les annexes" not in text_of(client, LIST)
    assert client.post(LIST, {"year": "2019"}).status_code == 403
    assert not PrintRun.objects.exists()
