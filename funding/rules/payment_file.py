"""A line of a file of payments: what it says, or what is wrong with it, column by column.

None of the ASP’s views known to us holds payments: the file is ours, documented in the
operations. One header, semicolons, UTF-8; days as 31/12/2019, amounts with a comma or a
dot.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

COLUMNS = ("reference", "annexe", "annee", "mois", "date", "montant", "part")
MODULATED = {"module": True, "socle": False, "": False}
LONGEST_REFERENCE = 80


class WrongValue(Exception):
    """A value of a line that cannot be read."""

    def __init__(self, column: str, value: str, reason: str) -> None:
        super().__init__(f"{column}: {reason}")
        self.column, self.value, self.reason = column, value, reason


@dataclass(frozen=True, kw_only=True)
class PaymentLine:
    """`annexe` is the ASP’s identifier when it is all digits, else its number."""

    reference: str
    annexe: str
    year: int
    period: date
    paid_on: date
    amount: Decimal
    is_modulated: bool


def header_refusal(cells: Sequence[str]) -> str:
    """Why a file cannot be read at all; empty when it can."""
    found = [cell.strip().lower().lstrip("\ufeff") for cell in cells]
    missing = [name for name in COLUMNS if name not in found and name != "part"]
    if missing:
        return (
            f"Colonne absente : {', '.join(missing)}. La première ligne nomme les "
            f"colonnes : {';'.join(COLUMNS)}."
        )
    return ""


def read_line(cells: dict[str, str]) -> PaymentLine:
    """The payment a line gives. Raises WrongValue, naming the column."""
    values = {name: (cells.get(name) or "").strip() for name in COLUMNS}
    year = whole("annee", values["annee"])
    part = values["part"].lower()
    if part not in MODULATED:
        raise WrongValue("part", values["part"], "« socle » ou « module » est attendu")
    return PaymentLine(
        reference=reference(values["reference"]),
        annexe=filled("annexe", values["annexe"]),
        year=year,
        period=month("mois", values["mois"], year=year),
        paid_on=day("date", values["date"]),
        amount=euros("montant", values["montant"]),
        is_modulated=MODULATED[part],
    )


def filled(column: str, value: str) -> str:
    if not value:
        raise WrongValue(column, value, "la colonne est vide")
    return value


def reference(value: str) -> str:
    if len(filled("reference", value)) > LONGEST_REFERENCE:
        raise WrongValue(
            "reference", value[:LONGEST_REFERENCE], "la référence est trop longue"
        )
    return value


def whole(column: str, value: str) -> int:
    if not re.fullmatch(r"\d{4}", value, re.ASCII):
        raise WrongValue(column, value, "une année sur quatre chiffres est attendue")
    return int(value)


def month(column: str, value: str, *, year: int) -> date:
    """`03` or `03/2019`; the year of the annexe when none is given."""
    found = re.fullmatch(r"(\d{1,2})(?:/(\d{4}))?", value, re.ASCII)
    if not found or not 1 <= int(found[1]) <= 12:
        raise WrongValue(column, value, "un mois est attendu, par exemple 03/2019")
    return date(int(found[2] or year), int(found[1]), 1)


def day(column: str, value: str) -> date:
    found = re.fullmatch(r"(\d{2})/(\d{2})/(\d{4})", value, re.ASCII)
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        pass
    raise WrongValue(column, value, "une date est attendue, par exemple 25/03/2019")


def euros(column: str, value: str) -> Decimal:
    text = re.sub(r"[\s\u00a0\u202f]", "", value).replace(",", ".")
    if not re.fullmatch(r"\d{1,12}(\.\d{1,2})?", text, re.ASCII):
        raise WrongValue(column, value, "un montant positif, à deux décimales au plus")
    amount = Decimal(text)
    if not amount:
        raise WrongValue(column, value, "le montant est nul")
    return amount
