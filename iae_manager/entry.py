"""What every entrance does first: read .env, start the embedded services if needed."""

import os
import sys
from pathlib import Path

import environ

from iae_manager import embedded

BASE_DIR = Path(__file__).resolve().parent.parent
# These neither read nor write a database.
WITHOUT_SERVICES = {"", "help", "collectstatic", "version", "--help", "--version"}


def local_dir() -> Path:
    environ.Env.read_env(BASE_DIR / ".env")
    return Path(os.environ.get("IAE_LOCAL") or BASE_DIR / ".local")


def prepare(command: str = "") -> None:
    """Start what the environment does not name; one sentence and exit 1 when it fails."""
    if command in WITHOUT_SERVICES:
        return
    try:
        embedded.ensure(local_dir())
    except embedded.ServiceError as error:
        sys.exit(str(error))
