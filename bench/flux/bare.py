"""The peer: the same rows, prepared with their ids, by COPY into the same tables."""

from pathlib import Path

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

# In the order of foreign keys.
TABLES = [
    "structures_structure",
    "structures_convention",
    "funding_annexefinanciere",
    "funding_annexeversion",
    "funding_versionrejection",
    "parcours_exitmotive",
    "parcours_person",
    "parcours_localidentity",
    "parcours_parcours",
    "parcours_contract",
    "parcours_monthlystatement",
    "parcours_monthlyhours",
    "parcours_exit",
    "parcours_training",
    "funding_freincount",
]
ONLY_NEW = {"parcours_exitmotive": "WHERE code LIKE 'M%'"}
BLOCK = 1 << 20
# What PostgreSQL computes by itself cannot be copied in.
WRITTEN = """
SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped
AND attgenerated = ''
"""


def columns_of(cursor: CursorWrapper, table: str) -> str:
    cursor.execute(WRITTEN, [table])
    return cursor.fetchone()[0]


def dump(directory: Path) -> int:
    """One file a table; returns the rows."""
    rows = 0
    directory.mkdir(exist_ok=True)
    with connection.cursor() as cursor:
        for table in TABLES:
            columns = columns_of(cursor, table)
            only = ONLY_NEW.get(table, "")
            query = f"SELECT {columns} FROM {table} {only} ORDER BY 1"
            with (
                (directory / f"{table}.csv").open("wb") as out,
                cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT csv)") as copy,
            ):
                for block in copy:
                    out.write(block)
            rows += cursor.rowcount
    return rows


def load(directory: Path) -> None:
    """In one transaction, as the application's role: keys are checked at its end."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        for table in TABLES:
            into = f"{table} ({columns_of(cursor, table)})"
            with (
                (directory / f"{table}.csv").open("rb") as source,
                cursor.copy(f"COPY {into} FROM STDIN (FORMAT csv)") as copy,
            ):
                while block := source.read(BLOCK):
                    copy.write(block)
