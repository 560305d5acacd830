"""The TOML files of the law, brought into the table beside what was added by hand."""

from django.db import models, transaction

from structures import law
from structures.enums import Origin
from structures.models import LegalValue

KEY = ["parameter", "kind", "place", "effective_on"]
CONTENT = ["published_on", "value", "unit", "source", "confidence"]


def sync(*, using: str) -> int:
    """Make the table's FILE rows what the files say; returns how many rows changed.

    Rows added by an administrator are never touched, even at the same date of effect:
    theirs stands and the file's is left out.
    """
    table = LegalValue.objects.using(using)
    by_hand = set(table.filter(origin=Origin.ADMIN).values_list(*KEY))
    wanted = {key: value for key, value in law.index().items() if key not in by_hand}
    present = {_key(row): row for row in table.filter(origin=Origin.FILE)}
    gone = [row.pk for key, row in present.items() if key not in wanted]
    changed = [_row(v) for k, v in wanted.items() if not _same(present.get(k), v)]
    with transaction.atomic(using=using):
        table.filter(pk__in=gone).delete()
        table.bulk_create(
            changed, update_conflicts=True, unique_fields=KEY, update_fields=CONTENT
        )
    return len(gone) + len(changed)


def _key(row: LegalValue) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in KEY)


def _same(row: models.Model | None, value: law.LegalValue) -> bool:
    return row is not None and all(
        getattr(row, name) == getattr(value, name) for name in CONTENT
    )


def _row(value: law.LegalValue) -> LegalValue:
    fields = {name: getattr(value, name) for name in KEY + CONTENT}
    return LegalValue(origin=Origin.FILE, **fields)
