"""Numbers in what comes from elsewhere: an address, a form, a file."""

# What PostgreSQL holds in a key, and the years a document may be of.
MOST = 2**63 - 1
FIRST_YEAR, LAST_YEAR = 2000, 2099


def number_in(text: str, *, least: int = 0, most: int = MOST) -> int | None:
    """The whole number a text writes; None when it writes none, or one out of bounds.

    « ² » is a digit for `isdigit` and no number; thousands of digits are no number either.
    """
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(MOST))):
        return None
    number = int(text)
    return number if least <= number <= most else None


def year_in(text: str) -> int | None:
    """A year written in four figures; None for anything else."""
    return number_in(text, least=FIRST_YEAR, most=LAST_YEAR)
