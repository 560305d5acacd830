"""When root's own folders are closed to the account the servers run as.

A checkout under /root, or in a folder made by mktemp -d, cannot be entered by anybody
else, and changing its rights is not ours to do: data and programs then lie in /var/lib,
the data behind a link in .local that says where, the programs as a copy.
"""

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from iae_manager.embedded.accounts import Account, can
from iae_manager.embedded.errors import ServiceError
from iae_manager.embedded.layout import Layout
from iae_manager.embedded.programs import Program

ROOM = Path("/var/lib/iae-manager")
NOT_NEEDED = ("include", "pkgconfig", "*.a", "doc", "man")


def prepare_servers_folder(place: Layout, account: Account) -> None:
    """The folder of the servers' data, owned by their account and within its reach."""
    folder = place.servers
    if folder.is_symlink() and not folder.exists():
        raise ServiceError(
            f"Les données de {place.local} étaient dans {folder.readlink()}, qui n’existe "
            f"plus : remettez ce dossier, ou supprimez {folder} pour repartir de zéro."
        )
    if not folder.exists():
        if account.uid == os.geteuid() or can(account, "-x", place.local):
            folder.mkdir(mode=0o700)
        else:
            _link(folder, account)
    if folder.stat().st_uid == os.geteuid() != account.uid:
        os.chown(folder, account.uid, account.gid)
    if not can(account, "-w", folder.resolve()):
        raise ServiceError(
            f"Le compte des serveurs (numéro {account.uid}) ne peut pas écrire dans "
            f"{folder.resolve()} : rendez-le-lui (chown) ou changez IAE_LOCAL."
        )


def reachable(program: Program, account: Account) -> Path:
    """The program, or its copy when the account cannot run it where it lies."""
    if can(account, "-x", program.path):
        return program.path
    if not program.roots:
        raise ServiceError(
            f"Le compte des serveurs (numéro {account.uid}) ne peut pas lancer "
            f"{program.path} : donnez-lui le droit de lire ce programme."
        )
    base = Path(os.path.commonpath([root.parent for root in program.roots]))
    # Named by content, so that many checkouts of root share one copy.
    mark = hashlib.sha256(program.path.read_bytes()).hexdigest()[:12]
    copy = _room() / f"programs-{mark}"
    if not copy.exists():
        _copy(program.roots, base, copy)
    return copy / program.path.relative_to(base)


def _copy(roots: tuple[Path, ...], base: Path, copy: Path) -> None:
    draft = Path(tempfile.mkdtemp(dir=copy.parent, prefix="draft-"))
    ignored = shutil.ignore_patterns(*NOT_NEEDED)
    for root in roots:
        shutil.copytree(root, draft / root.relative_to(base), ignore=ignored)
    draft.chmod(0o755)
    try:
        draft.rename(copy)
    except OSError:
        shutil.rmtree(draft)  # another desk made the same copy meanwhile
        if not copy.exists():
            raise


def _link(folder: Path, account: Account) -> None:
    # A name drawn at random: a folder made again at the same path must not find old data.
    data = Path(tempfile.mkdtemp(dir=_room(), prefix="data-"))
    (data / "origin").write_text(f"{folder}\n")
    os.chown(data, account.uid, account.gid)
    folder.symlink_to(data)


def _room() -> Path:
    try:
        ROOM.mkdir(mode=0o755, exist_ok=True)
    except OSError as error:
        raise ServiceError(
            f"Root ne peut pas créer {ROOM} ({error.strerror}) : placez le dossier de "
            "travail hors de /root, ou donnez un dossier accessible dans IAE_LOCAL."
        ) from None
    return ROOM
