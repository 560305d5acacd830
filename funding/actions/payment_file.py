"""Payments read from a file: line by line, all of it or nothing, each reference once."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TextIO
from uuid import uuid4

from django.db import transaction

from funding.actions.ledger_refusals import LedgerRefusal
from funding.actions.payments import record_payment
from funding.actions.refusals import ActRefused
from funding.enums import PaymentOrigin
from funding.models import AnnexeFinanciere, Payment
from funding.rules.payment_file import (
    PaymentLine,
    WrongValue,
    header_refusal,
    read_line,
)
from structures.models import User
from structures.rules.reading import number_in

# The column that says what an action calls otherwise.
COLUMN_OF = {"period": "mois", "paid_on": "date", "reference": "reference"}
Told = Callable[["Rejected"], None]


@dataclass(frozen=True)
class Rejected:
    """A line that was not taken; the others are."""

    line: int
    column: str
    value: str
    reason: str


@dataclass
class Counts:
    read: int = 0
    created: int = 0
    unchanged: int = 0
    rejected: int = 0


class Rehearsed(Exception):
    """Nothing of a trial is kept."""


def import_payments(
    path: Path, *, on: date, by: User | None, dry_run: bool, told: Told
) -> Counts:
    """Record the payments of a file, read as it comes; `told` hears each rejected line.

    One transaction: a line that is wrong is rejected, a file that is wrong refuses all.
    A reference already recorded with the same content counts as unchanged. Raises
    ActRefused when the file cannot be read.
    """
    counts = Counts()
    try:
        with path.open(encoding="utf-8-sig", newline="") as file, transaction.atomic():
            for number, cells in lines_of(file):
                take(number, cells, counts, on=on, by=by, told=told)
            if dry_run:
                raise Rehearsed
    except Rehearsed:
        pass
    except FileNotFoundError as error:
        raise ActRefused(f"Le fichier {path} n’existe pas.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise ActRefused(
            "Le fichier n’est pas un texte en UTF-8 séparé par des points-virgules : "
            "enregistrez-le ainsi depuis le tableur."
        ) from error
    return counts


def lines_of(file: TextIO) -> Iterator[tuple[int, dict[str, str]]]:
    """(number in the file, cells by column) of each line that is not empty."""
    rows = csv.reader(file, delimiter=";")
    header = next(rows, [])
    refusal = header_refusal(header)
    if refusal:
        raise ActRefused(refusal)
    names = [cell.strip().lower() for cell in header]
    for cells in rows:
        if any(cell.strip() for cell in cells):
            yield rows.line_num, dict(zip(names, cells, strict=False))


def take(
    number: int,
    cells: dict[str, str],
    counts: Counts,
    *,
    on: date,
    by: User | None,
    told: Told,
) -> None:
    counts.read += 1
    try:
        line = read_line(cells)
        is_new = not Payment.objects.filter(
            reference=line.reference, cancelled_on=None
        ).exists()
        with transaction.atomic():
            record_payment(
                annexe=annexe_of(line),
                amount=line.amount,
                period=line.period,
                paid_on=line.paid_on,
                reference=line.reference,
                is_modulated=line.is_modulated,
                origin=PaymentOrigin.FILE,
                on=on,
                by=by,
                key=uuid4(),
            )
    except WrongValue as wrong:
        told(Rejected(number, wrong.column, wrong.value, wrong.reason))
    except (ActRefused, LedgerRefusal) as refusal:
        column = COLUMN_OF.get(getattr(refusal, "field", ""), "montant")
        told(Rejected(number, column, cells[column].strip(), refusal.user_message))
    else:
        counts.created += is_new
        counts.unchanged += not is_new
        return
    counts.rejected += 1


def annexe_of(line: PaymentLine) -> AnnexeFinanciere:
    """The one annexe a line names. Raises WrongValue when there is none, or several."""
    annexes = AnnexeFinanciere.objects.filter(year=line.year)
    asp_id = number_in(line.annexe)
    if asp_id is not None:
        found = annexes.filter(asp_id=asp_id)
    else:
        found = annexes.filter(number=line.annexe.replace(" ", "").upper())
    rows = list(found[:2])
    if len(rows) == 1:
        return rows[0]
    why = "aucune annexe de l’année ne porte ce numéro"
    if rows:
        why = "plusieurs annexes portent ce numéro : donnez l’identifiant de l’ASP"
    raise WrongValue("annexe", line.annexe, why)
