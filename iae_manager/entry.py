"""What every entrance does first: read .env, start the embedded services if needed."""

import os
import sys
from pathlib import Path

import environ

from iae_manager import embedded

BASE_DIR = Path(__file__).resolve().parent.parent
# These neither read nor write a database.
WITHOUT_SERVICES = {"", "help", "collectstatic", "version", "--help", "--version"}
# With the three of them there is nothing to start.
OUTSIDE = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL")


def local_dir() -> Path:
    environ.Env.read_env(BASE_DIR / ".env")
    return BASE_DIR / Path(os.environ.get("IAE_LOCAL") or ".local").expanduser()


def prepare(command: str = "") -> None:
    """Start what the environment does not name; one sentence and exit 1 when it fails."""
    named = all(os.environ.get(name) for name in OUTSIDE)
    if named or command in WITHOUT_SERVICES:
        return
    try:
        embedded.ensure(local_dir())
    except embedded.ServiceError as error:
        sys.exit(str(error))
