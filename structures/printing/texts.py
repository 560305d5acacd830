"""The text each document has before a territory writes its own."""

from functools import cache
from pathlib import Path

TEXTS = Path(__file__).parent / "texts"


@cache
def given_text(kind: str) -> str:
    return (TEXTS / f"{kind.lower()}.txt").read_text(encoding="utf-8")
