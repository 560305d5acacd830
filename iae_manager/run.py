"""What `make run` does: services, migrations, a territory, the yearly jobs, the web.

What already happened is not done again: a second run starts in a few seconds.
"""

import argparse
import errno
import fcntl
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import OperationalError, connections

from iae_manager import embedded, entry
from iae_manager.celery import app
from iae_manager.crew import Crew
from iae_manager.embedded.locks import attempt, opened

HOST = "127.0.0.1"
# The day of the communiqué, and the campaign prepared that day.
AS_OF = "2019-12-02"
YEAR = 2020
# The whole Pas-de-Calais and the Nord of the mining basin: both documents hold in it.
SEEDS = ("--territory", "bassin-minier", "--as-of", AS_OF, "--seed", "62")
PATIENCE = 60


class Stopped(BaseException):
    """Ctrl-C, a closed terminal, or somebody asking us to end."""


def main() -> None:
    port = _port()
    local = entry.local_dir()
    _require_free(port)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    # What is printed and mailed opens here, whatever the port.
    os.environ.setdefault("SITE_URL", f"http://{HOST}:{port}")
    crew = None
    try:
        crew = _open(local)
        _work(crew, port)
    except Stopped:
        _say("Arrêt demandé.")
    except OperationalError as error:
        sys.exit(f"La base ne répond pas : {str(error).strip().splitlines()[0]}")
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        if crew:
            crew.dismiss()


def _open(local: Path) -> Crew:
    started = time.monotonic()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iae_manager.settings")
    os.environ.setdefault("BUSINESS_DATE", AS_OF)
    os.environ["PYTHONUNBUFFERED"] = "1"
    entry.prepare("run")
    embedded.open_desk(local)
    _be_alone(local)
    crew = Crew(local / "logs")
    for remains in local.glob("beat-schedule*"):  # unreadable after some kills
        remains.unlink()
    django.setup()
    _say(
        f"Services prêts en {time.monotonic() - started:.1f} s (données dans {local})."
    )
    return crew


def _work(crew: Crew, port: int) -> None:
    call_command("migrate", database="owner", interactive=False, verbosity=0)
    if not _rows("structures.Structure").exists():
        _say("Création du territoire (données simulées)…")
        _require(crew.run(sys.executable, "-m", "seeds", *SEEDS), "La création")
        settings.DAY_FILE.write_text(AS_OF)
    celery = (sys.executable, "-m", "celery", "-A", "iae_manager", "--quiet")
    crew.hire("worker", *celery, "worker", "--concurrency", "2", "--loglevel", "INFO")
    crew.hire("beat", *celery, "beat", "--loglevel", "WARNING")
    if not _campaign_is_done():
        _wait(crew, "worker", until=lambda: bool(app.control.ping(timeout=0.5)))
        code = crew.run(*_manage("run_campaign", str(YEAR), "--as-of", AS_OF))
        if code:
            _say(f"La campagne {YEAR} a fini en erreur (code {code}).")
    _require_free(port)
    web = ("--bind", f"{HOST}:{port}", "--workers", "2", "--threads", "4")
    gunicorn = (sys.executable, "-m", "gunicorn", "--no-control-socket", *web)
    crew.hire("web", *gunicorn, "iae_manager.wsgi")
    _print("published")
    _print("demo_accounts")
    connections.close_all()
    _wait(crew, "web", until=lambda: _listens(port))
    _say(f"\nPrêt : http://{HOST}:{port}   (Ctrl-C arrête tout)")
    while True:
        crew.tend()
        time.sleep(0.2)


def _print(command: str) -> None:
    """Here and not in a process of its own, which would load everything once more."""
    try:
        call_command(command)
    except CommandError as error:
        _say(str(error))
    except SystemExit:  # a figure is out of its relation: the table says which
        pass


def _wait(crew: Crew, name: str, *, until: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not until():
        crew.tend()
        if time.monotonic() > deadline:
            log = crew.logs / f"{name}.log"
            sys.exit(f"Le processus « {name} » ne répond pas (journal : {log}).")
        time.sleep(0.1)


def _rows(model: str):
    return apps.get_model(model).objects.using("owner")


def _campaign_is_done() -> bool:
    campaign = _rows("funding.Campaign").filter(year=YEAR).order_by("-pk").first()
    steps = _rows("funding.Step").filter(campaign=campaign)
    return steps.exists() and not steps.exclude(status="DONE").exists()


def _manage(*words: str) -> tuple[str, ...]:
    return (sys.executable, str(entry.BASE_DIR / "manage.py"), *words)


def _port() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", default="8000")
    given = parser.parse_args().port
    if not given.isdigit() or not 0 < int(given) < 65536:
        sys.exit(f"PORT={given} n’est pas un numéro de port (1 à 65535).")
    return int(given)


def _be_alone(local: Path) -> None:
    """Two runs on the same data would both restart workers; the second one says so."""
    handle = opened(local / "run.lock")  # held until we end
    if not attempt(handle, fcntl.LOCK_EX):
        who = os.read(handle, 20).decode() or "inconnu"
        sys.exit(f"« make run » tourne déjà sur {local} (processus {who}).")
    os.ftruncate(handle, 0)
    os.write(handle, str(os.getpid()).encode())


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
            probe.listen()
        except OSError as error:
            reasons = {errno.EADDRINUSE: "est déjà pris", errno.EACCES: "est réservé"}
            sys.exit(
                f"Le port {port} {reasons.get(error.errno, 'ne peut pas être ouvert')} : "
                f"choisissez-en un autre, par exemple « make run PORT={port % 60000 + 1} »."
            )


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def _require(code: int, what: str) -> None:
    if code:
        sys.exit(f"{what} a échoué (code {code}) : voyez le message ci-dessus.")


def _say(line: str) -> None:
    print(line, flush=True)


def _stop(number: int, frame: object) -> None:
    raise Stopped


if __name__ == "__main__":
    main()
