"""The words of the back-office theme are French, and compiled from their source."""

import gettext

from django.utils.translation import gettext as written

from tests.structures.messages import COMPILED, SOURCE, compiled, entries


def test_the_compiled_words_are_those_of_the_source():
    assert COMPILED.read_bytes() == compiled(SOURCE.read_text())


def test_what_is_compiled_is_what_python_reads():
    with COMPILED.open("rb") as file:
        read = gettext.GNUTranslations(file)
    pairs = [pair for pair in entries(SOURCE.read_text()) if pair[0]]
    assert len(pairs) > 40
    assert all(read.gettext(a.decode()) == b.decode() for a, b in pairs)


def test_the_theme_speaks_french():
    assert written("Type to search") == "Chercher"
