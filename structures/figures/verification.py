"""Whether a document is ours, and as we made it: for whoever holds it."""

import hashlib
from dataclasses import dataclass
from enum import Enum

from structures.models import Document, SignedCopy
from structures.printing import codes
from structures.printing.apart import codes_in, names_in

# A document names one identity, a bundle a few: a file with thousands asks for work only.
MOST = 20
# A reader of PDF looks for this in the first bytes of a file.
PDF, FIRST_BYTES = b"%PDF-", 1024


class Verdict(Enum):
    GENUINE = "genuine"  # these bytes are those we made, or the signed copy we filed
    KNOWN = "known"  # the code and its hash are those of a document of ours
    ALTERED = "altered"  # it says it is a document of ours, and differs from it
    UNKNOWN = "unknown"  # nothing in it is ours
    NOT_A_PDF = (
        "not a pdf"  # nothing in it is ours, and nothing we issue is such a file
    )


@dataclass(frozen=True)
class Verification:
    verdict: Verdict
    document: Document | None = None
    is_copy: bool = False

    @property
    def is_draft(self) -> bool:
        return self.document is not None and self.document.is_draft

    @property
    def replaced_by(self) -> Document | None:
        return getattr(self.document, "replaced_by", None)


def of_code(code: str, digest: str = "", page: int | None = None) -> Verification:
    """What a page says of itself; two queries. Without a hash, the code alone is known."""
    document = known(codes.typed(code))
    if document is None:
        return Verification(Verdict.UNKNOWN)
    is_one = page is None or 1 <= page <= document.pages
    if not is_one or (digest and codes.shown(document.digest) != digest.upper()):
        return Verification(Verdict.ALTERED, document)
    return Verification(Verdict.KNOWN, document)


def of_file(content: bytes) -> Verification:
    """What a file is; read in a process apart only when its bytes are not ours."""
    sha256 = hashlib.sha256(content).hexdigest()
    documents = Document.objects.select_related("replaced_by")
    if document := documents.filter(file__sha256=sha256).first():
        return Verification(Verdict.GENUINE, document)
    copies = SignedCopy.objects.select_related("document__replaced_by")
    if copy := copies.filter(file__sha256=sha256).order_by("-pk").first():
        return Verification(Verdict.GENUINE, copy.document, is_copy=True)
    if document := documents.filter(code__in=named_in(content)).first():
        return Verification(Verdict.ALTERED, document)
    is_pdf = PDF in content[:FIRST_BYTES]
    return Verification(Verdict.UNKNOWN if is_pdf else Verdict.NOT_A_PDF)


def named_in(content: bytes) -> list[str]:
    """Identities a file claims: on its pages, else in its metadata; the first ones."""
    found = [one.code for one in codes_in(content)] or names_in(content)
    return found[:MOST]


def known(code: str) -> Document | None:
    documents = Document.objects.select_related("replaced_by")
    return documents.filter(code=code).first() if codes.is_code(code) else None
