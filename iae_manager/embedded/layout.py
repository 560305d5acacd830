"""Where everything of a desk lies. Only reads; nothing here creates or starts anything."""

import hashlib
import os
import pwd
import re
from dataclasses import dataclass
from pathlib import Path

# A socket's path is limited to 107 bytes; PostgreSQL adds /.s.PGSQL.5432 to the folder's.
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432")
# Commas, blanks, @ and % all mean something in one client's addresses or another's.
PLAIN = re.compile(r"/[A-Za-z0-9/._-]+")
SHORT_ROOM = Path("/tmp")


@dataclass(frozen=True)
class Layout:
    local: Path
    sockets: Path

    @property
    def servers(self) -> Path:
        """Owned by whoever the servers run as; a link when .local is out of their reach."""
        return self.local / "servers"

    @property
    def postgres_data(self) -> Path:
        return self.servers / "postgres"

    @property
    def redis_socket(self) -> Path:
        return self.sockets / "redis.sock"


def owner_uid(local: Path) -> int:
    """Whose desk it is: ours, or, for root, that of the nearest folder that exists.

    A folder brought into a container may belong to a number without a name, which
    PostgreSQL refuses: the desk is then root's own.
    """
    if os.geteuid() != 0:
        return os.geteuid()
    folder = local
    while not folder.exists():
        folder = folder.parent
    uid = folder.stat().st_uid
    try:
        return pwd.getpwuid(uid).pw_uid
    except KeyError:
        return 0


def layout(local_dir: Path | str) -> Layout:
    local = Path(local_dir).expanduser().resolve()
    return Layout(local=local, sockets=_sockets(local, owner_uid(local)))


def _sockets(local: Path, uid: int) -> Path:
    # Never from TMPDIR or XDG_RUNTIME_DIR: two processes must agree whatever their environment.
    inside = local / "run"
    plain = PLAIN.fullmatch(str(inside))
    if uid != 0 and plain and len(str(inside)) <= LONGEST_SOCKET_FOLDER:
        return inside
    mark = hashlib.sha256(os.fsencode(local)).hexdigest()[:12]
    return SHORT_ROOM / f"iae-{uid}-{mark}"
