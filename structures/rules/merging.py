"""Two windows on one form: what each saw, what each typed, and what is kept."""

import hashlib
from decimal import Decimal
from enum import Enum


class Outcome(Enum):
    KEPT = "kept"  # nothing typed here, or the same thing
    WRITTEN = "written"
    CONFLICT = "conflict"


def canonical(value: object) -> str:
    """A value as it is compared, however it was typed: 12 is 12.00, spaces do not count."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if value else "0"
    return str(value).replace("\r\n", "\n").strip()


def fingerprint(value: object) -> str:
    """A short mark of a value, kept in a page to say what it showed."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()[:16]


def merged(*, seen: str, mine: object, theirs: object) -> Outcome:
    """What becomes of a field: `seen` is the mark of what the window had read.

    A field not touched in this window keeps what another one wrote; a field changed in
    both, to different things, is a conflict that nobody else than its authors may settle.
    """
    if canonical(mine) == canonical(theirs) or fingerprint(mine) == seen:
        return Outcome.KEPT
    return Outcome.WRITTEN if fingerprint(theirs) == seen else Outcome.CONFLICT
