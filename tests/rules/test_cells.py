"""What is typed in a cell of the month."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcours.enums import AbsenceReason
from parcours.rules.cells import (
    MONTH,
    Cell,
    UnreadCell,
    cell_text,
    read_cell,
    summed,
)

PLANNED = Decimal("5.2")


@pytest.mark.parametrize(
    "text, written",
    [
        ("7", "7"),
        ("3,5", "3,5"),
        ("3.50", "3,5"),
        ("cp", "CP5,2"),
        ("4 ma", "4 MA1,2"),
        ("4 MA 3", "4 MA3"),
        ("CP2 MA3", "CP2 MA3"),
        ("MA3;CP2", "CP2 MA3"),
        ("0", "0"),
        ("8 CP", "8 CP0"),
        ("  ", ""),
    ],
)
def test_a_cell_has_one_way_to_be_written(text, written):
    assert cell_text(read_cell(text, planned=PLANNED)) == written


@pytest.mark.parametrize(
    "text, told",
    [
        ("beaucoup", "n’est pas lu"),
        ("-3", "n’est pas lu"),
        ("7 8", "deux nombres"),
        ("ZZ", "n’est pas un motif d’absence"),
        ("CP3 CP2", "deux fois CP"),
        ("25", "il y en a 24 au plus"),
        ("CP MA", "écrivez les heures de l’absence"),
    ],
)
def test_what_is_no_hours_is_told(text, told):
    with pytest.raises(UnreadCell, match=told):
        read_cell(text, planned=PLANNED)


def test_an_absence_needs_its_hours_where_none_are_planned():
    with pytest.raises(UnreadCell, match="CP7 par exemple"):
        read_cell("CP", planned=None)


HOURS = st.decimals(0, 20, places=2)
CELLS = st.builds(
    Cell, st.none() | HOURS, st.dictionaries(st.sampled_from(AbsenceReason), HOURS)
)


@given(CELLS)
def test_what_is_written_reads_the_same(cell):
    assert read_cell(cell_text(cell), planned=None, most=MONTH) == cell


@given(st.lists(CELLS))
def test_a_month_is_the_sum_of_its_days(cells):
    whole = summed(cells)

    assert whole.total == sum((it.total for it in cells), Decimal(0))
    assert (whole.worked is None) == all(it.worked is None for it in cells)
