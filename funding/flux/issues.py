"""Lines rejected, set aside, or read with a reserve, gathered in one temporary table."""

from django.db.backends.utils import CursorWrapper

from funding.enums import IssueKind

CREATE = """
DROP TABLE IF EXISTS flux_issue;
CREATE TEMP TABLE flux_issue (
    view text NOT NULL, line integer NOT NULL, column_name text NOT NULL,
    value text, reason text NOT NULL, kind text NOT NULL
) ON COMMIT DROP
"""
# A day is shown as the file writes it.
SHOWN = """CASE WHEN pg_typeof({value}) = 'date'::regtype
    THEN to_char(({value})::text::date, 'DD/MM/YYYY') ELSE ({value})::text END"""
REMOVE = """
WITH gone AS (
    DELETE FROM {table} x {using} WHERE {where}
    RETURNING x.line, {value} AS value, {reason} AS reason
)
INSERT INTO flux_issue
SELECT '{view}', line, '{column}', left(value, 200), reason, '{kind}' FROM gone
"""
NOTE = """
INSERT INTO flux_issue
SELECT '{view}', x.line, '{column}', left({value}, 200), {reason}, '{kind}'
FROM {table} x {using} WHERE {where}
"""


def create(cursor: CursorWrapper) -> None:
    cursor.execute(CREATE)


def quoted(sentence: str) -> str:
    return "'" + sentence.replace("'", "''") + "'"


def remove(cursor: CursorWrapper, table: str, *, where: str, **said: str) -> int:
    """Take lines out of a staging table and say why; `x` is the table in every SQL.

    `said`: view, column, value (SQL, by default the column), reason (a sentence, or SQL
    when it begins with a parenthesis), using (SQL after the table), kind. Returns how
    many lines went.
    """
    cursor.execute(REMOVE.format(table=table, where=where, **filled(said)))
    return cursor.rowcount


def warn(cursor: CursorWrapper, table: str, *, where: str, **said: str) -> int:
    """Same as `remove`, for lines that stay, read with a reserve."""
    said = {"kind": IssueKind.WARNING.value, **said}
    cursor.execute(NOTE.format(table=table, where=where, **filled(said)))
    return cursor.rowcount


def filled(said: dict[str, str]) -> dict[str, str]:
    said = {"kind": IssueKind.REJECTED.value, "using": "", **said}
    said["value"] = SHOWN.format(value=said.get("value", f"x.{said['column']}"))
    if not said["reason"].startswith("("):
        said["reason"] = quoted(said["reason"])
    return said


def refuse(
    cursor: CursorWrapper, table: str, view: str, refusals: list[tuple[str, str, str]]
) -> None:
    """Reject lines for each (column, what is wrong in SQL, sentence), in that order."""
    for column, where, reason in refusals:
        remove(cursor, table, view=view, column=column, where=where, reason=reason)


SAME_KEY = """
DELETE FROM {table} x USING (
    SELECT {key} AS key, min(line) AS line FROM {table} GROUP BY 1 HAVING count(*) > 1
) f JOIN {table} kept ON kept.line = f.line
WHERE x.{key} = f.key AND x.line > f.line
    AND to_jsonb(x) - ARRAY[{apart}] = to_jsonb(kept) - ARRAY[{apart}]
"""


def keep_first(
    cursor: CursorWrapper, table: str, view: str, *, key: str, apart: str = ""
) -> int:
    """One line per key. The others: merged when identical, rejected when they differ.

    `apart` is a column that may differ. Returns how many lines were merged.
    """
    cursor.execute(
        f"SELECT EXISTS (SELECT FROM {table} GROUP BY {key} HAVING count(*) > 1)"
    )
    if not cursor.fetchone()[0]:
        return 0
    names = ", ".join(f"'{name}'" for name in ("line", "given", apart) if name)
    cursor.execute(SAME_KEY.format(table=table, key=key, apart=names))
    merged = cursor.rowcount
    remove(
        cursor,
        table,
        view=view,
        column=key,
        using=f"USING (SELECT {key} AS key, min(line) AS line FROM {table} "
        "GROUP BY 1 HAVING count(*) > 1) f",
        where=f"x.{key} = f.key AND x.line > f.line",
        reason="('Cet identifiant est déjà à la ligne ' || f.line || '.')",
    )
    return merged
