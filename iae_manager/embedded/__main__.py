"""`python -m iae_manager.embedded stop|status`: the servers, seen from the terminal."""

import sys

from iae_manager import embedded
from iae_manager.embedded.layout import layout
from iae_manager.embedded.locks import is_free
from iae_manager.entry import local_dir

KINDS = ("postgres", "redis")


def status() -> None:
    place = layout(local_dir())
    print(f"Données : {place.servers.resolve()}\nSockets : {place.sockets}")
    for name in KINDS:
        life = place.local / f"{name}.life"
        state = "arrêté" if not life.exists() or is_free(life) else "en marche"
        print(f"{name} : {state} (journal : {place.local / name}.log)")


def stop() -> None:
    if not embedded.stop(local_dir()):
        sys.exit("Un programme se sert encore de ces serveurs : arrêtez-le d’abord.")
    print("PostgreSQL et Redis sont arrêtés.")


def main() -> None:
    commands = {"status": status, "stop": stop}
    if len(sys.argv) != 2 or sys.argv[1] not in commands:
        sys.exit("Usage : python -m iae_manager.embedded status|stop")
    try:
        commands[sys.argv[1]]()
    except embedded.ServiceError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
