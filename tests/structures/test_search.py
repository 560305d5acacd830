"""Names compared without accents: the same in Python and in SQL."""

import pytest

from structures.figures.search import ACCENTED, PLAIN, fold, folded
from structures.models import Structure
from tests.structures.factories import StructureFactory


@pytest.mark.parametrize(
    "text, plain",
    [
        ("Élan vert", "ELAN VERT"),
        ("Récup’Artois", "RECUP ARTOIS"),
        ("  Bruay-la-Buissière ", "BRUAY LA BUISSIERE"),
        ("L'Œuvre", "L OEUVRE"),
    ],
)
def test_a_name_is_folded(text, plain):
    assert fold(text) == plain


def test_each_accent_has_its_plain_letter():
    assert len(ACCENTED) == len(PLAIN)


@pytest.mark.django_db
def test_sql_and_python_fold_alike():
    names = ["Élan Ça Noël", "Récup’Artois", "Où-Là ÎLE", "Œuvre", "simple"]
    for name in names:
        StructureFactory(name=name)
    rows = Structure.objects.annotate(plain=folded("name")).values_list("name", "plain")
    assert dict(rows) == {name: fold(name) for name in names}
