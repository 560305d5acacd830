"""Locks of the operating system: they vanish with their holder, even after a kill -9."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from iae_manager.embedded.accounts import hand_over
from iae_manager.embedded.errors import ServiceError


def opened(path: Path) -> int:
    """A handle to lock on; a link left there by somebody else is refused."""
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
    handle = os.open(path, flags, 0o600)
    hand_over(path)
    return handle


def attempt(handle: int, how: int) -> bool:
    try:
        fcntl.flock(handle, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_free(path: Path) -> bool:
    """Whether nobody holds the file's lock."""
    handle = opened(path)
    try:
        return attempt(handle, fcntl.LOCK_EX)
    finally:
        os.close(handle)


@contextmanager
def held(path: Path, *, seconds: float) -> Iterator[None]:
    """Alone with this file for the length of the block."""
    handle = opened(path)
    try:
        deadline = time.monotonic() + seconds
        while not attempt(handle, fcntl.LOCK_EX):
            if time.monotonic() > deadline:
                raise ServiceError(
                    f"Un autre processus garde le verrou {path} depuis plus de "
                    f"{seconds:.0f} secondes : attendez qu’il finisse ou arrêtez-le."
                )
            time.sleep(0.02)
        yield
    finally:
        os.close(handle)
