"""Whom the servers run as. PostgreSQL refuses to run as root, and root's sockets would
be open to mistakes: as root we drop to the folder's owner, else to a system account."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from iae_manager.embedded.errors import ServiceError
from iae_manager.embedded.layout import Layout, owner_uid

# `daemon` exists on every Linux for programs that write files; `nobody` should own none.
SYSTEM_ACCOUNTS = ("postgres", "daemon", "nobody")


@dataclass(frozen=True)
class Account:
    uid: int
    gid: int

    @property
    def drops(self) -> dict[str, object]:
        """What subprocess.Popen needs to become this account for good."""
        if os.geteuid() != 0:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def folder_account(place: Layout) -> Account:
    """The desk's owner; a desk of somebody else is refused."""
    uid = owner_uid(place.local)
    if uid != 0 and place.local.exists() and place.local.stat().st_uid != uid:
        raise ServiceError(
            f"Le dossier {place.local} appartient à un autre utilisateur : "
            "lancez la commande sous son compte, ou donnez un autre dossier dans IAE_LOCAL."
        )
    return _account(uid)


def server_account(place: Layout) -> Account:
    owner = folder_account(place)
    if owner.uid != 0:
        return owner
    if place.servers.exists() and (uid := place.servers.stat().st_uid) != 0:
        return _account(uid)
    for name in SYSTEM_ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise ServiceError(
        "PostgreSQL refuse de tourner sous root et aucun compte système ne convient "
        f"({', '.join(SYSTEM_ACCOUNTS)}) : lancez la commande sous un compte ordinaire."
    )


def _account(uid: int) -> Account:
    try:
        return Account(uid, pwd.getpwuid(uid).pw_gid)
    except KeyError:
        raise ServiceError(
            f"L’utilisateur numéro {uid} n’a pas de nom sur cette machine, et PostgreSQL "
            "en demande un : ajoutez-le à /etc/passwd."
        ) from None


def hand_over(path: Path) -> None:
    """What root makes in somebody's folder belongs to that folder's owner."""
    if os.geteuid() == 0:
        owner = path.parent.stat()
        os.lchown(path, owner.st_uid, owner.st_gid)


def can(account: Account, test: str, path: Path) -> bool:
    """Asks as that account, since parent folders, lists of access and mounts all count."""
    answer = subprocess.run(
        ["test", test, str(path)], check=False, cwd="/", **account.drops
    )
    return answer.returncode == 0
