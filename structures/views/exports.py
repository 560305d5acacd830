"""Lists as files: CSV as a French spreadsheet opens it, or a workbook."""

import csv
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import chain

from django.http import FileResponse, StreamingHttpResponse

from structures.views.tables import raw
from structures.views.workbooks import workbook

# A share keeps two more than its percentage shows.
DECIMALS = {"money": 2, "cents": 2, "etp": 2, "hours": 2, "percent": 4, "rate": 4}
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Echo:
    def write(self, value):
        return value


def exported(request, name, columns, rows):
    """The list as the file its address asks for, None when it asks for the page.

    `rows` are all those of the list, not of a page, read for a file only: a generator over
    chunks or an `iterator()`, since one over a queryset reads it at once.
    """
    write = {"csv": csv_response, "xlsx": xlsx_response}.get(request.GET.get("format"))
    return write(name, columns, rows) if write else None


def csv_response(name, columns, rows):
    """Streams `rows`; a text that a spreadsheet would run as a formula is quoted."""
    writer = csv.writer(Echo(), delimiter=";")
    header = "\ufeff" + writer.writerow([column.label for column in columns])
    kinds = [column.kind for column in columns]
    lines = (writer.writerow(map(plain, row, kinds)) for row in rows)
    response = StreamingHttpResponse(
        chain([header], lines), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def xlsx_response(name, columns, rows):
    """A workbook in which numbers are numbers and days are days."""
    return FileResponse(
        workbook(name, columns, rows), as_attachment=True, filename=f"{name}.xlsx"
    )


def plain(value, kind="text"):
    """A value as a spreadsheet reads it; what is computed is rounded as its kind asks."""
    value = raw(value)
    if value is None:
        return ""
    if isinstance(value, Fraction):
        value = Decimal(value.numerator) / value.denominator
    if isinstance(value, Decimal):
        if kind in DECIMALS:
            value = round(value, DECIMALS[kind])
        return f"{value:f}".replace(".", ",")
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, int):
        return str(value)
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
