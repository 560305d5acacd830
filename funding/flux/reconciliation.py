"""The end of an import: what became of every line of every file."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db.backends.utils import CursorWrapper

from funding.enums import IssueKind
from funding.flux.merge import Counts, Outcome
from funding.flux.totals import Total

BY_KIND = """
SELECT view, kind, count(DISTINCT line) FROM flux_issue GROUP BY view, kind
"""
STORE = """
INSERT INTO funding_importrejection (run_id, file, line, "column", value, reason, kind)
SELECT {run}, f.name, i.line, i.column_name, coalesce(i.value, ''), left(i.reason, 300),
    i.kind
FROM flux_issue i JOIN flux_file f ON f.view = i.view ORDER BY f.name, i.line
"""


@dataclass(frozen=True, kw_only=True)
class FileCount:
    """Lines of a file. Every line read is in one of the others, `warned` apart."""

    view: str
    name: str
    read: int
    created: int
    updated: int
    unchanged: int
    merged: int
    used: int
    rejected: int
    set_aside: int
    warned: int

    @property
    def lost(self) -> int:
        """Lines nobody accounts for: 0, or the import is refused (R93)."""
        kept = self.created + self.updated + self.unchanged
        apart = self.merged + self.used + self.rejected + self.set_aside
        return self.read - kept - apart


@dataclass(frozen=True, kw_only=True)
class Issue:
    """A line not taken as it stands, and why."""

    file: str
    line: int
    column: str
    value: str
    reason: str
    kind: str


@dataclass(kw_only=True)
class Reconciliation:
    directory: str
    is_applied: bool
    files: list[FileCount] = field(default_factory=list)
    tables: dict[str, Counts] = field(default_factory=dict)
    totals: list[Total] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)

    def as_data(self) -> dict[str, Any]:
        """For JSON; the issues are apart, one by one."""
        return {
            "directory": self.directory,
            "applied": self.is_applied,
            "files": [asdict(file) for file in self.files],
            "tables": {name: asdict(counts) for name, counts in self.tables.items()},
            "totals": [
                {
                    "code": total.code,
                    "label": total.label,
                    "files": str(total.told),
                    "base": str(total.held),
                    "gap": str(total.gap),
                }
                for total in self.totals
            ],
            "ignored": self.ignored,
        }


def count_files(
    cursor: CursorWrapper,
    files: dict[str, tuple[str, int]],
    outcomes: dict[str, Outcome],
) -> list[FileCount]:
    """`files`: view → name and lines read."""
    cursor.execute(BY_KIND)
    issues = {(view, kind): lines for view, kind, lines in cursor.fetchall()}
    return [
        FileCount(
            view=view,
            name=name,
            read=read,
            **asdict(outcomes[view].lines),
            merged=outcomes[view].merged,
            used=outcomes[view].used,
            rejected=issues.get((view, IssueKind.REJECTED), 0),
            set_aside=issues.get((view, IssueKind.SET_ASIDE), 0),
            warned=issues.get((view, IssueKind.WARNING), 0),
        )
        for view, (name, read) in files.items()
    ]


def stored_issues(cursor: CursorWrapper) -> Iterator[Issue]:
    """Every issue, by file and line, without holding them all in memory."""
    cursor.execute(
        "DECLARE flux_issues NO SCROLL CURSOR FOR SELECT f.name, i.line, i.column_name, "
        "coalesce(i.value, ''), i.reason, i.kind FROM flux_issue i "
        "JOIN flux_file f ON f.view = i.view ORDER BY f.name, i.line, i.column_name"
    )
    while True:
        cursor.execute("FETCH 1000 FROM flux_issues")
        rows = cursor.fetchall()
        for file, line, column, value, reason, kind in rows:
            yield Issue(
                file=file,
                line=line,
                column=column,
                value=value,
                reason=reason,
                kind=kind,
            )
        if not rows:
            cursor.execute("CLOSE flux_issues")
            return
