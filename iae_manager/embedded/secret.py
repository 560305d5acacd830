"""One secret for the desk: drawn once, kept in a 0600 file; every password derives from it."""

import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from iae_manager.embedded.accounts import hand_over

NAME = "secret"


def read(local: Path) -> str | None:
    """The desk's secret, or None when this folder has never been started."""
    try:
        return (local / NAME).read_text(encoding="ascii").strip() or None
    except FileNotFoundError:
        return None


def create(local: Path) -> str:
    """The desk's secret, drawn if there is none yet. Call it under the lock."""
    if known := read(local):
        return known
    drawn = secrets.token_hex(32)
    draft = local / f"{NAME}.new"
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(drawn + "\n")
        file.flush()
        os.fsync(file.fileno())
    hand_over(draft)
    draft.replace(local / NAME)
    return drawn


def derive(root: str | None, purpose: str) -> str:
    """A password for one purpose; empty while there is no secret to derive it from."""
    if not root:
        return ""
    return hmac.new(root.encode(), purpose.encode(), hashlib.sha256).hexdigest()


def root_of(local: Path, environ: Mapping[str, str]) -> str | None:
    """What outside servers' passwords derive from: the deployment's key before the desk's."""
    return environ.get("SECRET_KEY") or read(local)
