"""The rules and their cases, read from TOML."""

import tomllib
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
DATABASE = "database"


@dataclass(frozen=True, kw_only=True)
class Rule:
    id: str
    title: str
    source: str
    confidence: str


@dataclass(frozen=True, kw_only=True)
class Case:
    """`target` is a rule of the code, or “database” and an executor of ours.

    What comes out is `expected`, nothing at all (`none`), or a refusal: the name of the
    error, and words of its message.
    """

    rule: str
    title: str
    target: str
    source: str
    confidence: str
    inputs: dict[str, Any] = field(default_factory=dict)
    executor: str = ""
    expected: Any = None
    none: bool = False
    refused: str = ""
    message: str = ""
    decimals: int | None = None

    def __str__(self) -> str:
        return f"{self.rule} {self.title}"


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


def all_rules() -> dict[str, Rule]:
    """By id, in order of number."""
    entries = read(FOLDER / "rules.toml")
    ids = sorted(entries, key=lambda name: int(name.removeprefix("R")))
    return {name: Rule(id=name, **entries[name]) for name in ids}


def all_cases() -> list[Case]:
    """In order of rule; a case without a source has that of its rule."""
    rules = all_rules()
    cases = [
        Case(**inherited(rules[entry["rule"]]) | entry)
        for path in sorted(FOLDER.glob("cases/*.toml"))
        for entry in read(path)["case"]
    ]
    return sorted(cases, key=lambda case: list(rules).index(case.rule))


def inherited(rule: Rule) -> dict[str, str]:
    return {"source": rule.source, "confidence": rule.confidence}
