"""Who a process is: its number is reused, so its start and its command are compared too."""

import os
import socket
import struct
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True)
class Identity:
    pid: int
    started: str
    command: str


def identity(pid: int) -> Identity | None:
    """The living process of that number; None when there is none, or only its remains."""
    if pid <= 0:
        return None
    return _from_proc(pid) if (PROC / "self" / "stat").exists() else _from_ps(pid)


def _from_proc(pid: int) -> Identity | None:
    try:
        stat = (PROC / str(pid) / "stat").read_text(errors="replace")
        command = (PROC / str(pid) / "cmdline").read_bytes()
        boot = (PROC / "sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return None
    # The second field is a name in brackets, which may itself hold blanks and brackets.
    fields = stat.rpartition(")")[2].split()
    if fields[0] in "ZX":
        return None
    words = command.rstrip(b"\0").replace(b"\0", b"\n").decode(errors="replace")
    return Identity(pid=pid, started=f"{boot}/{fields[19]}", command=words)


def _from_ps(pid: int) -> Identity | None:
    def ask(column: str) -> str:
        answer = subprocess.run(
            ["ps", "-ww", "-o", f"{column}=", "-p", str(pid)],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
        return answer.stdout.strip()

    started, state = ask("lstart"), ask("stat")
    if not started or state.startswith("Z"):
        return None
    return Identity(pid=pid, started=started, command=ask("command"))


def listener(path: Path) -> int:
    """Who listens on that socket, as the system says; 0 for nobody, or when it cannot."""
    if not hasattr(socket, "SO_PEERCRED"):
        return 0
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(5)
        try:
            probe.connect(str(path))
        except OSError:
            return 0
        found = probe.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
    return struct.unpack("3i", found)[0]


def send(who: Identity, number: int) -> bool:
    """Signals the process if it is still the same one; says whether it did."""
    if identity(who.pid) != who:
        return False
    try:
        os.kill(who.pid, number)
    except ProcessLookupError:
        return False
    return True


def wait_until(done: Callable[[], bool], *, seconds: float) -> bool:
    """Looks every 20 ms; says whether it came true in time."""
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
