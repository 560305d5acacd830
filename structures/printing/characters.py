"""Characters that a person pasted: what no font draws is replaced, or named."""

import json
import re
import unicodedata
from typing import Any

from structures.printing.fields import FIELDS
from structures.printing.sheet import Sheet

# The bullets of a word processor are signs of its own font, in the private area.
PRIVATE = "Co"
INVISIBLE = "Cc"
KEPT = "\n\t"
BYTE_ORDER_MARK = "\ufeff"
BULLET = "•"
# As typst writes it: the text `"\u{f0b7}"` could not be displayed.
REFUSED = re.compile(r'`"(?:\\u\{([0-9a-f]+)\}|(.))', re.DOTALL)


def drawable(data: Any) -> Any:
    """The same data, its texts without what PDF/A refuses whatever the font."""
    if isinstance(data, str):
        return data if data.isprintable() else "".join(map(drawn, data))
    if isinstance(data, dict):
        return {key: drawable(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [drawable(value) for value in data]
    return data


def drawn(character: str) -> str:
    category = unicodedata.category(character)
    if category == PRIVATE:
        return BULLET
    is_dropped = category == INVISIBLE and character not in KEPT
    return "" if is_dropped or character == BYTE_ORDER_MARK else character


def refused_character(message: str) -> str:
    """The character the layout could not draw; empty when it failed for another reason."""
    if not (found := REFUSED.search(message)):
        return ""
    return chr(int(found[1], 16)) if found[1] else found[2]


def place_of(character: str, sheet: Sheet, text: str) -> str:
    """Where a document holds a character, in words; empty when nobody knows."""
    labels = {field.name: field.label for field in FIELDS[sheet.kind]}
    for name, value in sheet.values.items():
        if character in value:
            return labels.get(name, name)
    for name, grid in sheet.grids.items():
        if character in json.dumps((grid.head, grid.rows), ensure_ascii=False):
            return labels.get(name, grid.caption)
    return "texte du modèle" if character in text else ""
