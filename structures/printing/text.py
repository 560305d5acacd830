"""The text of a document: paragraphs with a few marks, and merge fields.

    # Titre, ## Sous-titre      on a line of their own
    - élément                   an item of a list
    **gras**                    inside a line
    {{ champ }}                 a value; alone on its line, a table or a block

Lines that follow one another are one paragraph; an empty line ends it. Nothing of it is
ever read as code: what comes out is data that the layout sets.
"""

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass

from structures.printing.fields import Field

FIELD = re.compile(r"\{\{\s*(\w+)\s*\}\}")
ALONE = re.compile(r"^\{\{\s*(\w+)\s*\}\}$")
PIECE = re.compile(r"(\*\*|\{\{\s*\w+\s*\}\})")
BOLD = "**"


@dataclass(frozen=True)
class Block:
    """A title (level 1 or 2), a paragraph, a list, or a place for a block of the layout."""

    kind: str
    lines: tuple[str, ...]
    first_line: int
    level: int = 0


@dataclass(frozen=True)
class Run:
    text: str
    bold: bool = False


def blocks_of(text: str) -> list[Block]:
    """What a text is made of, in order."""
    found: list[Block] = []
    is_open = False
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        kind, content, level = read(line)
        if line and is_open and found[-1].kind == kind and kind in ("text", "list"):
            last = found[-1]
            found[-1] = Block(kind, (*last.lines, content), last.first_line)
        elif line:
            found.append(Block(kind, (content,), number, level))
        is_open = bool(line)
    return found


def read(line: str) -> tuple[str, str, int]:
    """Kind, content and level of one line."""
    if found := re.match(r"^(#{1,2})\s+(.+)$", line):
        return "title", found[2], len(found[1])
    if found := re.match(r"^[-•]\s+(.+)$", line):
        return "list", found[1], 0
    if found := ALONE.match(line):
        return "place", found[1], 0
    return "text", line, 0


def runs_of(line: str, values: Mapping[str, str]) -> list[Run]:
    """A line with its fields replaced; a value is never read for marks."""
    runs, is_bold = [], False
    for piece in filter(None, PIECE.split(line)):
        field = ALONE.match(piece)
        if piece == BOLD:
            is_bold = not is_bold
        elif field:
            runs.append(Run(values[field[1]], is_bold))
        else:
            runs.append(Run(piece, is_bold))
    return runs


def complaints(text: str, fields: Set[Field]) -> list[str]:
    """What stops a text from being printed, as sentences; empty when nothing does."""
    by_name = {field.name: field for field in fields}
    if not text.strip():
        return ["Le texte est vide : écrivez-le, ou repartez du texte fourni."]
    found = [*unknown(text, by_name), *unclosed(text), *badly_placed(text, by_name)]
    missing = sorted(
        field.name
        for field in fields
        if field.is_required and field.name not in FIELD.findall(text)
    )
    if missing:
        listed = ", ".join(f"{{{{ {name} }}}}" for name in missing)
        found.append(f"Il manque {listed} : ce document ne peut pas s’en passer.")
    return found


def unknown(text: str, by_name: Mapping[str, Field]) -> list[str]:
    names = sorted({name for name in FIELD.findall(text) if name not in by_name})
    listed = ", ".join(sorted(by_name))
    return [
        f"« {name} » n’est pas un champ de ce document. Les champs possibles : {listed}."
        for name in names
    ]


def unclosed(text: str) -> list[str]:
    """Braces and bold marks that have no end."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        rest = FIELD.sub("", line)
        if "{{" in rest or "}}" in rest:
            found.append(
                f"Ligne {number} : une accolade n’a pas sa paire. Un champ s’écrit "
                "{{ nom_du_champ }}, en lettres et traits bas."
            )
    for block in blocks_of(text):
        lines = [" ".join(block.lines)] if block.kind == "text" else block.lines
        if any(line.count(BOLD) % 2 for line in lines):
            found.append(
                f"Ligne {block.first_line} : un ** n’a pas sa fin. Le gras s’écrit "
                "**ainsi**."
            )
    return found


def badly_placed(text: str, by_name: Mapping[str, Field]) -> list[str]:
    """A block of the layout is alone on its line."""
    found = []
    for block in blocks_of(text):
        if block.kind == "place":
            continue
        for name in FIELD.findall(" ".join(block.lines)):
            if name in by_name and by_name[name].is_block:
                found.append(
                    f"Ligne {block.first_line} : {{{{ {name} }}}} est un bloc. Il se "
                    "met seul sur sa ligne."
                )
    return found
