"""A list as a workbook: one sheet, its header frozen, filters on, numbers as numbers."""

import re
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from tempfile import TemporaryFile

from django.utils import timezone
from xlsxwriter import Workbook

from structures.views.tables import raw

FORMATS = {
    "count": "#,##0",
    "money": "#,##0.00\u00a0€",
    "cents": "#,##0.00\u00a0€",
    "etp": "#,##0.00",
    "hours": "#,##0.00",
    "percent": "0.0\u00a0%",
    "rate": "0.0\u00a0%",
    "day": "dd/mm/yyyy",
    "month": "mmmm yyyy",
    "moment": "dd/mm/yyyy hh:mm",
}
WIDTHS = {"text": 30, "badge": 20}
WIDTH = 15
LONGEST_TITLE = 31  # of a sheet, in the format itself
# Rows go to a file as they come, whatever their number; text is never a formula.
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def workbook(name, columns, rows):
    """An open temporary file, at its beginning; it disappears once closed."""
    file = TemporaryFile()  # noqa: SIM115 (the response closes it)
    with Workbook(file, OPTIONS) as book:
        sheet = book.add_worksheet(title(name))
        styles = {
            kind: book.add_format({"num_format": written})
            for kind, written in FORMATS.items()
        }
        head = book.add_format({"bold": True, "text_wrap": True, "bottom": 1})
        sheet.freeze_panes(1, 0)
        for index, column in enumerate(columns):
            sheet.set_column(index, index, WIDTHS.get(column.kind, WIDTH))
            sheet.write_string(0, index, column.label, head)
        last = write_rows(sheet, columns, rows, styles)
        sheet.autofilter(0, 0, last, len(columns) - 1)
    file.seek(0)
    return file


def write_rows(sheet, columns, rows, styles):
    """The number of the last row written."""
    line = 0
    for line, row in enumerate(rows, start=1):
        for index, (column, value) in enumerate(zip(columns, row, strict=True)):
            style = styles.get(column.kind)
            write_cell(sheet, line, index, raw(value), style or fallback(value, styles))
    return line


def fallback(value, styles):
    """A day in a column of texts is still a day."""
    return styles["day"] if isinstance(raw(value), date) else None


def write_cell(sheet, line, index, value, style):
    if value is None or value == "":
        return
    if isinstance(value, Fraction):
        value = Decimal(value.numerator) / value.denominator
    if isinstance(value, datetime):
        local = timezone.localtime(value).replace(tzinfo=None)
        sheet.write_datetime(line, index, local, style)
    elif isinstance(value, date):
        sheet.write_datetime(line, index, value, style)
    elif isinstance(value, int | Decimal) and not isinstance(value, bool):
        sheet.write_number(line, index, value, style)
    else:
        sheet.write_string(line, index, str(value))


def title(name):
    """What a sheet may be called: short, without []:*?/\\."""
    return re.sub(r"[\[\]:*?/\\]", " ", name)[:LONGEST_TITLE]
