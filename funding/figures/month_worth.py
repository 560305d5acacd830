"""What the hours of a month make: ETP and euros, before it is closed and once it is."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from funding.models import AnnexeVersion
from funding.sql import statement
from parcours.models import MonthlyStatement


@dataclass(frozen=True)
class MonthWorth:
    """ETP and euros of a month, as the job writes them; `version` bears them."""

    version: AnnexeVersion
    persons: int
    hours: Decimal
    etp: Decimal
    amount: Decimal
    due: Decimal


def month_worth(month: MonthlyStatement, *, on: date) -> MonthWorth | None:
    """What this month uses of its annexe if it is closed as it stands; two queries.

    The same statement as the job’s, so that the figure shown while hours are typed is the
    one the service reads once they are validated. None without hours or annexe.
    """
    convention = month.convention
    parameters: dict[str, Any] = {
        "structure": convention.structure_id,
        "also": month.pk,
        "year": month.month.year,
        "departement": convention.structure.commune.departement_id,
        "business_on": max(on, month.month),
    }
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT f.version_id, f.persons, f.hours, f.etp, f.amount, f.due"
            f" FROM ({statement('consumption_found')}) f"
            " JOIN funding_annexefinanciere a ON a.id = f.annexe_id"
            " WHERE f.month = %(month)s AND a.convention_id = %(convention)s",
            parameters | {"month": month.month, "convention": convention.pk},
        )
        row = cursor.fetchone()
    if row is None:
        return None
    versions = AnnexeVersion.objects.select_related("annexe")
    return MonthWorth(versions.get(pk=row[0]), *row[1:])
