"""The embedded PostgreSQL: socket only, passwords always, checksums on."""

import os
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from iae_manager.embedded import bootstrap, programs, secret
from iae_manager.embedded.accounts import Account, hand_over
from iae_manager.embedded.addresses import SUPERUSER, embedded_database
from iae_manager.embedded.errors import ServiceError
from iae_manager.embedded.layout import Layout
from iae_manager.embedded.proc import identity, send
from iae_manager.embedded.server import ENVIRONMENT, Server

# Above every system's highest number, so certainly nobody's; see `_disown`.
NO_PROCESS = 2**31 - 1
MEGABYTE = 1024 * 1024


class Postgres(Server):
    name = "postgres"
    label = "PostgreSQL"
    program = "postgres"
    orderly = signal.SIGINT  # "fast": sessions are ended, data are written

    def __init__(self, place: Layout, account: Account) -> None:
        super().__init__(place, account)
        self.data = self.home / "postgres"
        self.superuser_url = embedded_database(place, SUPERUSER, "postgres")

    def socket(self) -> Path:
        return self.place.sockets / ".s.PGSQL.5432"

    def answers(self) -> bool:
        try:
            with psycopg.connect(self.superuser_url, connect_timeout=5):
                return True
        except psycopg.OperationalError as error:
            if "password authentication failed" in str(error):
                raise ServiceError(
                    f"Le fichier {self.place.local / secret.NAME} n’est plus celui avec "
                    "lequel ces données ont été créées : remettez l’ancien, ou supprimez "
                    f"{self.place.local} pour repartir de zéro."
                ) from None
            return False

    def pid(self) -> int:
        """From postmaster.pid, if that process is a postgres on these very data."""
        lines = self._pid_lines()
        number = int(lines[0]) if lines and lines[0].strip().isdigit() else 0
        return number if self._is_ours(number) else 0

    def settle(self) -> None:
        bootstrap.embedded(self.place)

    def ask_to_stop(self) -> None:
        if who := self.known():
            send(who, self.orderly)

    def find(self) -> programs.Program:
        return programs.postgres()

    def prepare(self, program: Path) -> None:
        if self.pid():
            raise ServiceError(
                f"Un PostgreSQL lancé à la main (processus {self.pid()}) utilise déjà "
                f"{self.data} : arrêtez-le."
            )
        if not self.data.exists():
            self._create(program)
        self._check_version(program)
        self._disown()
        # Nobody serves these data (we hold the lock): sockets found here are remains.
        self.socket().unlink(missing_ok=True)
        self.socket().with_name(".s.PGSQL.5432.lock").unlink(missing_ok=True)

    def command(self, program: Path) -> tuple[list[str], bytes]:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.place.sockets),
            "unix_socket_permissions": "0700",
            "max_connections": "100",
            "shared_buffers": f"{_shared_buffers()}MB",
            "maintenance_work_mem": "128MB",
            "work_mem": "16MB",
            "random_page_cost": "1.1",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "lc_messages": "C",
            "log_line_prefix": "%m [%p] ",
        }
        words = [str(program), "-D", str(self.data)]
        for name, value in settings.items():
            words += ["-c", f"{name}={value}"]
        return words, b""

    def _create(self, program: Path) -> None:
        """initdb beside, then one rename: a folder killed half-made is never used."""
        draft = self.data.with_name("postgres.new")
        shutil.rmtree(draft, ignore_errors=True)
        password = self._password_file()
        try:
            made = subprocess.run(
                _initdb(program, draft=draft, password=password),
                cwd="/",
                env=ENVIRONMENT,
                umask=0o077,
                capture_output=True,
                text=True,
                check=False,
                **self.account.drops,
            )
        finally:
            password.unlink()
        if made.returncode != 0:
            lines = made.stderr.splitlines()
            said = [line for line in lines if "error:" in line] or lines or [""]
            raise ServiceError(f"PostgreSQL n’a pas pu créer ses données : {said[0]}")
        draft.rename(self.data)

    def _password_file(self) -> Path:
        """Where initdb reads the superuser's password, for the time it runs."""
        path = self.data.with_name("postgres.password")
        path.unlink(missing_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(conninfo_to_dict(self.superuser_url)["password"])
        hand_over(path)
        return path

    def _check_version(self, program: Path) -> None:
        made_by = (self.data / "PG_VERSION").read_text().strip()
        found = programs.postgres_major(program)
        if made_by != str(found):
            raise ServiceError(
                f"Les données de {self.data} viennent de PostgreSQL {made_by}, et le "
                f"programme trouvé est la version {found} : installez la {made_by}, ou "
                "donnez un autre dossier dans IAE_LOCAL."
            )

    def _disown(self) -> None:
        """A postmaster.pid left by a kill may now name a stranger, and PostgreSQL would
        then refuse to start. The number is replaced by nobody's; the rest of the file is
        kept, since it lets PostgreSQL check that no orphan still uses the shared memory."""
        lines = self._pid_lines()
        if lines and not self._is_ours(int(lines[0]) if lines[0].isdigit() else 0):
            rest = "".join(f"{line}\n" for line in lines[1:])
            draft = self.data / "postmaster.pid.new"
            draft.write_text(f"{NO_PROCESS}\n{rest}")
            hand_over(draft)
            draft.replace(self.data / "postmaster.pid")

    def _pid_lines(self) -> list[str]:
        with suppress(FileNotFoundError, NotADirectoryError):
            return (
                (self.data / "postmaster.pid").read_text(errors="replace").splitlines()
            )
        return []

    def _is_ours(self, number: int) -> bool:
        who = identity(number)
        if who is None:
            return False
        # In one line, since that is all `ps` gives where there is no /proc.
        line = who.command.replace("\n", " ") + " "
        return f"/postgres -D {self.data} " in line


def _initdb(program: Path, *, draft: Path, password: Path) -> list[str]:
    # The server in the wheel has no ICU; the builtin provider (17 and later) is at least
    # the same everywhere and does not change with the system's libc.
    if programs.postgres_major(program) >= 17:
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    else:
        locale = ["--locale=C.UTF-8"]
    return [
        str(program.with_name("initdb")),
        f"--pgdata={draft}",
        f"--username={SUPERUSER}",
        f"--pwfile={password}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        *locale,
        "--data-checksums",
        "--no-instructions",
    ]


def _shared_buffers() -> int:
    """Megabytes: a sixteenth of the memory, between 64 and 512."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MEGABYTE
    return max(64, min(512, memory // 16))
