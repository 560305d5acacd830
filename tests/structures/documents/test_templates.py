"""A territory writes its own text in the back-office, sees it, and never rewrites one."""

import pytest
from django.urls import reverse

from structures.enums import DocumentKind
from structures.models import DocumentTemplate
from structures.printing.texts import given_text
from tests.structures.factories import (
    DepartementFactory,
    DocumentTemplateFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]
ADD = "/admin/structures/documenttemplate/add/"
PREVIEW = "/admin/structures/documenttemplate/apercu/"
TEXT = given_text(DocumentKind.ANNEXE)


@pytest.fixture
def admin(client):
    user = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def given(**fields):
    return {
        "kind": "ANNEXE",
        "region": "",
        "departement": "",
        "since": "2019-12-02",
        "text": TEXT,
    } | fields


def test_the_form_starts_from_the_text_provided_and_lists_the_fields(client, admin):
    text = client.get(f"{ADD}?kind=ANNEXE").content.decode()

    assert "{{ tableau_enveloppes }}" in text
    assert "Postes et aide de l’année" in text
    assert "ETP conventionnés" in text
    assert PREVIEW in text


def test_a_text_is_kept_with_its_author(client, admin):
    place = DepartementFactory()
    response = client.post(ADD, given(departement=place.pk))

    assert response.status_code == 302
    template = DocumentTemplate.objects.get()
    assert (template.by, template.departement) == (admin, place)


@pytest.mark.parametrize(
    "text, sentence",
    [
        (TEXT + "\n{{ montan }}", "« montan » n’est pas un champ de ce document"),
        ("Bonjour", "ce document ne peut pas s’en passer"),
        (TEXT + "\n**gras", "un ** n’a pas sa fin"),
    ],
)
def test_a_wrong_text_is_told_and_kept_in_the_form(client, admin, text, sentence):
    answer = client.post(ADD, given(text=text)).content.decode()

    assert sentence in answer
    assert "Bonjour" in answer or "**gras" in answer or "montan" in answer
    assert not DocumentTemplate.objects.exists()


def test_a_template_is_read_and_never_changed(client, admin):
    template = DocumentTemplateFactory()
    url = f"/admin/structures/documenttemplate/{template.pk}/change/"

    assert template.text[:10] in client.get(url).content.decode()
    assert client.post(url, given(kind="BREACH")).status_code == 403
    template.refresh_from_db()
    assert template.kind == DocumentKind.BREACH


def test_the_preview_is_a_pdf_and_keeps_nothing(client, admin):
    response = client.post(PREVIEW, given())

    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")
    assert not DocumentTemplate.objects.exists()


@pytest.mark.parametrize(
    "fields, sentence",
    [
        ({"text": "{{ faux }}"}, "« faux » n’est pas un champ"),
        ({"text": f"{TEXT} 😀"}, "Retirez « 😀 »"),
        ({"kind": ""}, "Choisissez d’abord le document"),
    ],
)
def test_a_preview_that_cannot_be_says_why(client, admin, fields, sentence):
    response = client.post(PREVIEW, given(**fields))

    assert response.status_code == 400
    assert sentence in response.content.decode()


def test_only_the_back_office_writes_templates(client, agent):
    for url in (ADD, PREVIEW, reverse("admin:structures_document_changelist")):
        assert client.get(url).status_code in (302, 403)
        assert client.post(url, given()).status_code in (302, 403)
    assert not DocumentTemplate.objects.exists()
