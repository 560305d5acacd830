"""The columns of each view: known ones, and those we take. Data in views/*.toml."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

VIEWS = Path(__file__).parent / "views"
NAME = re.compile(r"fluxIAE_([A-Za-z]+)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column we take.

    `policy` says what a wrong or missing value does: `required` and `mandatory` columns
    must be in the header; an empty `required` value rejects its line; a wrong value
    rejects it too, unless the column is `soft`: then the value alone is left out.
    """

    name: str
    type: str
    policy: str = ""

    @property
    def is_expected(self) -> bool:
        return self.policy in {"required", "mandatory"}


@dataclass(frozen=True, kw_only=True)
class Layout:
    view: str
    known: frozenset[str]
    in_order: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def expected(self) -> list[str]:
        return [column.name for column in self.columns if column.is_expected]

    @property
    def raw(self) -> str:
        """Staging table of texts."""
        return f"flux_raw_{self.view.lower()}"

    @property
    def table(self) -> str:
        """Staging table of typed values: only the lines that passed the checks."""
        return f"flux_{self.view.lower()}"


@cache
def layout(view: str) -> Layout:
    """The layout of a view we take. Raises KeyError for another."""
    if view not in views():
        raise KeyError(view)
    data = tomllib.loads((VIEWS / f"{view}.toml").read_text(encoding="utf-8"))
    in_order = tuple(name.strip() for name in data["known"].split("|"))
    columns = tuple(
        Column(name=name, type=(words := text.split())[0], policy=" ".join(words[1:]))
        for name, text in data["read"].items()
    )
    return Layout(
        view=view, known=frozenset(in_order), in_order=in_order, columns=columns
    )


@cache
def views() -> frozenset[str]:
    return frozenset(path.stem for path in VIEWS.glob("*.toml"))


def view_of(path: Path) -> str | None:
    """The view a file’s name tells, in the ASP’s spelling; None for another file."""
    found = NAME.match(path.name)
    if not found:
        return None
    spelling = {view.lower(): view for view in views()}
    return spelling.get(found[1].lower(), found[1])
