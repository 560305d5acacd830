"""The text of a document: its marks, its fields, and the sentences when it is wrong."""

import pytest

from structures.enums import DocumentKind
from structures.printing.fields import FIELDS, Field, fields_of
from structures.printing.sheet import body_of
from structures.printing.text import blocks_of, complaints, runs_of
from structures.printing.texts import given_text
from tests.structures.documents.sheets import TEXT, sheet

FOUND = frozenset(
    {Field("nom", "nom", "Récup’Artois"), Field("tableau", "", is_block=True)}
)


def test_a_text_is_read_block_by_block():
    kinds = [
        (block.kind, block.level)
        for block in blocks_of("# Un\nsuite\nencore\n\n- a\n- b\n## Deux\n{{ nom }}")
    ]

    assert kinds == [
        *(("title", 1), ("text", 0), ("list", 0), ("title", 2)),
        ("place", 0),
    ]


def test_lines_that_follow_are_one_paragraph():
    assert [block.lines for block in blocks_of("un\ndeux\n\ntrois")] == [
        ("un", "deux"),
        ("trois",),
    ]


def test_fields_take_their_value_and_bold_its_marks():
    runs = runs_of("À **{{ nom }}**, bonjour", {"nom": "**x**"})

    assert [(run.text, run.bold) for run in runs] == [
        ("À ", False),
        ("**x**", True),
        (", bonjour", False),
    ]


def test_a_block_stands_where_the_text_puts_it():
    kinds = [block["kind"] for block in body_of(sheet(), TEXT)]

    assert kinds == ["text", "title", "list", "text", "grid", "signatures"]


def test_a_block_a_document_has_nothing_for_is_left_out():
    assert body_of(sheet(grids={}), "{{ tableau }}") == []


@pytest.mark.parametrize(
    "text, sentence",
    [
        ("", "Le texte est vide"),
        ("{{ inconnu }} {{ tableau }}", "« inconnu » n’est pas un champ"),
        ("Bonjour {{ nom", "une accolade n’a pas sa paire"),
        ("Bonjour {{ nom }", "une accolade n’a pas sa paire"),
        ("{{ le nom }}", "une accolade n’a pas sa paire"),
        ("Un **gras", "un ** n’a pas sa fin"),
        ("Voici {{ tableau }}", "Il se met seul sur sa ligne"),
    ],
)
def test_what_is_wrong_is_said(text, sentence):
    assert any(sentence in one for one in complaints(text, FOUND))


def test_an_unknown_field_names_those_that_exist():
    [told] = complaints("{{ etp }}", FOUND)

    assert "Les champs possibles : nom, tableau." in told


def test_a_block_that_must_be_there_is_asked_for():
    text = given_text(DocumentKind.ANNEXE).replace("{{ signatures }}", "")

    [told] = complaints(text, fields_of(DocumentKind.ANNEXE))

    assert told == "Il manque {{ signatures }} : ce document ne peut pas s’en passer."


@pytest.mark.parametrize("kind", DocumentKind)
def test_the_texts_provided_are_right(kind):
    assert complaints(given_text(kind), fields_of(kind)) == []


@pytest.mark.parametrize("kind", DocumentKind)
def test_every_field_is_explained_and_has_an_example(kind):
    names = [field.name for field in FIELDS[kind]]

    assert len(names) == len(set(names))
    for field in FIELDS[kind]:
        assert field.label
        assert field.is_block or field.example
