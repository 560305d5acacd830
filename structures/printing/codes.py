"""The identity of a document, and the code of each of its pages.

A page carries an address: the public page, the identity, the beginning of the hash of what
the document says, the number of the page. All in capitals and digits, which a QR code
holds in the least room.
"""

import re
import secrets
from dataclasses import dataclass

import zxingcpp

# Crockford’s: no I, L, O or U, that are misread.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", " ": "", "-": "", "\u00a0": ""})
LENGTH = 12
DIGEST_SHOWN = 32
SET = f"[{ALPHABET}]"
PAYLOAD = re.compile(
    rf"/V/({SET}{{{LENGTH}}})/([0-9A-F]{{{DIGEST_SHOWN}}})/(\d{{1,4}})$"
)
# In the metadata too, where a program finds it without reading a picture.
KEYWORD = "iae-manager-"
IN_BYTES = re.compile(rf"{KEYWORD}({SET}{{{LENGTH}}})".encode())


@dataclass(frozen=True, order=True)
class PageCode:
    """What the code of a page says."""

    code: str
    digest: str
    page: int


def new_code() -> str:
    """Twelve letters that nobody guesses: 60 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def typed(text: str) -> str:
    """A code as somebody typed it, with spaces, small letters and look-alikes."""
    return text.upper().translate(MISREAD)


def is_code(text: str) -> bool:
    return re.fullmatch(rf"{SET}{{{LENGTH}}}", text) is not None


def spelled(code: str) -> str:
    """As a person reads it: 7Q2M 0KXA 9TRB."""
    return " ".join(code[at : at + 4] for at in range(0, LENGTH, 4))


def shown(digest: str) -> str:
    """The beginning of a hash, as pages carry it."""
    return digest[:DIGEST_SHOWN].upper()


def payload(base: str, one: PageCode) -> str:
    """The address in the code of a page; `base` is that of the site."""
    return f"{base.rstrip('/')}/V/{one.code}/{one.digest}/{one.page}".upper()


def read_payload(text: str) -> PageCode | None:
    """What a code says, whatever site it names; None when it is not one of ours."""
    found = PAYLOAD.search(text.strip().upper())
    return PageCode(found[1], found[2], int(found[3])) if found else None


def picture(text: str) -> str:
    """A QR code as SVG, that a scan at 150 dots an inch can still read."""
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="Q")
    return str(zxingcpp.write_barcode_to_svg(made))
