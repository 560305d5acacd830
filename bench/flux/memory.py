"""Peak memory of one import, in a process of its own: `python -m bench.flux.memory`."""

import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

SECONDS_BETWEEN_LOOKS = 0.05


@dataclass(frozen=True)
class Peak:
    """Megabytes of the command, and of its PostgreSQL process apart from shared memory
    (None when the server is not on this machine)."""

    command: float
    server: float | None


def peak_of(directory: Path, database: str) -> Peak:
    """Import a delivery into a database and undo it."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.flux.memory", str(directory), database],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "iae_manager.settings"},
    )
    return Peak(**json.loads(done.stdout))


class Watch(threading.Thread):
    """Follows the private memory of a process."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.status = Path(f"/proc/{pid}/status")
        self.peak = 0
        self.stopped = threading.Event()

    def run(self) -> None:
        while not self.stopped.wait(SECONDS_BETWEEN_LOOKS):
            try:
                text = self.status.read_text()
            except OSError:
                return
            for line in text.splitlines():
                if line.startswith("RssAnon"):
                    self.peak = max(self.peak, int(line.split()[1]))


def own_peak() -> int:
    """Kilobytes since this program began: getrusage counts those of whoever started it."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1])
    raise OSError("/proc/self/status does not say VmHWM")


def main(directory: str, database: str) -> None:
    import django  # noqa: PLC0415 (a process of its own)

    django.setup()
    from django.db import connection  # noqa: PLC0415 (Django comes first)

    from funding.flux.delivery import import_delivery  # noqa: PLC0415 (Django comes first)

    connection.settings_dict["NAME"] = database
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        watch = Watch(cursor.fetchone()[0])
    watch.start()
    import_delivery(Path(directory), dry_run=True)
    watch.stopped.set()
    command = own_peak() / 1024
    server = watch.peak / 1024 if watch.peak else None
    print(
        json.dumps(
            {"command": round(command, 1), "server": server and round(server, 1)}
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
