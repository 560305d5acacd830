"""The NIR at rest: one hash and one cipher a number, never the number."""

import pytest

from parcours.rules.nir import (
    WrongKey,
    WrongNir,
    decrypted,
    encrypted,
    nir_hash,
    normalised,
)

# Invented: order 999 in a month no maternity ward reaches.
NIR = "185036217899942"
KEY, OTHER_KEY = b"one key", b"another key"


def test_spaces_do_not_make_another_number():
    assert normalised("1 85 03 62 178 999 42") == NIR


@pytest.mark.parametrize("text", ["", "185036217899943", "18503621789993", "abc"])
def test_what_is_not_a_nir_is_refused_without_repeating_it(text):
    with pytest.raises(WrongNir) as refused:
        normalised(text)

    assert str(refused.value) == "not a NIR"


def test_the_same_number_is_matched_under_the_same_key_only():
    assert nir_hash(NIR, key=KEY) == nir_hash(NIR, key=KEY)
    assert nir_hash(NIR, key=KEY) != nir_hash(NIR, key=OTHER_KEY)


def test_what_is_stored_reads_back_under_its_key_only():
    cipher = encrypted(NIR, key=KEY)

    assert NIR.encode() not in cipher
    assert decrypted(cipher, key=KEY) == NIR
    with pytest.raises(WrongKey):
        decrypted(cipher, key=OTHER_KEY)
