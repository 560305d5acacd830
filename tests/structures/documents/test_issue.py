"""What is issued is kept as it is; the same is not issued twice; another one replaces it."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connections, transaction

from structures.actions.documents import DocumentRefused, issue, template_in_force
from structures.enums import DocumentKind
from structures.models import Document, DocumentTemplate, StoredFile
from structures.printing.texts import given_text
from tests.structures.documents.sheets import DAY, sheet, text_of
from tests.structures.factories import (
    DepartementFactory,
    DocumentFactory,
    DocumentTemplateFactory,
    MembershipFactory,
    RegionFactory,
    StructureFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
TEXT = "Vous manquez à {{ convention }}. {{ manquement }}\n\n{{ signature }}"


@pytest.fixture
def place():
    return DepartementFactory()


def issued(place, *, replaces=None, on=DAY, **fields):
    DocumentTemplate.objects.exists() or DocumentTemplateFactory(text=TEXT)
    return issue(
        sheet=sheet(**fields),
        departement=place,
        structure=None,
        replaces=replaces,
        by=None,
        on=on,
    )


def test_it_keeps_its_bytes_with_their_hash(place):
    document = issued(place)
    content = bytes(document.file.content)

    assert content.startswith(b"%PDF-")
    assert document.file.size == len(content)
    assert "062 010119 ACI 00012" in text_of(content)


def test_the_same_document_is_not_issued_again(place):
    first = issued(place)

    assert issued(place, replaces=first, on=date(2020, 1, 6)) == first
    assert Document.objects.count() == 1


def test_a_character_no_font_draws_is_named_with_its_field(place):
    values = sheet().values | {"manquement": "Le bilan 😀 manque"}

    with pytest.raises(DocumentRefused, match="« 😀 » .champ « le manquement constaté"):
        issued(place, values=values)


def test_another_content_replaces_it_and_alters_nothing(place):
    first = issued(place)
    before = bytes(first.file.content)
    second = issued(place, replaces=first, title="Autre titre")

    assert second.replaces == first
    assert bytes(StoredFile.objects.get(pk=first.file_id).content) == before
    assert list(Document.objects.last()) == [second]


def test_another_text_of_the_territory_replaces_it_too(place):
    first = issued(place)
    DocumentTemplateFactory(text=TEXT + "\n\nAjout.", departement=place)

    second = issued(place, replaces=first)

    assert second.replaces == first
    assert second.template.departement == place


def test_one_document_is_replaced_once(place):
    first = issued(place)
    issued(place, replaces=first, title="Autre titre")

    with pytest.raises(IntegrityError), transaction.atomic():
        issued(place, replaces=first, title="Troisième titre")


@pytest.mark.parametrize("model", [Document, StoredFile, DocumentTemplate])
def test_the_application_neither_alters_nor_erases_what_was_issued(model, place):
    issued(place)
    attempts = (
        lambda: model.objects.update(id=0),
        lambda: model.objects.all()._raw_delete("default"),
    )
    for attempt in attempts:
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_a_trigger_refuses_the_owner_too():
    """Not only the rights. Asked of the catalogue: the owner has another session."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE tgname LIKE '%%_kept_for_good' ORDER BY 1"
        )
        found = [name for (name,) in cursor.fetchall()]

    assert found == [
        *("structures_document", "structures_documenttemplate"),
        *("structures_signedcopy", "structures_storedfile"),
    ]


def test_a_wrong_template_issues_nothing(place):
    DocumentTemplateFactory(text="Bonjour {{ inconnu }}")

    with pytest.raises(DocumentRefused, match="« inconnu » n’est pas un champ"):
        issued(place)
    assert not Document.objects.exists()


def test_the_text_nearest_to_the_territory_is_the_one():
    place, region = DepartementFactory(), RegionFactory()
    kind = DocumentKind.BREACH
    DocumentTemplateFactory(text="partout", since=date(2019, 6, 1))
    DocumentTemplateFactory(text="région", region=region)
    DocumentTemplateFactory(
        text="ici, avant", departement=place, since=date(2018, 1, 1)
    )
    DocumentTemplateFactory(text="ici", departement=place, since=date(2019, 3, 1))
    elsewhere = DepartementFactory(code="75", region=RegionFactory(code="11"))

    def text(one, on):
        return template_in_force(kind, one, on=on)[1]

    assert text(place, DAY) == "ici"
    assert text(place, date(2019, 2, 1)) == "ici, avant"
    assert text(DepartementFactory(code="59"), DAY) == "région"
    assert text(elsewhere, DAY) == "partout"
    assert text(elsewhere, date(2019, 1, 1)) == given_text(kind)


def test_each_sees_the_documents_of_their_own():
    structure = StructureFactory()
    mine = DocumentFactory(structure=structure)
    letter = DocumentFactory(structure=None)
    far = DocumentFactory(
        structure=None, departement=DepartementFactory(code="75", region__code="11")
    )
    seen = {
        name: set(Document.objects.visible_to(user))
        for name, user in {
            "agent": MembershipFactory(agent=True).user,
            "direction": MembershipFactory(structure=structure).user,
            "autre": MembershipFactory().user,
            "personne": UserFactory(),
            "admin": UserFactory(is_superuser=True),
        }.items()
    }

    assert seen == {
        "agent": {mine, letter},
        "direction": {mine},
        "autre": set(),
        "personne": set(),
        "admin": {mine, letter, far},
    }
