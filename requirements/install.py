# ruff: noqa: INP001 (a script beside the files it installs)
"""Brings .venv in line with a locked file: `python requirements/install.py desk`.

Run by the machine's own Python, so only its standard library. Does nothing when .venv
already holds what the file says.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NO_VENV = (
    "Python ne peut pas créer d’environnement virtuel "
    "(Debian : apt-get install python3-venv)."
)
NOT_OURS = (
    "Le dossier .venv a été créé par un autre utilisateur et ne peut pas servir ici : "
    "supprimez-le, puis relancez la commande."
)
NO_INSTALL = (
    "Les dépendances n’ont pas pu être installées depuis {file} : vérifiez l’accès au "
    "réseau, puis relancez la commande."
)


def main() -> None:
    file = ROOT / "requirements" / f"{sys.argv[1]}.txt"
    if sys.version_info < (3, 11):  # noqa: UP036 (run by whatever Python there is)
        sys.exit("Il faut Python 3.11 ou plus récent.")
    lock = os.open(ROOT / "requirements", os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_EX)  # two commands at once on a fresh clone
    if not _runs():
        if VENV.exists() and not os.access(VENV, os.W_OK):
            sys.exit(NOT_OURS)
        _make()
    stamp = VENV / f"locked-{sys.argv[1]}"
    wanted = hashlib.sha256(file.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print(f"Installation des dépendances de requirements/{file.name}…", flush=True)
    _install(file)
    stamp.write_text(wanted)


def _runs() -> bool:
    check = [PYTHON, "-m", "pip", "--version"]
    try:
        return subprocess.run(check, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _make() -> None:
    words = [sys.executable, "-m", "venv", "--clear", VENV]
    made = subprocess.run(words, capture_output=True, text=True, check=False)
    if made.returncode != 0:
        sys.exit(f"{NO_VENV}\n{made.stderr or made.stdout}".strip())


def _install(file: Path) -> None:
    # Wheels only: no compiler is needed, and none of their set-up scripts is run.
    words = ["install", "--require-hashes", "--only-binary", ":all:", "--requirement"]
    quiet = ["-qq", "--disable-pip-version-check", "--no-input"]
    command = [PYTHON, "-m", "pip", *words, file, *quiet]
    env = {**os.environ, "PIP_ROOT_USER_ACTION": "ignore"}
    if subprocess.run(command, check=False, env=env).returncode != 0:
        sys.exit(NO_INSTALL.format(file=f"requirements/{file.name}"))


if __name__ == "__main__":
    main()
