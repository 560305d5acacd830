"""Starts the servers that are not there yet, and stops them when the last user leaves."""

from dataclasses import dataclass
from pathlib import Path

from iae_manager.embedded.addresses import urls
from iae_manager.embedded.errors import ServiceError


@dataclass(frozen=True)
class Services:
    database_url: str
    database_owner_url: str
    redis_url: str
    broker_url: str


def ensure(local_dir: Path | str) -> Services:
    """PostgreSQL and Redis ready to serve; ServiceError (one French sentence) otherwise."""
    raise ServiceError(f"Le superviseur n’est pas encore prêt ({urls(local_dir).redis}).")
