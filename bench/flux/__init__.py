"""Synthetic deliveries of the ASP’s files, and the import measured on them.

People are invented; their NIR has the right form and key, and belongs to nobody known.
"""

from collections.abc import Iterator


def run() -> Iterator[object]:
    """What `make bench` prints about the import."""
    from bench.flux.compare import run as compare  # noqa: PLC0415 (Django comes first)

    return compare()
