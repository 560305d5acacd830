"""How names are sorted and searched."""

import unicodedata

LETTERS = str.maketrans({"Œ": "OE", "Æ": "AE", "’": " ", "'": " ", "-": " "})


def sort_key(last_name: str, first_name: str) -> str:
    """Upper case, without accents, apostrophes or hyphens.

    The embedded server collates as C: names are sorted and searched on this key.
    """
    name = f"{last_name} {first_name}".upper().translate(LETTERS)
    plain = unicodedata.normalize("NFKD", name)
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(letters.split())
