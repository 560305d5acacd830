"""A process that uses the services until its input closes: `python -m tests.embedded.guest DIR`."""

import json
import sys
from dataclasses import asdict

from iae_manager.embedded import ServiceError, ensure


def main() -> None:
    try:
        services = ensure(sys.argv[1], environ={})
    except ServiceError as error:
        sys.exit(str(error))
    print(json.dumps(asdict(services)), flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
