"""PDF files as pictures: how many pages, the code on each, some of them as another file.

PDFium is not for several threads: here one lock holds it. A file of a stranger is read in
a process apart (structures.printing.apart).
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO

import pypdfium2
import zxingcpp

from structures.printing.codes import PageCode, read_payload

LOCK = threading.RLock()
QR_CODES = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
# Dots for a point, 72 to the inch: a first look, and a finer one where nothing was seen.
LOOKS = (2.0, 3.5)
# A page as big as a poster would fill the memory once drawn.
MOST_PIXELS = 5_000
PREVIEW = 900


class NotAPdf(Exception):
    """The bytes are not a PDF file that can be opened."""


class PageDamaged(Exception):
    """The file opens, this page of it does not."""


@contextmanager
def opened(content: bytes) -> Iterator[pypdfium2.PdfDocument]:
    with LOCK:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            raise NotAPdf(str(error)) from error
        try:
            yield document
        finally:
            document.close()


def page_count(content: bytes) -> int:
    """Raises NotAPdf."""
    with opened(content) as document:
        return len(document)


def codes_on(document: pypdfium2.PdfDocument, index: int) -> list[PageCode]:
    """The codes of ours seen on a page, each once; a second look when there is none.

    A damaged page has none: those after it are read all the same.
    """
    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        return []
    try:
        for scale in LOOKS:
            found = {one for text in seen(page, scale) if (one := read_payload(text))}
            if found:
                return sorted(found)
    except pypdfium2.PdfiumError:
        return []
    finally:
        page.close()
    return []


def seen(page: pypdfium2.PdfPage, scale: float) -> list[str]:
    """What the QR codes of a page say, whichever way it was put in the scanner."""
    bitmap = page.render(scale=within(page, scale), grayscale=True)
    try:
        picture = bitmap.to_pil()
        found = zxingcpp.read_barcodes(picture, formats=QR_CODES)
        return [one.text for one in found]
    finally:
        bitmap.close()


def within(page: pypdfium2.PdfPage, scale: float) -> float:
    longest = max(page.get_size()) or 1
    return min(scale, MOST_PIXELS / longest)


def preview(content: bytes, index: int) -> bytes:
    """One page as a PNG picture.

    Raises NotAPdf, PageDamaged, or IndexError when there is no such page.
    """
    with opened(content) as document:
        if not 0 <= index < len(document):
            raise IndexError(index)
        picture = BytesIO()
        try:
            page = document[index]
            scale = PREVIEW / (max(page.get_size()) or 1)
            page.render(scale=scale).to_pil().save(picture, format="PNG")
        except pypdfium2.PdfiumError as error:
            raise PageDamaged(str(error)) from error
        return picture.getvalue()


def assembled(parts: Sequence[tuple[bytes, int]]) -> bytes:
    """A new file with one page of each of these, in order: (file, index of its page).

    Raises PageDamaged.
    """
    with LOCK:
        sources = {id(content): content for content, _ in parts}
        documents = {
            key: pypdfium2.PdfDocument(content) for key, content in sources.items()
        }
        made = pypdfium2.PdfDocument.new()
        for content, index in parts:
            try:
                made.import_pages(documents[id(content)], [index])
            except pypdfium2.PdfiumError as error:
                raise PageDamaged(str(error)) from error
        target = BytesIO()
        made.save(target)
        for one in (made, *documents.values()):
            one.close()
        return target.getvalue()
