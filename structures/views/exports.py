"""Lists as CSV files a French spreadsheet opens: semicolons, decimal commas, BOM."""

import csv
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import chain

from django.http import StreamingHttpResponse

from structures.views.tables import raw

# A share keeps two more than its percentage shows.
DECIMALS = {"money": 2, "cents": 2, "etp": 2, "hours": 2, "percent": 4, "rate": 4}
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Echo:
    def write(self, value):
        return value


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
