"""A list as a workbook: numbers are numbers, days are days, the header stays in view."""

import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from xml.etree import ElementTree

import pytest

from structures.views.badges import Badge
from structures.views.tables import Column, Link
from structures.views.workbooks import workbook

SPACE = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
COLUMNS = [
    Column("Structure"),
    Column("État", "badge"),
    Column("ETP", "etp"),
    Column("Aide", "cents"),
    Column("Taux", "rate"),
    Column("Signée le", "day"),
    Column("Lancée le", "moment"),
]
AT = datetime(2019, 12, 2, 13, 5, tzinfo=UTC)
ROWS = [
    (
        *(Link("=1+1", "/structures/1/"), Badge("Signée")),
        *(Decimal("12.5"), Decimal("252487.50"), Fraction(1, 4)),
        *(date(2019, 12, 2), AT),
    ),
    ("Rien de connu", None, None, None, None, None, None),
]


@pytest.fixture(scope="module")
def parts():
    with (
        workbook("annexes", COLUMNS, iter(ROWS)) as file,
        zipfile.ZipFile(file) as book,
    ):
        return {name: book.read(name).decode() for name in book.namelist()}


@pytest.fixture(scope="module")
def sheet(parts):
    return ElementTree.fromstring(parts["xl/worksheets/sheet1.xml"])


def cell(sheet, place):
    return sheet.find(f".//x:c[@r='{place}']", SPACE)


def value(sheet, place):
    return cell(sheet, place).findtext("x:v", namespaces=SPACE)


def words(sheet, place):
    return "".join(cell(sheet, place).itertext())


def test_the_header_is_named_frozen_and_filtered(sheet):
    assert [words(sheet, f"{letter}1") for letter in "ABC"] == [
        *("Structure", "État", "ETP")
    ]
    pane = sheet.find(".//x:pane", SPACE).attrib
    assert (pane["ySplit"], pane["state"]) == ("1", "frozen")
    assert sheet.find(".//x:autoFilter", SPACE).attrib["ref"] == "A1:G3"


@pytest.mark.parametrize(
    "place, number",
    [("C2", 12.5), ("D2", 252487.5), ("E2", 0.25), ("F2", 43801)],
)
def test_numbers_and_days_are_numbers(sheet, place, number):
    assert cell(sheet, place).get("t") in (None, "n")
    assert float(value(sheet, place)) == number


def test_an_instant_is_that_of_paris(sheet):
    assert float(value(sheet, "G2")) == pytest.approx(43801 + (14 + 5 / 60) / 24)


def test_a_text_is_never_a_formula(sheet):
    assert words(sheet, "A2") == "=1+1"
    assert sheet.findall(".//x:f", SPACE) == []


def test_what_is_unknown_is_empty(sheet):
    assert [cell(sheet, f"{letter}3") for letter in "BCDEFG"] == [None] * 6


def test_days_are_written_as_here(parts):
    assert "dd/mm/yyyy" in parts["xl/styles.xml"]
