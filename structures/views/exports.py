"""Lists as CSV files a French spreadsheet opens: semicolons, decimal commas, BOM."""

import csv
from datetime import date
from decimal import Decimal
from itertools import chain

from django.http import StreamingHttpResponse

from structures.views.tables import raw

FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Echo:
    def write(self, value):
        return value


def csv_response(name, columns, rows):
    """Streams `rows`; a text that a spreadsheet would run as a formula is quoted."""
    writer = csv.writer(Echo(), delimiter=";")
    header = "\ufeff" + writer.writerow([column.label for column in columns])
    lines = (writer.writerow([plain(value) for value in row]) for row in rows)
    response = StreamingHttpResponse(
        chain([header], lines), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def plain(value):
    value = raw(value)
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return str(value).replace(".", ",")
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, int):
        return str(value)
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
