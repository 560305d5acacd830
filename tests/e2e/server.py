"""A real server in a process of its own, on a database filled for good."""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from urllib.error import URLError
from urllib.request import urlopen

from psycopg.conninfo import make_conninfo

BUSINESS_DATE = "2019-12-02"
SECONDS_TO_START = 30


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def environment(parameters, name, day=BUSINESS_DATE):
    """The application’s role on this database; everything else as for the tests."""
    kept = {
        k: parameters[k]
        for k in ("user", "password", "host", "port")
        if parameters.get(k)
    }
    address = make_conninfo(dbname=name, **kept)
    return os.environ | {
        "DATABASE_URL": address,
        # Never used here; without it, a lone address would be taken for the owner's.
        "DATABASE_OWNER_URL": address,
        "BUSINESS_DATE": str(day),
        "DEMO": "true",
        "DEBUG": "false",
    }


@contextmanager
def running(parameters, name, log, *, day=BUSINESS_DATE):
    """Gives the address of a server on that database; its last words if it dies."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}"),
        *("--workers", "1", "--threads", "4", "--no-control-socket"),
        # Checks take seconds: an idle connection must not be closed under the browser.
        *("--keep-alive", "120", "--graceful-timeout", "1"),
        "iae_manager.wsgi",
    ]
    with log.open("w") as output:
        process = subprocess.Popen(
            command,
            env=environment(parameters, name, day),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_for(f"http://127.0.0.1:{port}/connexion/", process, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=10)


def wait_for(url, process, log):
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urlopen(url, timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"the server did not start:\n{log.read_text()[-2000:]}")
