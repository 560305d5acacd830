"""A document is PDF/A-2 and PDF/UA, the same bytes each time, its code on each page."""

import re
from dataclasses import replace
from datetime import date

import pytest

from structures.enums import DocumentKind
from structures.printing.codes import PageCode, shown
from structures.printing.preview import preview_of
from structures.printing.reading import codes_on, opened
from structures.printing.sheet import digest_of
from structures.printing.texts import given_text
from tests.structures.documents.sheets import (
    DAY,
    IDENTITY,
    SITE,
    TEXT,
    printed,
    reader,
    sheet,
    text_of,
)


def xmp_of(content):
    return (
        reader(content).trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    )


def test_it_declares_pdf_a_2_and_pdf_ua_1():
    xmp = xmp_of(printed().content)
    found = dict(re.findall(r"<(pdf\w*id:\w+)>(\w+)<", xmp))

    assert found["pdfaid:part"] == "2"
    assert found["pdfaid:conformance"] == "A"
    assert found["pdfuaid:part"] == "1"


def test_it_is_tagged_titled_and_in_french():
    root = reader(printed().content).trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("fr")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/OutputIntents"]
    tags = set(structure(root["/StructTreeRoot"]))
    assert {"/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TR", "/TH", "/TD"} <= tags


def structure(node):
    """Every tag of the tree."""
    node = node.get_object()
    if "/S" in node:
        yield str(node["/S"])
    children = node.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        child = child.get_object() if hasattr(child, "get_object") else child
        if isinstance(child, dict) and "/K" in child:
            yield from structure(child)


@pytest.mark.parametrize("pasted", ["\uf0b7 un", "\ue000 un", "• u\x02n", "\ufeff• un"])
def test_what_a_word_processor_left_is_printed(pasted):
    content = printed(values=sheet().values | {"manquement": pasted}).content

    assert "• un" in " ".join(text_of(content).split())


def test_every_font_is_in_the_file():
    for page in reader(printed().content).pages:
        for font in page["/Resources"]["/Font"].values():
            one = font.get_object()["/DescendantFonts"][0].get_object()
            assert set(one["/FontDescriptor"]) & {"/FontFile2", "/FontFile3"}


def test_the_same_document_gives_the_same_bytes():
    assert printed().content == printed().content


def test_what_it_says_is_on_the_page():
    content = printed().content
    text = text_of(content).replace("\u00a0", " ")

    for words in (
        *("Mise en demeure – Récup’Artois", "062 010119 ACI 00012", "1 mois"),
        *("Pièces attendues", "Comptes", "Ensemble", "Pour le préfet"),
        *("7Q2M 0KXA 9TRB", "2 décembre 2019", f"148:{'ab' * 32}"),
    ):
        assert words in text, words
    assert reader(content).metadata.title == "Mise en demeure – Récup’Artois"


def test_a_value_is_never_read_as_marks_or_code():
    evil = '#panic("x") *gras* [lien] {{ delai }} **gras** $x$ \\ <b>'
    values = {**sheet().values, "manquement": evil}

    content = printed(values=values).content

    assert evil in text_of(content).replace("\n", "")


def test_each_page_carries_its_own_code():
    long = TEXT + "\n\n".join(f"Paragraphe {n} " + "mot " * 120 for n in range(45))
    made = printed(long)
    with opened(made.content) as document:
        found = [codes_on(document, index) for index in range(len(document))]

    assert made.pages > 4
    assert found == [
        [PageCode(IDENTITY.code, shown(made.digest), number)]
        for number in range(1, made.pages + 1)
    ]


def test_the_hash_is_that_of_what_it_says():
    digest = digest_of(sheet(), TEXT)
    later = replace(IDENTITY, on=date(2020, 1, 1), code="0" * 12, anchor="")

    assert printed(identity=later).digest == digest
    assert digest_of(sheet(title="Autre"), TEXT) != digest
    assert digest_of(sheet(), TEXT + "x") != digest


def test_simulated_data_say_so():
    assert "Données simulées" in text_of(printed(is_simulated=True).content)
    assert "Données simulées" not in text_of(printed().content)


@pytest.mark.parametrize("kind", DocumentKind)
def test_the_text_provided_for_each_document_is_printed(kind):
    content = preview_of(kind, given_text(kind), on=DAY, site=SITE)

    assert kind.label in text_of(content).replace("\u00a0", " ")
    assert "pdfuaid" in xmp_of(content)
