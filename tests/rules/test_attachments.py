"""A file is what its content says, whatever its name."""

import zipfile
from io import BytesIO

import pytest

from structures.rules.attachments import (
    MOST_BYTES,
    AttachmentRefused,
    checked,
    clean_name,
)

PDF = b"%PDF-1.7\n%..."


def archive(**files):
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w") as made:
        for name, content in files.items():
            made.writestr(name.replace("__", "/"), content)
    return kept.getvalue()


@pytest.mark.parametrize(
    "content, ending",
    [
        (PDF, ".pdf"),
        (b"\x89PNG\r\n\x1a\n...", ".png"),
        (b"\xff\xd8\xff\xe0...", ".jpg"),
        (archive(**{"word__document.xml": "<a/>"}), ".docx"),
        (archive(**{"xl__workbook.xml": "<a/>"}), ".xlsx"),
        (
            archive(mimetype="application/vnd.oasis.opendocument.spreadsheet"),
            ".ods",
        ),
    ],
)
def test_what_is_taken(content, ending):
    assert checked(content)[1] == ending


@pytest.mark.parametrize(
    "content, told",
    [
        (b"", "est vide"),
        (PDF + b"." * MOST_BYTES, "dépasse 10 Mo"),
        (b"<html><script>", "ni un PDF"),
        (b"MZ\x90\x00", "ni un PDF"),
        (b"PK\x03\x04 broken", "ni un PDF"),
        (archive(**{"a.exe": "MZ"}), "ni un PDF"),
        (
            archive(**{"word__document.xml": "<a/>", "word__vbaProject.bin": "x"}),
            "contient des macros",
        ),
    ],
    ids=["empty", "heavy", "html", "exe", "broken", "zip", "macros"],
)
def test_what_is_refused_says_why(content, told):
    with pytest.raises(AttachmentRefused, match=told):
        checked(content)


@pytest.mark.parametrize(
    "name, kept",
    [
        ("Statuts 2019.PDF", "Statuts 2019.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\dossier\\bilan.exe", "bilan.pdf"),
        ("fac\u202eture.pdf", "facture.pdf"),
        ('a"b<c>.pdf', "abc.pdf"),
        ("...", "piece.pdf"),
        ("", "piece.pdf"),
    ],
)
def test_a_name_holds_no_path_and_no_trick(name, kept):
    assert clean_name(name, ending=".pdf") == kept


def test_a_long_name_is_cut():
    assert len(clean_name("a" * 300, ending=".pdf")) == 120
