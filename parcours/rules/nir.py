"""The NIR at rest: matched by a keyed hash, kept encrypted. The key is an argument.

Both are deterministic: one NIR gives one hash and one cipher under one key, so that a
person met again is the same person. AES-SIV is made for that: nothing is lost when the
same text is encrypted twice, except that it is seen to be the same.

Source : Code du travail, art. R. 5132-1-20 (R57, R96).
"""

import hmac
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from stdnum.exceptions import ValidationError
from stdnum.fr import nir as french_nir

# Two uses, two keys drawn from the one in the settings.
FOR_MATCHING = b"nir-matching"
FOR_STORING = b"nir-storing"


class WrongNir(ValueError):
    """Not a NIR: its form or its key is wrong. The number itself is never repeated."""

    user_message = (
        "Ce numéro de sécurité sociale n’est pas valide : vérifiez ses 15 caractères."
    )


class WrongKey(Exception):
    """What is stored was encrypted under another key."""


@cache
def derived(key: bytes, *, use: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=use).derive(key)


@cache
def cipher_of(key: bytes) -> AESSIV:
    return AESSIV(derived(key, use=FOR_STORING, length=64))


def normalised(text: str) -> str:
    """The 15 characters of a NIR, without spaces. Raises WrongNir."""
    try:
        return str(french_nir.validate(text))
    except ValidationError as error:
        raise WrongNir("not a NIR") from error


def nir_hash(nir: str, *, key: bytes) -> str:
    """64 hexadecimal characters, the same for the same NIR under the same key.

    `nir` as `normalised` gives it.
    """
    digest = hmac.digest(
        derived(key, use=FOR_MATCHING, length=32), nir.encode(), "sha256"
    )
    return digest.hex()


def encrypted(nir: str, *, key: bytes) -> bytes:
    """The NIR encrypted under the key (AES-SIV, 31 bytes)."""
    return cipher_of(key).encrypt(nir.encode(), None)


def decrypted(cipher: bytes, *, key: bytes) -> str:
    """The NIR that was encrypted. Raises WrongKey."""
    try:
        return cipher_of(key).decrypt(cipher, None).decode()
    except InvalidTag as error:
        raise WrongKey("the NIR was encrypted under another key") from error
