"""What a file may be wrapped in, and what makes it unreadable."""

import gzip
import zipfile

import pytest

from funding.flux.container import FluxFile
from funding.rules.flux import WrongFile, glue

TEXT = "DEBSalarie02122019_081500|||\nid|nom|ville\n1|A|Lens\n2|B|Arras\nFIN2|||\n"


def read(path):
    file = FluxFile(path)
    with file.reading():
        file.read_header()
        return file, list(file.rows())


@pytest.fixture
def path(tmp_path):
    return tmp_path / "fluxIAE_Salarie_02122019_081500.csv.gz"


def test_bytes_tell_the_wrapping_not_the_name(path):
    expected = [(3, "1|A|Lens"), (4, "2|B|Arras")]
    path.write_text(TEXT)
    assert read(path)[1] == expected
    path.write_bytes(gzip.compress(TEXT.encode()))
    assert read(path)[1] == expected
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("fluxIAE_Salarie.csv", TEXT)
    assert read(path)[1] == expected


def test_rows_and_the_announced_count_are_kept(path):
    path.write_text(TEXT)
    file, _ = read(path)
    assert (file.read, file.declared, file.header_line) == (2, 2, 2)


def test_no_deb_no_fin_and_a_byte_order_mark(path):
    path.write_text("\ufeffid|nom\r\n1|A\r\n\r\n2|B\r\n")
    file, rows = read(path)
    assert file.header == ["id", "nom"]
    assert (rows, file.declared) == ([(2, "1|A"), (4, "2|B")], None)


def test_a_broken_line_is_glued_and_keeps_its_first_number(path):
    path.write_text("id|nom|ville\n1|A\n|Lens\n2\n|B\n|Arras\n")
    assert read(path)[1] == [(2, "1|A|Lens"), (4, "2|B|Arras")]


def test_a_complete_line_is_not_glued_to_a_row_whose_first_column_is_empty(path):
    path.write_text("id|nom\n1|A\n|B\n")
    assert read(path)[1] == [(2, "1|A"), (3, "|B")]


@pytest.mark.parametrize(
    "lines", [["1|A", "|Lens", "2|B|Arras"], ["1", "|A|Lens"], ["1|A|", "", "2|B|C"]]
)
def test_gluing_agrees_with_the_rule_while_lines_are_incomplete(path, lines):
    path.write_text("id|nom|ville\n" + "\n".join(lines) + "\n")
    assert [text for _, text in read(path)[1]] == [line.text for line in glue(lines)]


@pytest.mark.parametrize(
    "content, sentence",
    [
        (b"", "pas de ligne d’en-tête"),
        (b"DEBSalarie02122019_081500|||\nFIN0|||\n", "pas de ligne d’en-tête"),
        (b"id|nom\n1|A\nFIN1|||\n2|B\n", "ligne 4 : des lignes suivent FIN"),
        (b"id|nom\n1|A\x00\n", "ligne 2 : un caractère nul"),
        (b"id|nom\n1|Zo\xe9\n", "ligne 2, colonne n° 2 : ce n’est pas de l’UTF-8"),
        (gzip.compress(TEXT.encode(), mtime=0)[:40], "l’archive est abîmée ou coupée"),
        (b"PK\x03\x04nothing", "l’archive est abîmée ou coupée"),
    ],
)
def test_an_unreadable_file_is_one_sentence_that_names_it(path, content, sentence):
    path.write_bytes(content)
    with pytest.raises(WrongFile) as caught:
        read(path)
    assert path.name in caught.value.user_message
    assert sentence in caught.value.user_message


def test_an_archive_of_two_files_or_encrypted_is_refused(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("one.csv", TEXT)
        archive.writestr("two.csv", TEXT)
    with pytest.raises(WrongFile, match="2 fichiers au lieu d’un"):
        read(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("one.csv", TEXT)
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    with pytest.raises(WrongFile, match="chiffrée"):
        read(path)
