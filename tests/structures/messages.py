"""Compiles the French words of the back-office: no gettext is needed on the machine.

`python -m tests.structures.messages` after a change of the .po file.
"""

import re
import struct
from ast import literal_eval
from pathlib import Path

SOURCE = Path("iae_manager/locale/fr/LC_MESSAGES/django.po")
COMPILED = SOURCE.with_suffix(".mo")
ENTRY = re.compile(
    r'^msgid (?P<id>"[^\n]*"(?:\n"[^\n]*")*)\nmsgstr (?P<text>"[^\n]*"(?:\n"[^\n]*")*)$',
    re.MULTILINE,
)
MAGIC, HEADER = 0x950412DE, 7 * 4


def entries(source):
    """Original and translated texts, as bytes, in the order the format asks."""
    found = {
        unquoted(match["id"]): unquoted(match["text"])
        for match in ENTRY.finditer(source)
    }
    return sorted(found.items())


def unquoted(lines):
    return "".join(literal_eval(line) for line in lines.splitlines()).encode()


def compiled(source):
    """The .mo file: two tables of (length, place), then the texts."""
    pairs = entries(source)
    place = HEADER + 16 * len(pairs)
    tables, texts = [], b""
    for column in (0, 1):
        for pair in pairs:
            tables.append(struct.pack("<II", len(pair[column]), place + len(texts)))
            texts += pair[column] + b"\0"
    second = HEADER + 8 * len(pairs)
    head = struct.pack("<7I", MAGIC, 0, len(pairs), HEADER, second, 0, place)
    return head + b"".join(tables) + texts


if __name__ == "__main__":
    COMPILED.write_bytes(compiled(SOURCE.read_text()))
