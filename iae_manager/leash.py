"""Runs a command that ends with whoever started it: `python -m iae_manager.leash PID WORDS…`

Linux only sends the signal to a process that asked for it, hence this step before the
command itself. Elsewhere the command simply runs.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    parent, words = int(sys.argv[1]), sys.argv[2:]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it died before we could ask
        sys.exit(1)
    os.execvp(words[0], words)


if __name__ == "__main__":
    main()
