"""The processes of a desk: kept alive, restarted when they fall, dismissed together."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from iae_manager.embedded.accounts import hand_over

LONGEST_WAIT = 30
LONGEST_LOG = 10_000_000
STOP_SECONDS = 8


@dataclass
class Member:
    name: str
    words: Sequence[str]
    log: Path
    process: subprocess.Popen | None = None
    falls: int = 0
    restart_at: float = 0
    started_at: float = field(default_factory=time.monotonic)


class Crew:
    def __init__(self, logs: Path) -> None:
        self.logs = logs
        self.members: list[Member] = []
        self.step: subprocess.Popen | None = None
        logs.mkdir(parents=True, exist_ok=True)
        hand_over(logs)

    def hire(self, name: str, *words: str) -> None:
        """Starts a process that should never end, its output in a log of its own."""
        member = Member(name, words, self.logs / f"{name}.log")
        self.members.append(member)
        self._start(member)

    def run(self, *words: str) -> int:
        """Runs a command to its end, in the terminal, while the others are looked after."""
        self.step = _spawn(words, output=None)
        while not _ended(self.step):
            self.tend()
            time.sleep(0.05)
        code, self.step = _bury(self.step), None
        return code

    def tend(self) -> None:
        """Restarts what fell, waiting longer each time."""
        for member in self.members:
            if member.process is None:
                if time.monotonic() >= member.restart_at:
                    self._start(member)
            elif _ended(member.process):
                self._mourn(member)

    def dismiss(self) -> None:
        """The last hired first; what has not ended in time is killed with its children."""
        hired = [member.process for member in reversed(self.members)]
        living = [process for process in (self.step, *hired) if process]
        self.members.clear()
        for process in living:
            if not _ended(process):
                process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while time.monotonic() < deadline and not all(map(_ended, living)):
            time.sleep(0.05)
        for process in living:
            _bury(process)

    def _start(self, member: Member) -> None:
        if member.log.exists() and member.log.stat().st_size > LONGEST_LOG:
            member.log.unlink()
        with member.log.open("ab") as output:
            hand_over(member.log)
            member.process = _spawn(member.words, output=output)
        member.started_at = time.monotonic()

    def _mourn(self, member: Member) -> None:
        code = _bury(member.process)
        member.process = None
        if time.monotonic() - member.started_at > 60:
            member.falls = 0
        wait = min(2**member.falls, LONGEST_WAIT)
        member.falls += 1
        member.restart_at = time.monotonic() + wait
        print(
            f"Le processus « {member.name} » s’est arrêté (code {code}) ; "
            f"il repart dans {wait} s (journal : {member.log}).",
            flush=True,
        )


def _spawn(words: Sequence[str], *, output) -> subprocess.Popen:
    leash = [sys.executable, "-m", "iae_manager.leash", str(os.getpid())]
    return subprocess.Popen(
        [*leash, *words],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        start_new_session=True,  # Ctrl-C reaches us alone, and we stop them in order
    )


def _ended(process: subprocess.Popen) -> bool:
    """Without collecting it: until then its number, and its group's, cannot be reused."""
    if process.returncode is not None:
        return True
    flags = os.WEXITED | os.WNOHANG | os.WNOWAIT
    return os.waitid(os.P_PID, process.pid, flags) is not None


def _bury(process: subprocess.Popen) -> int:
    """Kills what is left of its group, then collects it."""
    if process.returncode is None:
        os.killpg(process.pid, signal.SIGKILL)
    return process.wait()
