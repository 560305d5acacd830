"""Read the file of a stranger in a process of its own: little memory, little time.

`python -m structures.printing.apart` reads a PDF on its standard input, and writes the
codes of its first pages.
"""

import json
import resource
import subprocess
import sys
from pathlib import Path

from structures.printing.codes import IN_BYTES, PageCode
from structures.printing.reading import NotAPdf, codes_on, opened

ROOT = Path(__file__).resolve().parents[2]
FIRST_PAGES = 5
SECONDS = 10
MEMORY = 2 * 1024**3


def codes_in(content: bytes) -> list[PageCode]:
    """Codes of ours on the first pages; none when the file cannot be read in time."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "structures.printing.apart"],
            input=content,
            capture_output=True,
            timeout=SECONDS + 2,
            check=True,
            cwd=ROOT,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return []
    return [PageCode(*one) for one in json.loads(done.stdout)]


def names_in(content: bytes) -> list[str]:
    """Identities written in clear in the file’s metadata."""
    return sorted({found.decode() for found in IN_BYTES.findall(content)})


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    found: set[PageCode] = set()
    try:
        with opened(sys.stdin.buffer.read()) as document:
            for index in range(min(len(document), FIRST_PAGES)):
                found.update(codes_on(document, index))
    except NotAPdf:
        pass
    rows = [[one.code, one.digest, one.page] for one in sorted(found)]
    json.dump(rows, sys.stdout)


if __name__ == "__main__":
    main()
