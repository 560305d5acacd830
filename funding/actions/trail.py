"""What each person changed in the terms of an annexe, kept as it was and as it became."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

from funding.figures.dossiers import BLOCKS
from funding.models import AnnexeVersion, TermChange
from structures.models import User
from structures.rules.writing import day, decimals, euros

EUROS = ("unit_amount", "total", "cofinanced")
FIELDS = tuple(field for fields in BLOCKS.values() for field in fields)


@contextmanager
def traced(version: AnnexeVersion, *, by: User) -> Iterator[None]:
    """Keep what the block changes in a version, under the name of its author.

    Inside the transaction of the action: refused, it leaves nothing.
    """
    was = {field: getattr(version, field) for field in FIELDS}
    yield
    TermChange.objects.bulk_create(
        TermChange(
            version=version,
            field=field,
            before=written(field, was[field]),
            after=written(field, getattr(version, field)),
            status=version.status,
            by=by,
        )
        for field in FIELDS
        if getattr(version, field) != was[field]
    )


def written(field: str, value: object) -> str:
    """A term as it is read, so that the trail says it as it was whatever comes later."""
    if value is None:
        return ""
    if field in EUROS:
        return euros(Decimal(str(value)))
    if isinstance(value, Decimal):
        return decimals(value)
    return day(value) if isinstance(value, date) else str(value)
