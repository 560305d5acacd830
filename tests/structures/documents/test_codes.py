"""The code of a page says who it is, whatever site it names; nothing else is ours."""

import pytest

from structures.printing.codes import (
    ALPHABET,
    PageCode,
    new_code,
    payload,
    read_payload,
    spelled,
    typed,
)

ONE = PageCode("7Q2M0KXA9TRB", "0123456789ABCDEF0123456789ABCDEF", 3)


@pytest.mark.parametrize("site", ["https://iae.exemple.fr/", "http://127.0.0.1:8000"])
def test_what_is_written_is_read(site):
    assert read_payload(payload(site, ONE)) == ONE


@pytest.mark.parametrize(
    "text",
    [
        *("", "https://iae.exemple.fr/", "https://iae.exemple.fr/V/7Q2M0KXA9TRB"),
        *(f"/V/{ONE.code[:-1]}I/{ONE.digest}/1", f"/V/{ONE.code}/{ONE.digest}/x"),
        f"/V/{ONE.code}/{ONE.digest[:-1]}G/1",
        f"/V/{ONE.code}/{ONE.digest}/1/suite",
    ],
)
def test_another_code_is_not_ours(text):
    assert read_payload(text) is None


def test_an_address_fits_the_smallest_letters_of_a_qr_code():
    allowed = set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")

    assert set(payload("https://iae.exemple.fr", ONE)) <= allowed


def test_a_number_is_read_as_people_type_it():
    assert typed(" 7q2m-Okxa 9trb ") == ONE.code
    assert spelled(ONE.code) == "7Q2M 0KXA 9TRB"


def test_numbers_are_not_guessed():
    codes = {new_code() for _ in range(1_000)}

    assert len(codes) == 1_000
    assert set("".join(codes)) == set(ALPHABET)
