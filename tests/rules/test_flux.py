"""The ASP's lines and fields: what is read, what is refused, and in which words."""

from datetime import date
from decimal import Decimal

import pytest

from funding.rules import flux


def texts(*lines):
    return [line.text for line in flux.glue(lines)]


def test_broken_lines_are_glued_and_numbered_by_their_first():
    lines = [
        "\ufeffDEBStructure22022022_112211|||\r\n",
        "a|b\r\n",
        "1|x\n",
        "|y\n",
        "|z",
    ]

    found = list(flux.glue(lines))

    assert [line.number for line in found] == [1, 2, 3]
    assert [line.text for line in found][1:] == ["a|b", "1|x|y|z"]
    assert flux.is_opening(found[0].text)


def test_blank_lines_are_left_out():
    assert texts("\n", "1|a\n", "\n", "2|b\n", "\n") == ["1|a", "2|b"]
    assert texts() == []


def test_a_first_line_that_begins_with_a_separator_is_kept():
    assert texts("|a\n", "|b\n") == ["|a|b"]


@pytest.mark.parametrize(
    "text", ["DEBUT|||", "DEBStructure2202_1122", "1|DEBStructure22022022_112211", ""]
)
def test_other_lines_are_not_openings(text):
    assert not flux.is_opening(text)


@pytest.mark.parametrize(
    "text, count",
    [("FIN6", 6), ("FIN0|||", 0), ("FIN|", None), ("FIN6a", None), ("12|FIN6", None)],
)
def test_the_closing_line_declares_a_count(text, count):
    assert flux.fin_count(text) == count


def test_a_repeated_column_refuses_the_file():
    with pytest.raises(flux.WrongFile) as refusal:
        flux.parse_header("a|b|a", mandatory=["a"], known=["a", "b"])

    assert refusal.value.user_message == "Colonne en double : a."


def test_an_empty_last_column_is_neither_repeated_nor_unknown():
    header = flux.parse_header("a|b||", mandatory=["a"], known=["a", "b"])

    assert header == flux.Header(columns=("a", "b", "", ""), unknown=())


@pytest.mark.parametrize(
    "text, day",
    [
        ("", None),
        ("29/02/2020", date(2020, 2, 29)),
        ("01/02/2019 13:45:00", date(2019, 2, 1)),
    ],
)
def test_a_day_is_read(text, day):
    assert flux.flux_date(text, column="c") == day


@pytest.mark.parametrize(
    "text",
    ["2019-02-01", "31/02/2019", "1/2/2019", "01/02/19", "00/00/0000", "١١/02/2019"],
)
def test_an_absurd_day_is_refused_with_its_column(text):
    with pytest.raises(flux.WrongField) as refusal:
        flux.flux_date(text, column="af_date_debut_effet")

    assert (refusal.value.column, refusal.value.value) == ("af_date_debut_effet", text)
    assert "jj/mm/aaaa" in refusal.value.user_message


@pytest.mark.parametrize(
    "text, number",
    [("", None), ("12", "12"), ("-0.50", "-0.50"), ("20199.00", "20199")],
)
def test_a_number_is_read_as_a_decimal(text, number):
    assert flux.flux_decimal(text, column="c") == (number and Decimal(number))


@pytest.mark.parametrize("text", ["12,5", "NaN", "1e3", "Infinity", " 1", "1_000", "٣"])
def test_what_is_not_a_number_is_refused(text):
    with pytest.raises(flux.WrongField, match="pas un nombre"):
        flux.flux_decimal(text, column="c")


def test_hours_are_never_negative():
    assert flux.flux_hours("", column="c") is None
    assert flux.flux_hours("0", column="c") == 0
    with pytest.raises(flux.WrongField, match="négatives"):
        flux.flux_hours("-1", column="emi_nb_heures_travail")


@pytest.mark.parametrize("text, value", [("", None), ("true", True), ("false", False)])
def test_a_boolean_is_read(text, value):
    assert flux.flux_boolean(text, column="c") is value


def test_another_word_is_not_a_boolean():
    with pytest.raises(flux.WrongField, match="true ou false"):
        flux.flux_boolean("oui", column="c")


def test_a_lost_row_shows():
    rows = {"created": 1, "updated": 0, "unchanged": 1, "rejected": 0, "merged": 1}

    assert flux.Reconciliation(read=4, **rows).lost == 1
    assert flux.Reconciliation(read=3, **rows).lost == 0
