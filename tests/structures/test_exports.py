"""What a spreadsheet reads: rounded as its column says, never run as a formula."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from structures.views.exports import plain


@pytest.mark.parametrize(
    "value, kind, written",
    [
        (Decimal("28.2000001000000000"), "etp", "28,20"),
        (Decimal("0.93222140826446280992"), "percent", "0,9322"),
        (Fraction(1, 3), "rate", "0,3333"),
        (Decimal("1252136.4"), "money", "1252136,40"),
        (Decimal("0.5"), "text", "0,5"),
        (None, "etp", ""),
        (date(2019, 12, 2), "day", "02/12/2019"),
        ("=1+1", "text", "'=1+1"),
    ],
)
def test_a_value_is_written_for_a_french_spreadsheet(value, kind, written):
    assert plain(value, kind) == written


@pytest.mark.parametrize("path", sorted(Path().glob("*/views/*.py")), ids=str)
def test_every_list_gives_both_formats(path):
    """`exported` answers CSV and workbooks alike: no view asks for one of them itself."""
    source = path.read_text(encoding="utf-8")

    assert '== "csv"' not in source
    assert "import csv_response" not in source
