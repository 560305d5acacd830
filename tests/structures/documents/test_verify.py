"""The public page: genuine, altered by one byte, known by its code, or not ours."""

import random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from structures.figures.verification import Verdict, of_file
from structures.printing.codes import PageCode, new_code, payload, shown, spelled
from structures.views import limits
from tests.structures.documents.sheets import SITE
from tests.structures.documents.test_issue import TEXT, issued
from tests.structures.factories import (
    DepartementFactory,
    DocumentFactory,
    DocumentTemplateFactory,
    SignedCopyFactory,
    StoredFileFactory,
)

pytestmark = pytest.mark.django_db
PAGE = "/verifier/"
GENUINE, ALTERED = "Document authentique", "Document modifié"
UNKNOWN = "Ce document n’est pas de ce service"
PLACES = 24


@pytest.fixture(autouse=True)
def no_limit(monkeypatch):
    monkeypatch.setattr(limits, "MOST", 10_000)


@pytest.fixture
def document(settings):
    settings.SITE_URL = SITE
    DocumentTemplateFactory(text=TEXT)
    return issued(DepartementFactory())


def answer(client, content, name="recu.pdf"):
    file = SimpleUploadedFile(name, content, "application/pdf")
    response = client.post(PAGE, {"fichier": file})
    assert response.status_code == 200
    return response.content.decode()


def test_anybody_is_told_a_document_is_genuine(client, document):
    text = answer(client, bytes(document.file.content))

    assert GENUINE in text
    assert spelled(document.code) in text
    assert "Récup" not in text, "nothing of what is in it is shown"


def test_one_byte_changed_is_altered_wherever_it_is(document):
    """Never genuine; and told to be altered, whatever still reads in the file."""
    content = bytes(document.file.content)
    draw = random.Random(62)

    verdicts = set()
    for _ in range(PLACES):
        changed = bytearray(content)
        at = draw.randrange(len(changed))
        changed[at] ^= 1 << draw.randrange(8)
        verdicts.add(of_file(bytes(changed)).verdict)

    assert verdicts == {Verdict.ALTERED}


def test_the_page_says_it_is_altered(client, document):
    content = bytearray(document.file.content)
    content[len(content) // 2] ^= 1

    text = answer(client, bytes(content))

    assert ALTERED in text
    assert GENUINE not in text


def test_what_is_not_ours_is_said(client, document):
    assert UNKNOWN in answer(client, b"%PDF-1.7 rien")


@pytest.mark.parametrize("content", [b"bonjour", b"\x00" * 2_000])
def test_what_is_no_pdf_is_said_with_what_to_give(client, document, content):
    text = answer(client, content)

    assert "Ce fichier n’est pas un PDF" in text
    assert "déposez celui que vous avez reçu" in text
    assert UNKNOWN not in text


def test_the_signed_copy_is_genuine_too(client, document):
    SignedCopyFactory(document=document, file=StoredFileFactory(content=b"%PDF-signe"))

    assert "Copie signée authentique" in answer(client, b"%PDF-signe")


def test_the_code_of_a_page_opens_the_page(client, document):
    one = PageCode(document.code, shown(document.digest), 1)
    address = payload("", one)

    text = client.get(address).content.decode()

    assert address.startswith("/V/")
    assert "Le service a émis ce document" in text
    assert "1 sur 1" in text


def test_a_code_with_another_hash_is_altered(client, document):
    other = payload("", PageCode(document.code, "0" * 32, 1))

    assert ALTERED in client.get(other).content.decode()


@pytest.mark.parametrize("number", [0, 2, 999])
def test_a_page_the_document_does_not_have_is_not_ours(client, document, number):
    other = payload("", PageCode(document.code, shown(document.digest), number))

    text = client.get(other).content.decode()

    assert ALTERED in text
    assert "sur 1" not in text


@pytest.mark.parametrize("code", ["AB%00", "AB", "Z" * 3_000])
def test_what_is_no_code_is_unknown(client, agent, code):
    assert UNKNOWN in client.get(f"/V/{code}/AA/1").content.decode()
    client.force_login(agent)
    assert client.get(f"/documents/{code}.pdf").status_code == 404


def test_a_file_with_thousands_of_names_asks_no_more_of_the_base(
    document, django_assert_num_queries
):
    names = [b"iae-manager-" + new_code().encode() for _ in range(2_000)]
    with django_assert_num_queries(3):
        assert of_file(b"%PDF-1.7 " + b" ".join(names)).verdict == Verdict.UNKNOWN


def test_a_number_is_asked_as_it_is_read(client, document):
    text = client.get(PAGE, {"numero": spelled(document.code).lower()}).content.decode()
    nobody = client.get(PAGE, {"numero": "0000 0000 0000"}).content.decode()

    assert "Le service a émis ce document" in text
    assert UNKNOWN in nobody


def test_a_replaced_document_says_so(client, document):
    DocumentFactory(replaces=document, code="Z" * 12)

    text = answer(client, bytes(document.file.content))

    assert GENUINE in text
    assert "par un document du 2 décembre 2019" in text


@pytest.mark.parametrize("asked", ["file", "number"])
def test_a_draft_is_told_to_have_no_legal_value(client, asked):
    DocumentTemplateFactory(text=TEXT)
    project = issued(DepartementFactory(), marks=("Projet",))
    if asked == "file":
        text = answer(client, bytes(project.file.content))
    else:
        text = client.get(PAGE, {"numero": project.code}).content.decode()

    assert "sans valeur juridique" in text
    assert GENUINE not in text
    assert "fr-alert--warning" in text


def test_nothing_is_kept_of_a_file_and_none_is_asked_for_twice(client, document):
    text = client.post(PAGE, {}).content.decode()

    assert "Le fichier n’est pas vérifié" in text
    assert "Ce champ est obligatoire" in text


def test_too_many_questions_wait(client, document, monkeypatch):
    monkeypatch.setattr(limits, "MOST", 1)
    monkeypatch.setattr(limits, "address", lambda request: "203.0.113.9")
    client.get(PAGE, {"numero": document.code})

    response = client.get(PAGE, {"numero": document.code})

    assert response.status_code == 429
    assert "Attendez une minute" in response.content.decode()
    assert client.get(PAGE).status_code == 200
