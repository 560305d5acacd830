"""Set-based statements of the yearly jobs, one file each, with named parameters."""

from functools import cache
from importlib.resources import files


@cache
def statement(name: str) -> str:
    """Text of one of the statements of this folder."""
    return (files("funding.sql") / f"{name}.sql").read_text()


# A read kept for the statements that follow it in the transaction.
FOUND = "CREATE TEMP TABLE found ON COMMIT DROP AS\n"
