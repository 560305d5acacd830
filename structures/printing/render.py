"""From what a document says to the bytes of its PDF: PDF/A-2a and PDF/UA-1, by typst.

The same sheet, text, code and day give the same bytes: no clock, no font of the machine.
"""

import json
import threading
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from structures.printing import codes
from structures.printing.characters import drawable
from structures.printing.reading import page_count
from structures.printing.sheet import Sheet, body_of, digest_of
from structures.rules.writing import long_day

LAYOUT = Path(__file__).parent / "layout"
STANDARDS: list[Any] = ["a-2a", "ua-1"]
# Codes are made before the number of pages is known: enough for nearly all.
USUAL_PAGES = 4
LOCK = threading.Lock()  # one compiler a process; a web process has several threads


class LayoutFailed(Exception):
    """typst refused the page: a fault of ours, or a character that no font draws."""


@dataclass(frozen=True, kw_only=True)
class Identity:
    """What is printed beside the content: who it is, on what day, where to check it.

    `anchor` is the state of the ledger that day, in one line; empty when not asked.
    """

    code: str
    on: date
    site: str
    anchor: str = ""


@dataclass(frozen=True)
class Printed:
    content: bytes
    pages: int
    digest: str


def render(sheet: Sheet, text: str, identity: Identity) -> Printed:
    """The PDF of a document. Raises LayoutFailed."""
    digest = digest_of(sheet, text)
    expected, pages = 0, USUAL_PAGES
    while pages > expected:
        expected = pages
        data = drawable(layout_data(sheet, text, identity, digest, expected))
        content = compiled(data, identity.on)
        pages = page_count(content)
    return Printed(content, pages, digest)


def layout_data(
    sheet: Sheet, text: str, identity: Identity, digest: str, pages: int
) -> dict[str, Any]:
    """All that the layout reads, ready for JSON."""
    shown = codes.shown(digest)
    # The day is printed beside what the document says: another day, the same document.
    dated = replace(sheet, values={**sheet.values, "date": long_day(identity.on)})
    addresses = [
        codes.payload(identity.site, codes.PageCode(identity.code, shown, number))
        for number in range(1, pages + 1)
    ]
    return {
        "title": sheet.title,
        "service": sheet.service,
        "place": sheet.place,
        "addressee": list(sheet.addressee),
        "marks": list(sheet.marks),
        "simulated": sheet.is_simulated,
        "body": body_of(dated, text),
        "code": codes.spelled(identity.code),
        "keyword": f"{codes.KEYWORD}{identity.code}",
        "digest": shown,
        "site": f"{identity.site.rstrip('/')}/verifier/",
        "anchor": identity.anchor,
        "day": long_day(identity.on),
        "date": [identity.on.year, identity.on.month, identity.on.day],
        "qr": [codes.picture(address) for address in addresses],
    }


def compiled(data: dict[str, Any], on: date) -> bytes:
    made = datetime(on.year, on.month, on.day, tzinfo=UTC)
    with LOCK:
        try:
            content = compiler().compile(
                format="pdf",
                sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
                pdf_standards=STANDARDS,
                timestamp=made,
            )
        except typst.TypstError as error:
            raise LayoutFailed(f"{error.message} {' '.join(error.hints)}") from error
    assert isinstance(content, bytes)
    return content


@cache
def compiler() -> typst.Compiler:
    """Fonts of the wheel only: the same pages on every machine."""
    return typst.Compiler(
        input=str(LAYOUT / "document.typ"), root=str(LAYOUT), ignore_system_fonts=True
    )
