"""What the hours of closed months use of the annexes: for a job, or as a month closes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import connection, transaction

from funding.sql import FOUND, statement
from structures.models import Structure


def keep_found(parameters: Mapping[str, Any]) -> None:
    """Read what the closed months use into the temporary table `found` (R25-R33)."""
    forget("found, written")
    with connection.cursor() as cursor:
        # One at a time for a département: what is read must still hold once written.
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('consumption/' || %(departement)s))",
            parameters,
        )
        cursor.execute(FOUND + statement("consumption_found"), parameters)


def write_found(parameters: Mapping[str, Any]) -> None:
    """Make the consumption of the annexes what `found` says; run twice changes nothing."""
    with connection.cursor() as cursor:
        cursor.execute(statement("consumption_written"), parameters)


def forget(tables: str) -> None:
    """Drop the temporary tables an earlier step of the transaction may have left."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SET LOCAL client_min_messages = warning; DROP TABLE IF EXISTS {tables}"
        )


@transaction.atomic
def refresh_structure(*, structure: Structure, year: int, on: date) -> None:
    """The consumption of one structure in a year, from its months closed on that day."""
    parameters = {
        "structure": structure.pk,
        "also": None,
        "year": year,
        "departement": structure.commune.departement_id,
        "business_on": on,
    }
    keep_found(parameters)
    write_found(parameters)
    forget("found, written")
