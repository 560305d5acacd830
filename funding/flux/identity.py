"""What is made of a name and a NIR while a file is read: the NIR stops here.

The database receives a keyed hash and a cipher, never the number nor the key.
"""

from collections.abc import Callable

from django.conf import settings

from parcours.rules.names import sort_key
from parcours.rules.nir import WrongNir, encrypted, nir_hash, normalised

# Columns of the file that are read, and those of the staging table that come of them.
READ = ("salarie_nir", "salarie_nom_usage", "salarie_prenom")
DERIVED = ("nir_hash", "nir_cipher", "nir_problem", "sort_key")


def protector() -> Callable[[str, str, str], list[str]]:
    """From the READ columns of a line to the DERIVED ones, as texts."""
    key = settings.NIR_KEY.encode()

    def protect(nir: str, last_name: str, first_name: str) -> list[str]:
        name = sort_key(last_name, first_name)
        try:
            number = normalised(nir) if nir else ""
        except WrongNir:
            return ["", "", "x", name]
        if not number:
            return ["", "", "", name]
        return [nir_hash(number, key=key), encrypted(number, key=key).hex(), "", name]

    return protect
