"""What may be attached to a file: told by its content, never by its name."""

import re
import unicodedata
import zipfile
from io import BytesIO
from pathlib import PurePosixPath

MEGABYTE = 1024 * 1024
MOST_BYTES = 10 * MEGABYTE
LONGEST_NAME = 120
# Type, and how its name ends. The first bytes decide; archives are opened.
STARTS = {
    b"%PDF-": ("application/pdf", ".pdf"),
    b"\x89PNG\r\n\x1a\n": ("image/png", ".png"),
    b"\xff\xd8\xff": ("image/jpeg", ".jpg"),
}
OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN = "application/vnd.oasis.opendocument"
INSIDE = {
    "word/document.xml": (f"{OFFICE}.wordprocessingml.document", ".docx"),
    "xl/workbook.xml": (f"{OFFICE}.spreadsheetml.sheet", ".xlsx"),
}
MIMETYPES = {
    f"{OPEN}.text": ".odt",
    f"{OPEN}.spreadsheet": ".ods",
}
MACROS = re.compile(r"vbaProject\.bin$|^(Basic|Scripts)/", re.IGNORECASE)


class AttachmentRefused(Exception):
    """The file is not kept; `user_message` says why and what next."""

    def __init__(self, user_message: str) -> None:
        super().__init__(user_message)
        self.user_message = user_message


def checked(content: bytes) -> tuple[str, str]:
    """Type and ending of a file, from its content. Raises AttachmentRefused."""
    if not content:
        raise AttachmentRefused("Ce fichier est vide : choisissez-en un autre.")
    if len(content) > MOST_BYTES:
        raise AttachmentRefused(
            f"Ce fichier dépasse {MOST_BYTES // MEGABYTE} Mo : réduisez-le, ou "
            "séparez-le en plusieurs pièces."
        )
    for start, found in STARTS.items():
        if content.startswith(start):
            return found
    if content.startswith(b"PK\x03\x04"):
        return inside(content)
    raise unknown()


def inside(content: bytes) -> tuple[str, str]:
    """The same of an office document, which is an archive. Raises AttachmentRefused."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
            first = archive.getinfo("mimetype") if "mimetype" in names else None
            word = archive.read(first) if first and first.file_size < 200 else b""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError):
        raise unknown() from None
    if any(MACROS.search(name) for name in names):
        raise AttachmentRefused(
            "Ce document contient des macros : enregistrez-le sans elles, ou en PDF."
        )
    mimetype = word.decode("ascii", "replace").strip()
    if mimetype in MIMETYPES:
        return mimetype, MIMETYPES[mimetype]
    for name, found in INSIDE.items():
        if name in names:
            return found
    raise unknown()


def unknown() -> AttachmentRefused:
    return AttachmentRefused(
        "Ce fichier n’est ni un PDF, ni une image, ni un document de bureautique : "
        "enregistrez-le en PDF, puis joignez-le."
    )


def clean_name(name: str, *, ending: str) -> str:
    """A name without path, control or bidirectional marks, that ends as its content does."""
    last = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(one for one in unicodedata.normalize("NFC", last) if is_written(one))
    stem = re.sub(r"\s+", " ", PurePosixPath(kept).stem).strip(" .") or "piece"
    return f"{stem[: LONGEST_NAME - len(ending)]}{ending}"


def is_written(one: str) -> bool:
    return not unicodedata.category(one).startswith("C") and one not in '"<>|:*?'
