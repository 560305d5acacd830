"""What PostgreSQL and Redis have in common: start, adopt, stop.

Each server inherits a handle on its `.life` file, locked: as long as one of its processes
lives the lock is held, whoever started it, and the lock is gone the moment it dies. A pid
file is only needed to send a signal, and is then checked (proc.py).
"""

import fcntl
import json
import os
import signal
import subprocess
from abc import ABC, abstractmethod
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from iae_manager.embedded.accounts import Account, hand_over
from iae_manager.embedded.elsewhere import reachable
from iae_manager.embedded.errors import ServiceError
from iae_manager.embedded.layout import Layout
from iae_manager.embedded.locks import attempt, is_free, opened
from iae_manager.embedded.proc import (
    Identity,
    identity,
    listener,
    send,
    wait_until,
)
from iae_manager.embedded.programs import Program

START_SECONDS = 120  # a recovery after a power cut may be long
STOP_SECONDS = 20
LONGEST_LOG = 10_000_000
ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C"}

# Kept so that a server that ends before us is reaped and leaves no remains.
_children: list[subprocess.Popen[bytes]] = []


class Server(ABC):
    name: str
    label: str
    program: str
    orderly: signal.Signals

    def __init__(self, place: Layout, account: Account) -> None:
        self.place = place
        self.account = account
        self.life = place.local / f"{self.name}.life"
        self.log = place.local / f"{self.name}.log"
        self.record = place.local / f"{self.name}.json"
        # Without links: the servers' account may not be able to enter our folder.
        self.home = place.servers.resolve()

    @abstractmethod
    def answers(self) -> bool:
        """Whether our server, and no other, answers on its socket."""

    @abstractmethod
    def pid(self) -> int:
        """The number the running server gives for itself; 0 when unknown."""

    @abstractmethod
    def find(self) -> Program:
        """The server's program; ServiceError when the machine has none."""

    @abstractmethod
    def prepare(self, program: Path) -> None:
        """Data folder made, remains of a killed server cleared. Nothing runs yet."""

    @abstractmethod
    def command(self, program: Path) -> tuple[list[str], bytes]:
        """What to run, and what it reads on its standard input."""

    @abstractmethod
    def settle(self) -> None:
        """Once, when a server answers for the first time."""

    @abstractmethod
    def ask_to_stop(self) -> None:
        """The orderly way."""

    def bring_up(self) -> None:
        handle = opened(self.life)
        try:
            if attempt(handle, fcntl.LOCK_EX) or self._alive_ended(handle):
                self._start(handle)
        finally:
            os.close(handle)
        if not self._read_record().get("settled"):
            self.settle()
            self._write_record(settled=True)

    def take_down(self) -> None:
        if is_free(self.life):
            return
        self.ask_to_stop()
        if not self._gone(STOP_SECONDS) and (who := self.known()):
            send(who, signal.SIGKILL)
        if not self._gone(STOP_SECONDS):
            raise ServiceError(
                f"{self.label} ne s’arrête pas (journal : {self.log}) ; son processus "
                "n’a pas pu être reconnu avec certitude, il n’a donc pas été tué."
            )

    def known(self) -> Identity | None:
        """The process we started, if it is certainly still the same one."""
        record = self._read_record()
        if not record:
            return None
        who = Identity(record["pid"], record["started"], record["command"])
        return who if identity(who.pid) == who else None

    def _alive_ended(self, handle: int) -> bool:
        """Adopts the server that lives; True when there was none left to adopt."""
        ended = False

        def decided() -> bool:
            nonlocal ended
            ended = attempt(handle, fcntl.LOCK_EX)
            return ended or self.answers()

        # A server whose socket was swept from its folder will never answer again.
        patience = START_SECONDS if self.socket().exists() else STOP_SECONDS / 10
        if wait_until(decided, seconds=patience):
            if not ended:
                self._write_record(settled=self._read_record().get("settled", False))
            return ended
        self.take_down()
        return attempt(handle, fcntl.LOCK_EX)

    @abstractmethod
    def socket(self) -> Path: ...

    def _start(self, handle: int) -> None:
        self._evict()
        program = reachable(self.find(), self.account)
        self.prepare(program)
        words, given = self.command(program)
        process = self._spawn(words, given, handle)
        self._write_record(settled=False, pid=process.pid)
        decided = wait_until(
            lambda: process.poll() is not None or self.answers(), seconds=START_SECONDS
        )
        if not decided or process.returncode is not None:
            process.kill()
            raise ServiceError(
                f"{self.label} n’a pas pu démarrer : {self._last_words()} "
                f"(journal : {self.log})."
            )
        self._write_record(settled=False)

    def _evict(self) -> None:
        """A desk deleted while its servers ran leaves them on our socket, without a lock."""
        path = self.socket()
        if (who := identity(listener(path))) is None:
            return
        # Redis writes its address after its path, in the same word.
        program = who.command.split("\n")[0].partition(" unixsocket:")[0]
        if Path(program).name == self.program:
            send(who, self.orderly)
            if wait_until(lambda: listener(path) == 0, seconds=STOP_SECONDS):
                return
        raise ServiceError(
            f"La socket {path} est déjà tenue par le processus {who.pid} "
            f"({program}) : arrêtez-le, ou donnez un autre dossier dans IAE_LOCAL."
        )

    def _spawn(
        self, words: list[str], given: bytes, handle: int
    ) -> subprocess.Popen[bytes]:
        with self._open_log() as log:
            process = subprocess.Popen(
                words,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd="/",
                env=ENVIRONMENT,
                umask=0o077,
                start_new_session=True,  # Ctrl-C in a terminal is not for the servers
                pass_fds=(handle,),
                **self.account.drops,
            )
        _children.append(process)
        with suppress(BrokenPipeError), process.stdin:
            process.stdin.write(given)
        return process

    def _open_log(self):
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW
        handle = os.open(self.log, flags, 0o600)
        hand_over(self.log)
        if os.fstat(handle).st_size > LONGEST_LOG:
            os.ftruncate(handle, 0)
        return os.fdopen(handle, "ab")

    def _last_words(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines()
        telling = [line for line in lines if "FATAL" in line or "rror" in line]
        return (telling or lines or ["aucun message"])[-1].strip()

    def _gone(self, seconds: float) -> bool:
        def free() -> bool:
            for process in _children:
                process.poll()
            return is_free(self.life)

        return wait_until(free, seconds=seconds)

    def _read_record(self) -> dict:
        try:
            return json.loads(self.record.read_text())
        except (FileNotFoundError, ValueError):
            return {}

    def _write_record(self, *, settled: bool, pid: int | None = None) -> None:
        who = identity(pid or self.pid())
        if who is None:
            self.record.unlink(missing_ok=True)
            return
        draft = self.record.with_suffix(".new")
        draft.write_text(json.dumps({**asdict(who), "settled": settled}))
        hand_over(draft)
        draft.replace(self.record)
