"""What every file of the law says, and what is refused when it does not."""

from datetime import date
from decimal import Decimal

import pytest

from structures import law
from structures.law.reading import parsed

GOOD = """
title = "Essai"
unit = "€"

ACI = [
  { from = 2019-01-01, published = 2019-02-27, value = 1.10, source = "A", confidence = "V" },
  { from = 2020-01-01, value = 2, source = "B", confidence = "D" },
]
[PRISON]
tous = [ { from = 2018-01-01, value = 3, source = "C", confidence = "R" } ]
"""


def test_a_file_is_read_as_decimals_by_kind_and_place():
    title, [first, second, prison] = parsed("essai", GOOD)

    assert title == "Essai"
    assert (str(first.value), first.published_on) == ("1.10", date(2019, 2, 27))
    assert (second.value, second.published_on) == (Decimal(2), date(2020, 1, 1))
    assert (prison.kind, prison.place) == ("", "PRISON")


@pytest.mark.parametrize(
    "before, after, message",
    [
        ('title = "Essai"', "", "essai: no title"),
        ('unit = "€"', 'unit = "florins"', "unknown unit 'florins'"),
        ('source = "B"', 'source = ""', "essai ACI METROPOLE 2020-01-01: no source"),
        (', source = "B"', "", "no source"),
        ('confidence = "D"', 'confidence = "sûr"', "unknown confidence 'sûr'"),
        (', confidence = "D"', "", "unknown confidence None"),
        ("from = 2020-01-01", "from = 2019-01-01", "does not come after 2019-01-01"),
        ("from = 2020-01-01", "since = 2020-01-01", "unknown since"),
        ("from = 2020-01-01", 'from = "2020"', "'2020' is not a day"),
        ("from = 2020-01-01", "from = 2020-01-01T00:00:00", "is not a day"),
        ("published = 2019-02-27", "published = 2019", "2019 is not a day"),
        ("value = 2,", 'value = "2",', "'2' is not a figure"),
        ("value = 2,", "value = true,", "True is not a figure"),
        ("value = 2, ", "", "None is not a figure"),
    ],
)
def test_a_wrong_file_is_refused_and_the_message_names_the_entry(
    before, after, message
):
    assert before in GOOD
    with pytest.raises(law.WrongLaw, match=message):
        parsed("essai", GOOD.replace(before, after))


@pytest.mark.parametrize("parameter", law.parameters())
def test_every_parameter_has_a_title_and_values(parameter):
    assert law.title(parameter)
    assert [v for v in law.all_values() if v.parameter == parameter]


@pytest.mark.parametrize("value", law.all_values(), ids=lambda v: f"{v.parameter}")
def test_every_value_says_where_it_comes_from(value):
    assert value.source.strip()
    assert isinstance(value.value, Decimal)
    assert value.value > 0


def test_every_value_fits_the_table_it_is_synced_into():
    for value in law.all_values():
        assert len(value.kind) <= 20
        assert len(value.source) <= 300
        assert -value.value.as_tuple().exponent <= 7, value


def test_the_index_loses_no_value():
    assert list(law.index().values()) == list(law.all_values())
    assert law.index([]) == {}


def test_an_unconfirmed_value_is_marked():
    unsure = {v.parameter for v in law.all_values() if v.confidence == "à confirmer"}

    assert {"modulation_poids", "pec_taux", "montant_socle"} <= unsure


def test_weights_of_the_modulated_share_make_one():
    kinds = ("PUBLIC", "EFFORT", "RESULTATS")

    weights = [
        law.in_force("modulation_poids", kind, on=date(2019, 4, 1)) for kind in kinds
    ]

    assert sum(weight.value for weight in weights) == 1
