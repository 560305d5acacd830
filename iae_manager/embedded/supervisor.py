"""Starts the servers that are not there yet; the last process to leave stops them.

Every process that uses them holds a shared lock for as long as it lives, so a process
killed outright is not counted any more, and servers it left behind are adopted by the next.
"""

import atexit
import fcntl
import os
import signal
import stat
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from iae_manager.embedded import bootstrap, secret
from iae_manager.embedded.accounts import folder_account, hand_over, server_account
from iae_manager.embedded.addresses import Urls, urls
from iae_manager.embedded.elsewhere import prepare_servers_folder
from iae_manager.embedded.errors import ServiceError
from iae_manager.embedded.layout import Layout, layout, owner_uid
from iae_manager.embedded.locks import attempt, held, opened
from iae_manager.embedded.postgres import Postgres
from iae_manager.embedded.redis import Redis
from iae_manager.embedded.server import Server

PATIENCE = 180  # another process may be creating the data on a slow disk

_uses: dict[Path, int] = {}


@dataclass(frozen=True)
class Services:
    database_url: str
    database_owner_url: str
    redis_url: str
    broker_url: str


def ensure(local_dir: Path | str, environ: Mapping[str, str] | None = None) -> Services:
    """PostgreSQL and Redis ready to serve; ServiceError (one French sentence) otherwise.

    For entry points only: it also makes SIGTERM an orderly exit, so that the servers are
    stopped when the last process that uses them ends. Services named by the environment
    are taken as they are.
    """
    environ = os.environ if environ is None else environ
    kinds = _embedded_kinds(environ)
    alone = environ.get("DATABASE_URL") and not environ.get("DATABASE_OWNER_URL")
    if kinds or alone:
        _serve(open_desk(local_dir), kinds)
    found = urls(local_dir, environ)
    if alone:
        bootstrap.outside(found.owner, found.database)
    return _services(found)


def open_desk(local_dir: Path | str) -> Layout:
    """The desk's folder, made if it is missing; somebody else's is refused."""
    place = layout(local_dir)
    folder_account(place)
    # Root's is crossed by the account the servers run as; what it holds is closed.
    mode = 0o711 if owner_uid(place.local) == 0 else 0o700
    for folder in (*reversed(place.local.parents), place.local):
        if not folder.exists():
            folder.mkdir(mode=mode if folder == place.local else 0o755, exist_ok=True)
            hand_over(folder)
    return place


def stop(local_dir: Path | str) -> bool:
    """Stops the servers unless somebody uses them; says whether they are down."""
    place = layout(local_dir)
    if not place.local.exists():
        return True
    with held(place.local / "lock", seconds=PATIENCE):
        handle = _uses.pop(place.local, None) or opened(place.local / "users")
        try:
            if not attempt(handle, fcntl.LOCK_EX):
                return False
            for server in _servers(place, (Postgres, Redis)):
                server.take_down()
            with suppress(OSError):
                place.sockets.rmdir()
        finally:
            os.close(handle)
    return True


def _serve(place: Layout, kinds: tuple[type[Server], ...]) -> None:
    with held(place.local / "lock", seconds=PATIENCE):
        _require_secret(place)
        secret.create(place.local)
        if not kinds:
            return
        _enter(place)
        account = server_account(place)
        prepare_servers_folder(place, account)
        _prepare_sockets(place, account.uid, account.gid)
        servers = _servers(place, kinds)
        for server in servers:
            server.find()  # nothing is made when one of the programs is missing
        for server in servers:
            server.bring_up()


def _servers(place: Layout, kinds: tuple[type[Server], ...]) -> list[Server]:
    account = server_account(place)
    return [kind(place, account) for kind in kinds]


def _embedded_kinds(environ: Mapping[str, str]) -> tuple[type[Server], ...]:
    named = {Postgres: "DATABASE_URL", Redis: "REDIS_URL"}
    return tuple(kind for kind, name in named.items() if not environ.get(name))


def _require_secret(place: Layout) -> None:
    if place.postgres_data.exists() and secret.read(place.local) is None:
        raise ServiceError(
            f"Le fichier {place.local / secret.NAME} a disparu, et les données qui "
            f"l’accompagnent ne s’ouvrent pas sans lui : remettez-le, ou supprimez "
            f"{place.local} pour repartir de zéro."
        )


def _prepare_sockets(place: Layout, uid: int, gid: int) -> None:
    """A folder nobody else may enter; one made beforehand by somebody else is refused."""
    folder = place.sockets
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        if uid != os.geteuid():
            os.chown(folder, uid, gid)
    found = folder.lstat()
    private = stat.S_IMODE(found.st_mode) & 0o077 == 0
    if not (stat.S_ISDIR(found.st_mode) and found.st_uid == uid and private):
        raise ServiceError(
            f"Le dossier des sockets {folder} n’est pas un dossier privé à nous : "
            "supprimez-le, ou donnez un autre dossier dans IAE_LOCAL."
        )


def _enter(place: Layout) -> None:
    if place.local in _uses:
        return
    handle = opened(place.local / "users")
    fcntl.flock(handle, fcntl.LOCK_SH)
    _uses[place.local] = handle
    atexit.register(_leave, place.local, os.getpid())
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, _exit)


def _leave(local: Path, pid: int) -> None:
    if os.getpid() != pid:  # a forked child is not the one who entered
        return
    try:
        stop(local)
    except ServiceError as error:
        print(error, file=sys.stderr)


def _exit(number: int, frame: object) -> None:
    raise SystemExit(128 + number)


def _services(found: Urls) -> Services:
    return Services(
        database_url=found.database,
        database_owner_url=found.owner,
        redis_url=found.redis,
        broker_url=found.broker,
    )
