"""One file into the database: streamed by COPY as texts, then typed and checked in SQL."""

from collections.abc import Callable, Iterator
from operator import itemgetter

from django.db.backends.utils import CursorWrapper

from funding.enums import IssueKind
from funding.flux import identity
from funding.flux.checks import type_named
from funding.flux.container import FluxFile
from funding.flux.layout import Column, Layout
from funding.flux.totals import note_told
from funding.rules.flux import SEPARATOR, WrongFile, check_count, parse_header

LINES_PER_WRITE = 5_000


def stage(cursor: CursorWrapper, file: FluxFile, layout: Layout) -> int:
    """Fill layout.table with the right lines of a file; the others become issues.

    Returns the lines read. Raises WrongFile, a sentence that names the file.
    """
    with file.reading():
        columns = read_header(cursor, file, layout)
        names = raw_names(columns)
        create_raw(cursor, layout, names)
        copy = (
            f"COPY {layout.raw} (line, width, {', '.join(names)}) FROM STDIN "
            f"(DELIMITER '{SEPARATOR}', NULL '')"
        )
        with cursor.copy(copy) as into:
            for block in blocks(file, picker(file.header, columns)):
                into.write(block)
        if not is_counted(file):
            note(
                cursor,
                layout,
                0,
                "",
                "Le fichier n’a pas de ligne FIN : son compte n’est pas vérifié.",
            )
    note_told(cursor, layout.view, names)
    type_columns(cursor, layout, columns, width=len(file.header), read=file.read)
    return file.read


def is_counted(file: FluxFile) -> bool:
    """False without a FIN line. Raises WrongFile, which names it, when it differs."""
    try:
        return check_count(declared=file.declared, found=file.read)
    except WrongFile as error:
        raise WrongFile(
            f"{file.name}, ligne {file.fin_line} : {error.user_message}"
        ) from error


def empty(cursor: CursorWrapper, layout: Layout) -> None:
    """The typed table of a view that the delivery does not have."""
    cursor.execute(
        f"DROP TABLE IF EXISTS {layout.table}; "
        f"CREATE TEMP TABLE {layout.table} ON COMMIT DROP AS "
        f"SELECT NULL::integer AS line, {', '.join(typed(layout, []))}, 0 AS given "
        f"LIMIT 0"
    )


def read_header(cursor: CursorWrapper, file: FluxFile, layout: Layout) -> list[Column]:
    """The columns of ours that the file has. Unknown ones are a warning."""
    text = file.read_header()
    try:
        header = parse_header(text, mandatory=layout.expected, known=layout.known)
    except WrongFile as error:
        raise WrongFile(
            f"{file.name}, ligne {file.header_line} : {error.user_message}"
        ) from error
    for name in header.unknown:
        note(
            cursor,
            layout,
            file.header_line,
            name,
            "Colonne inconnue, qui n’est pas lue.",
        )
    return [column for column in layout.columns if column.name in header.columns]


def note(
    cursor: CursorWrapper, layout: Layout, line: int, column: str, reason: str
) -> None:
    """A remark about the file itself."""
    cursor.execute(
        "INSERT INTO flux_issue VALUES (%s, %s, %s, '', %s, %s)",
        [layout.view, line, column[:80], reason, IssueKind.WARNING],
    )


def raw_names(columns: list[Column]) -> list[str]:
    """Names of the staged texts; what stands for a secret, never the secret."""
    shown = [column.name for column in columns if column.type != "secret"]
    return shown + list(identity.DERIVED) * (len(shown) < len(columns))


def create_raw(cursor: CursorWrapper, layout: Layout, names: list[str]) -> None:
    texts = ", ".join(f"{name} text" for name in names)
    cursor.execute(
        f"DROP TABLE IF EXISTS {layout.raw}, {layout.table}; "
        f"CREATE TEMP TABLE {layout.raw} "
        f"(line integer, width smallint, {texts}) ON COMMIT DROP"
    )


def picker(
    header: list[str], columns: list[Column]
) -> Callable[[list[str]], tuple[str, ...]]:
    """From the fields of a line to those we stage."""
    shown = [header.index(c.name) for c in columns if c.type != "secret"]
    # itemgetter of one index gives a text, not a tuple: ask for two and drop one.
    pick = itemgetter(*shown, shown[0])
    if len(shown) == len(columns):
        return lambda fields: pick(fields)[:-1]
    protect = identity.protector()
    read = itemgetter(*(header.index(name) for name in identity.READ))
    return lambda fields: (*pick(fields)[:-1], *protect(*read(fields)))


def blocks(
    file: FluxFile, pick: Callable[[list[str]], tuple[str, ...]]
) -> Iterator[str]:
    """Text for COPY. A line with a wrong number of columns keeps only that number."""
    width = len(file.header)
    lines: list[str] = []
    for number, text in file.rows():
        fields = text.split(SEPARATOR)
        if len(fields) != width:
            picked: tuple[str, ...] = ("",) * len(pick([""] * width))
        else:
            if " |" in text or "| " in text:
                fields = [field.strip() for field in fields]
            picked = pick(fields)
        lines.append(f"{number}|{len(fields)}|{'|'.join(picked)}\n")
        if len(lines) == LINES_PER_WRITE:
            yield escaped(lines)
            lines = []
    yield escaped(lines)


def escaped(lines: list[str]) -> str:
    return "".join(lines).replace("\\", "\\\\").replace("\r", "\\r")


def type_columns(
    cursor: CursorWrapper,
    layout: Layout,
    columns: list[Column],
    *,
    width: int,
    read: int,
) -> None:
    """The typed table, and an issue for each value that keeps a line out of it."""
    shown = [column for column in columns if column.type != "secret"]
    hard = [column for column in shown if column.policy != "soft"]
    soft = [column for column in shown if column.policy == "soft"]
    right = " AND ".join([f"x.width = {width}", *(f"({accepted(c)})" for c in hard)])
    given = f"num_nonnulls({', '.join(f'x.{c.name}' for c in soft)})" if soft else "0"
    cursor.execute(
        f"CREATE TEMP TABLE {layout.table} ON COMMIT DROP AS "
        f"SELECT x.line, {', '.join(typed(layout, columns))}, {given} AS given "
        f"FROM {layout.raw} x WHERE {right}"
    )
    if cursor.rowcount < read:
        explain(cursor, layout, hard, width=width, where=f"({right}) IS NOT TRUE")
    if soft:
        explain_soft(cursor, layout, soft, width=width)
    cursor.execute(f"DROP TABLE {layout.raw}; ANALYZE {layout.table}")


def explain_soft(
    cursor: CursorWrapper, layout: Layout, soft: list[Column], *, width: int
) -> None:
    """A value left out shows by its absence: fewer values than the line gave."""
    kept = ", ".join(column.name for column in soft)
    lines = f"SELECT line FROM {layout.table} WHERE given > num_nonnulls({kept})"
    cursor.execute(f"SELECT EXISTS ({lines})")
    if cursor.fetchone()[0]:
        where, kind = f"x.line IN ({lines})", IssueKind.WARNING
        explain(cursor, layout, soft, width=width, where=where, kind=kind)


def accepted(column: Column) -> str:
    """SQL: a value may be taken. Never NULL."""
    name = f"x.{column.name}"
    right = type_named(column.type).right(name)
    if column.policy == "required":
        return f"{name} IS NOT NULL AND {right}"
    return f"CASE WHEN {name} IS NULL THEN true ELSE {right} END"


def typed(layout: Layout, columns: list[Column]) -> Iterator[str]:
    """SQL of each column of the typed table, also of those the file lacks."""
    present = {column.name for column in columns}
    for column in layout.columns:
        if column.type == "secret":
            origin = "x." if present else "NULL::text AS "
            yield from (f"{origin}{name}" for name in identity.DERIVED)
            continue
        kind, name = type_named(column.type), f"x.{column.name}"
        if column.name not in present:
            yield f"NULL::{kind.sql} AS {column.name}"
        elif column.policy == "soft":
            yield f"CASE WHEN {kind.right(name)} THEN {kind.value(name)} END AS {column.name}"
        else:
            yield f"{kind.value(name)} AS {column.name}"


def explain(
    cursor: CursorWrapper,
    layout: Layout,
    columns: list[Column],
    *,
    width: int,
    where: str,
    kind: str = IssueKind.REJECTED,
) -> None:
    """One issue per wrong value of the lines that match."""
    faults = [
        f"('{c.name}', x.{c.name}, CASE WHEN x.width <> {width} OR ({accepted(c)}) "
        f"THEN NULL WHEN x.{c.name} IS NULL THEN 'Une valeur est attendue.' "
        f"ELSE {type_named(c.type).reason_for('x.' + c.name)} END)"
        for c in columns
    ]
    columns_count = (
        f"('', x.width::text, CASE WHEN x.width <> {width} THEN "
        f"x.width || ' colonnes au lieu de {width}.' END)"
    )
    cursor.execute(
        f"INSERT INTO flux_issue SELECT '{layout.view}', x.line, f.name, "
        f"left(f.value, 200), f.reason, '{kind}' FROM {layout.raw} x "
        f"CROSS JOIN LATERAL (VALUES {', '.join([columns_count, *faults])}) "
        f"AS f(name, value, reason) WHERE ({where}) AND f.reason IS NOT NULL"
    )
