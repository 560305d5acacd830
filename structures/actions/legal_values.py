"""The TOML files of the law, brought into the table beside what was added by hand."""

from datetime import date

from django.db import models, transaction

from structures import law
from structures.enums import Origin
from structures.models import LegalValue

KEY = ["parameter", "kind", "place", "effective_on"]
CONTENT = ["value", "unit", "source", "confidence"]


def sync(*, using: str) -> int:
    """Make the table's FILE rows what the files say; returns how many rows changed.

    Rows added by an administrator are never touched. At the same date of effect theirs
    stands and the file's is left out, unless theirs corrects it: published after it.
    """
    table = LegalValue.objects.using(using)
    by_hand: dict[tuple[object, ...], date] = {}
    for *key, published_on in table.filter(origin=Origin.ADMIN).values_list(
        *KEY, "published_on"
    ):
        first = by_hand.get(tuple(key), published_on)
        by_hand[tuple(key)] = min(first, published_on)
    wanted = {
        key: value
        for key, value in law.index().items()
        if value.published_on < by_hand.get(key, date.max)
    }
    present = {_key(row): row for row in table.filter(origin=Origin.FILE)}
    gone = [
        row.pk
        for key, row in present.items()
        if key not in wanted or row.published_on != wanted[key].published_on
    ]
    changed = [_row(v) for k, v in wanted.items() if not _same(present.get(k), v)]
    with transaction.atomic(using=using):
        table.filter(pk__in=gone).delete()
        table.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=[*KEY, "published_on"],
            update_fields=CONTENT,
        )
    return len(gone) + len(changed)


def _key(row: LegalValue) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in KEY)


def _same(row: models.Model | None, value: law.LegalValue) -> bool:
    return row is not None and all(
        getattr(row, name) == getattr(value, name)
        for name in ["published_on", *CONTENT]
    )


def _row(value: law.LegalValue) -> LegalValue:
    fields = {name: getattr(value, name) for name in [*KEY, "published_on", *CONTENT]}
    return LegalValue(origin=Origin.FILE, **fields)
