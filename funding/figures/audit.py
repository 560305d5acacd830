"""Re-proves what the base holds, from its rows: each check says what it found off."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection

SHOWN = 10


@dataclass(frozen=True)
class Finding:
    """What a check found off: how many, and the first of them as sentences."""

    count: int
    examples: list[str]


@dataclass(frozen=True)
class Check:
    """What must hold, in words, and how to look for what does not."""

    code: str
    label: str
    look: Callable[[], Finding]


@dataclass(frozen=True)
class Result:
    code: str
    label: str
    finding: Finding

    @property
    def holds(self) -> bool:
        return self.finding.count == 0


def by_sql(code: str, label: str, query: str) -> Check:
    """A check whose query gives one sentence a row that is off."""

    def look() -> Finding:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT what, count(*) OVER () FROM ({query}) off (what) LIMIT {SHOWN}"
            )
            rows = cursor.fetchall()
        return Finding(rows[0][1] if rows else 0, [what for what, _ in rows])

    return Check(code, label, look)


def found(sentences: list[str]) -> Finding:
    return Finding(len(sentences), sentences[:SHOWN])


def run(checks: list[Check]) -> list[Result]:
    """Each check’s result, in order; all of them run, whatever the first ones find."""
    return [Result(check.code, check.label, check.look()) for check in checks]
