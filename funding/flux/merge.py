"""From a staging table into a table of the base, counting what really changes.

Rows already equal are left untouched (no lock, no new version of the row), so that the
same delivery twice writes nothing.
"""

from dataclasses import dataclass, field

from django.db.backends.utils import CursorWrapper

CHANGE = """
SELECT {selected} FROM {source} s LEFT JOIN {target} t ON {same_key}
WHERE {only} AND (t.id IS NULL OR ({theirs}) IS DISTINCT FROM ({ours}))
"""
# A slice at a time: the checks of foreign keys wait in memory until the statement ends.
# `old` is NULL for an inserted row (PostgreSQL 18): what is counted is what was written.
WRITE = """
WITH written AS (
    INSERT INTO {target} ({columns})
    SELECT {columns} FROM flux_change
    WHERE ctid >= '({first},0)'::tid AND ctid < '({last},0)'::tid
    ON CONFLICT ({key}) DO UPDATE SET {assigned}
    WHERE ({current}) IS DISTINCT FROM ({excluded})
    RETURNING old.id IS NULL AS is_new
)
SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM written
"""
PAGES_PER_SLICE = 200
# Before the merge: what will become of each line of the file, when it makes several rows.
BY_LINE = """
SELECT count(*) FILTER (WHERE is_new),
       count(*) FILTER (WHERE is_changed AND NOT is_new),
       count(*) FILTER (WHERE NOT is_changed AND NOT is_new)
FROM (
    SELECT s.line, bool_or(t.id IS NULL) AS is_new,
           bool_or(({theirs}) IS DISTINCT FROM ({ours})) AS is_changed
    FROM {source} s LEFT JOIN {target} t ON {same_key} GROUP BY s.line
) verdict
"""


@dataclass(frozen=True)
class Counts:
    """Rows of a table: created and updated by the import, and left as they were."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.created + other.created,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
        )

    @property
    def total(self) -> int:
        return self.created + self.updated + self.unchanged


@dataclass(frozen=True)
class Outcome:
    """What a file gave: its lines by verdict, and the rows of each table.

    `merged` lines said the same as another one, `used` lines only serve to read others.
    """

    lines: Counts = Counts()
    tables: dict[str, Counts] = field(default_factory=dict)
    merged: int = 0
    used: int = 0


def merge(
    cursor: CursorWrapper,
    source: str,
    target: str,
    *,
    key: str,
    compared: list[str],
    only_new: dict[str, str] | None = None,
    only: str = "true",
) -> Counts:
    """Insert or update the rows of `source` (`s` in SQL) that differ from `target`.

    `key` and `compared` are columns of both; `only_new` gives the SQL of columns that
    an insertion needs and an update leaves alone.
    """
    keys, given = key.split(", "), only_new or {}
    compared = compared or keys
    own = list(dict.fromkeys([*keys, *compared]))
    change = CHANGE.format(
        selected=", ".join(
            [listed("s", own), *(f"{sql} AS {name}" for name, sql in given.items())]
        ),
        source=source,
        target=target,
        same_key=equal("t", "s", keys),
        only=only,
        theirs=listed("t", compared),
        ours=listed("s", compared),
    )
    create(cursor, "flux_change", change, analyze=False)
    columns = ", ".join([*own, *given])
    written = write_changes(cursor, target, key, columns=columns, compared=compared)
    cursor.execute(f"SELECT count(*) FROM {source} s WHERE {only}")
    total = cursor.fetchone()[0]
    return Counts(written.created, written.updated, total - written.total)


def write_changes(
    cursor: CursorWrapper, target: str, key: str, *, columns: str, compared: list[str]
) -> Counts:
    """The rows of flux_change, a slice at a time."""
    cursor.execute(
        "SELECT pg_relation_size('flux_change') / current_setting('block_size')::int"
    )
    pages, written = cursor.fetchone()[0], Counts()
    for first in range(0, pages, PAGES_PER_SLICE):
        cursor.execute(
            WRITE.format(
                first=first,
                last=first + PAGES_PER_SLICE,
                target=target,
                key=key,
                columns=columns,
                assigned=", ".join(f"{name} = excluded.{name}" for name in compared),
                current=listed(target, compared),
                excluded=listed("excluded", compared),
            )
        )
        written += Counts(*cursor.fetchone())
    return written


def count_lines(
    cursor: CursorWrapper, source: str, target: str, *, key: str, compared: list[str]
) -> Counts:
    """What a merge to come will do, counted in lines of the file."""
    keys = key.split(", ")
    cursor.execute(
        BY_LINE.format(
            source=source,
            target=target,
            same_key=equal("t", "s", keys),
            theirs=listed("t", compared),
            ours=listed("s", compared),
        )
    )
    return Counts(*cursor.fetchone())


def listed(table: str, columns: list[str]) -> str:
    return ", ".join(f"{table}.{column}" for column in columns)


def equal(one: str, other: str, columns: list[str]) -> str:
    return " AND ".join(f"{one}.{name} = {other}.{name}" for name in columns)


def create(
    cursor: CursorWrapper, table: str, query: str, *, analyze: bool = True
) -> int:
    """A temporary table from a query, with the planner told what it holds."""
    cursor.execute(
        f"DROP TABLE IF EXISTS {table}; "
        f"CREATE TEMP TABLE {table} ON COMMIT DROP AS {query}"
    )
    rows = cursor.rowcount
    if analyze:
        cursor.execute(f"ANALYZE {table}")
    return rows
