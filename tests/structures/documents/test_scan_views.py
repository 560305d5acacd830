"""The pages of scans: deposit, progress, what waits for somebody, filing by hand."""

import random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from structures import tasks
from structures.actions.scans import read_scan
from structures.enums import PageOutcome
from structures.models import Scan
from tests.structures.documents import paper
from tests.structures.documents.test_issue import TEXT, issued
from tests.structures.factories import (
    DepartementFactory,
    DocumentTemplateFactory,
    MembershipFactory,
    ScanFactory,
    ScanPageFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]
LIST = "/numerisations/"
QUERIES = 11


@pytest.fixture(autouse=True)
def woken(monkeypatch):
    """No queue: what would be woken is noted."""
    found = []
    monkeypatch.setattr(tasks.read_scan, "delay", found.append)
    return found


@pytest.fixture
def document():
    DocumentTemplateFactory(text=TEXT)
    return issued(DepartementFactory())


@pytest.fixture
def scan(agent, document):
    """One page filed, one blank."""
    [first] = paper.pages_of(bytes(document.file.content))
    content = paper.bound([first, paper.blank(random.Random(1))])
    return Scan.objects.create(
        name="retour.pdf",
        by=agent,
        file=tasks.scans.keep(content),
    )


def sent(client, content, name="retour.pdf"):
    file = SimpleUploadedFile(name, content, "application/pdf")
    return client.post(LIST, {"fichier": file})


def text_of(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_a_scan_is_received_and_its_reading_starts(
    client, agent, woken, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        response = sent(client, b"%PDF-1.7 x")
    scan = Scan.objects.get()

    assert response.url == f"/numerisations/{scan.pk}/"
    assert woken == [scan.pk]
    assert "Lecture des pages" in text_of(client, response.url)


def test_what_is_no_pdf_says_so_beside_the_field(client, agent):
    text = sent(client, b"bonjour").content.decode()

    assert "Le fichier n’est pas déposé" in text
    assert "Numérisez en PDF" in text
    assert not Scan.objects.exists()


def test_too_large_a_file_is_refused(client, agent, monkeypatch):
    monkeypatch.setattr("structures.forms.MEBIBYTE", 1)

    text = sent(client, b"%PDF-" + b"x" * 300).content.decode()

    assert "dépasse 200 Mo" in text


def test_what_waits_for_somebody_is_first(client, scan, document):
    read_scan(scan_id=scan.pk)

    text = text_of(client, f"{LIST}{scan.pk}/")
    everything = text_of(client, f"{LIST}{scan.pk}/?pages=toutes")

    assert PageOutcome.UNREADABLE.label in text
    assert document.title not in text
    assert document.title in everything


def test_the_progress_asks_for_the_whole_page_once_read(client, scan):
    part = f"{LIST}{scan.pk}/avancement/"
    assert "HX-Refresh" not in client.get(part)

    read_scan(scan_id=scan.pk)

    assert client.get(part)["HX-Refresh"] == "true"


def test_a_damaged_page_has_no_picture_and_is_not_filed(client, scan, document):
    damaged = paper.with_damaged_page(bytes(scan.file.content), 0)
    Scan.objects.filter(pk=scan.pk).update(file=tasks.scans.keep(damaged))
    read_scan(scan_id=scan.pk)
    page = scan.pages.get(number=1)
    url = f"{LIST}pages/{page.pk}"

    assert client.get(f"{url}.png").status_code == 404
    told = client.post(f"{url}/", {"numero": document.code, "page": "1"})
    assert "Cette page est abîmée" in told.content.decode()


def test_a_page_is_seen_and_filed_by_hand(client, scan, document, agent):
    read_scan(scan_id=scan.pk)
    page = scan.pages.get(outcome=PageOutcome.UNREADABLE)
    url = f"{LIST}pages/{page.pk}/"

    assert "Classer cette page" in text_of(client, url)
    picture = client.get(f"{LIST}pages/{page.pk}.png")
    assert picture.content.startswith(b"\x89PNG")
    wrong = client.post(url, {"numero": "0000 0000 0000", "page": "1"})
    assert "Aucun document ne porte ce numéro" in wrong.content.decode()
    assert 'value="0000 0000 0000"' in wrong.content.decode()
    taken = client.post(url, {"numero": document.code, "page": "1"})
    assert "est déjà classée" in taken.content.decode()

    client.post(f"{url}ecarter/")
    page.refresh_from_db()
    assert (page.outcome, page.filed_by) == (PageOutcome.IGNORED, agent)


def test_the_signed_copy_is_read_from_the_document(client, scan, document):
    url = f"/documents/{document.code}/copie.pdf"
    assert client.get(url).status_code == 404

    read_scan(scan_id=scan.pk)

    response = client.get(url)
    assert response.content.startswith(b"%PDF-")
    assert "signe" in response["Content-Disposition"]


def test_colleagues_see_the_scans_of_their_service_and_nobody_else(client, scan):
    pages = [LIST, f"{LIST}{scan.pk}/", f"{LIST}{scan.pk}/avancement/"]

    client.force_login(MembershipFactory(agent=True).user)
    assert {client.get(page).status_code for page in pages} == {200}
    stranger = MembershipFactory(
        agent=True, agency__name="UD 59", agency__departement__code="59"
    ).user
    client.force_login(stranger)
    assert [client.get(page).status_code for page in pages] == [200, 404, 404]
    client.force_login(MembershipFactory().user)
    assert {client.get(page).status_code for page in pages} == {403}


def test_the_page_costs_no_more_with_more_pages(
    client, agent, django_assert_num_queries
):
    scan = ScanFactory(by=agent)
    for more in (1, 5):
        for _ in range(more):
            ScanPageFactory(scan=scan, outcome=PageOutcome.UNKNOWN)
        with django_assert_num_queries(QUERIES):
            client.get(f"{LIST}{scan.pk}/")


@pytest.mark.parametrize("word", ["csv", "xlsx"])
def test_lists_are_exported(client, scan, word):
    read_scan(scan_id=scan.pk)

    for url in (LIST, f"{LIST}{scan.pk}/"):
        response = client.get(f"{url}?format={word}")
        assert f".{word}" in response["Content-Disposition"]
        assert b"".join(response)
