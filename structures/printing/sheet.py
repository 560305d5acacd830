"""What a document says, before it has a code: values, tables, people who sign."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from structures.printing.text import blocks_of, runs_of

# Part of every hash: another one when the layout says something else, so that a document
# printed again is another document.
FORMAT = "iae-document-1"


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table: every cell is text already; `numeric` are the columns set on the right.

    The column `wide` takes the room left; all take the same when they are `even`.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    footer: tuple[str, ...] = ()
    empty: str = ""
    even: bool = False
    wide: int = 0


@dataclass(frozen=True, kw_only=True)
class Signature:
    """A place to sign: in what quality, and whose name when it is known."""

    quality: str
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A document to print. Two equal sheets with one text are the same document.

    `marks` are what must be read first (« Projet »). `addressee` is for letters.
    """

    kind: str
    title: str
    year: int
    service: str
    place: str
    values: Mapping[str, str]
    grids: Mapping[str, Grid] = field(default_factory=dict)
    signatures: Mapping[str, tuple[Signature, ...]] = field(default_factory=dict)
    addressee: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    is_simulated: bool = False

    @property
    def is_draft(self) -> bool:
        """Marked as a project: not to be signed."""
        return bool(self.marks)


def digest_of(sheet: Sheet, text: str) -> str:
    """SHA-256 of all that the document says, in one canonical writing."""
    written = json.dumps(
        {"format": FORMAT, "sheet": asdict(sheet), "text": text},
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(written.encode()).hexdigest()


def body_of(sheet: Sheet, text: str) -> list[dict[str, Any]]:
    """The blocks of the page, as the layout reads them."""
    return [placed for block in blocks_of(text) for placed in laid(block, sheet)]


def laid(block: Any, sheet: Sheet) -> list[dict[str, Any]]:
    if block.kind == "place":
        return laid_place(block.lines[0], sheet)
    if block.kind == "list":
        items = [written(line, sheet.values) for line in block.lines]
        return [{"kind": "list", "items": items}]
    runs = written(" ".join(block.lines), sheet.values)
    return [{"kind": block.kind, "level": block.level, "runs": runs}]


def laid_place(name: str, sheet: Sheet) -> list[dict[str, Any]]:
    """A table, the signatures, or the value of a field alone on its line."""
    if name in sheet.grids:
        return [{"kind": "grid", **asdict(sheet.grids[name])}]
    if name in sheet.signatures:
        people = [asdict(one) for one in sheet.signatures[name]]
        return [{"kind": "signatures", "people": people}]
    if name not in sheet.values:
        return []  # a block this document has nothing for: no forecast, no schedule
    runs = [{"text": sheet.values[name], "bold": False}]
    return [{"kind": "text", "level": 0, "runs": runs}]


def written(line: str, values: Mapping[str, str]) -> list[dict[str, Any]]:
    return [asdict(run) for run in runs_of(line, values)]
