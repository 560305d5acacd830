"""The addresses of the services, worked out and never looked up: settings may import this."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from iae_manager.embedded import secret
from iae_manager.embedded.layout import Layout, layout

DATABASE = "iae"
SUPERUSER = "postgres"
OWNER = "iae_owner"
APPLICATION = "iae_app"


@dataclass(frozen=True)
class Urls:
    """`database` is the application's role, `owner` the one that runs migrations.

    Both are libpq addresses (psycopg.conninfo.conninfo_to_dict reads them). `redis` is
    redis-py's form, `broker` Celery's form of the same.
    """

    database: str
    owner: str
    redis: str
    broker: str


def urls(local_dir: Path | str, environ: Mapping[str, str] | None = None) -> Urls:
    """Addresses of the outside services the environment names, else of the embedded ones.

    Passwords of the embedded servers are empty until `ensure` has drawn the secret.
    """
    environ = os.environ if environ is None else environ
    place = layout(local_dir)
    database, owner = _databases(place, environ)
    redis = environ.get("REDIS_URL") or _redis(place)
    return Urls(database=database, owner=owner, redis=redis, broker=_broker(redis))


def derived_secret(
    local_dir: Path | str, purpose: str, environ: Mapping[str, str] | None = None
) -> str:
    """A secret of its own for each purpose (signing, encryption); empty before `ensure`."""
    environ = os.environ if environ is None else environ
    return secret.derive(secret.root_of(layout(local_dir).local, environ), purpose)


def embedded_database(place: Layout, role: str, database: str = DATABASE) -> str:
    password = secret.derive(secret.read(place.local), f"postgres:{role}")
    return (
        f"postgresql://{role}:{password}@/{database}?host={quote(str(place.sockets))}"
    )


def application_password(local: Path, environ: Mapping[str, str]) -> str:
    return secret.derive(secret.root_of(local, environ), f"postgres:{APPLICATION}")


def _databases(place: Layout, environ: Mapping[str, str]) -> tuple[str, str]:
    given, owner = environ.get("DATABASE_URL"), environ.get("DATABASE_OWNER_URL")
    if not given:
        return (
            embedded_database(place, APPLICATION),
            embedded_database(place, OWNER),
        )
    if owner:
        return given, owner
    # One outside role: it owns, and the application's role is made for it by `ensure`.
    password = application_password(place.local, environ)
    return _as_role(given, APPLICATION, password), given


def _as_role(url: str, role: str, password: str) -> str:
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=f"{role}:{password}@{host}").geturl()


def _redis(place: Layout) -> str:
    password = secret.derive(secret.read(place.local), "redis")
    return f"unix://:{password}@{place.redis_socket}"


def _broker(redis: str) -> str:
    return redis.replace("unix://", "redis+socket://", 1)
