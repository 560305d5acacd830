"""Which value applies on a day, and which one could be known."""

from datetime import date
from decimal import Decimal

import pytest

from structures import law
from structures.enums import Place

CAMPAIGN = date(2019, 12, 2)


@pytest.mark.parametrize(
    "kind, on, expected",
    [
        ("EI", date(2019, 6, 1), "10520"),
        ("ETTI", date(2019, 6, 1), "4472"),
        ("AI", date(2019, 6, 1), "1367"),
        ("ACI", date(2019, 6, 1), "20199"),
        ("ACI", date(2018, 12, 31), "19897"),
        ("ETTI", date(2020, 3, 1), "4299"),
        ("ACI", date(2025, 6, 1), "23921"),
        ("EI", date(2025, 6, 1), "13304"),
    ],
)
def test_the_value_of_the_day(kind, on, expected):
    assert law.in_force("montant_socle", kind, on=on).value == Decimal(expected)


def test_the_socle_of_2020_is_not_published_on_the_day_of_the_campaign():
    value = law.in_force("montant_socle", "ACI", on=date(2020, 1, 1), known_on=CAMPAIGN)

    assert (value.value, value.effective_on.year) == (Decimal(20199), 2019)


def test_before_its_arrete_a_value_is_carried_over():
    january, march = date(2019, 1, 15), date(2019, 3, 1)

    assert law.in_force("montant_socle", "ACI", on=january).value == 19897
    assert law.in_force("montant_socle", "ACI", on=january, known_on=march).value == (
        20199
    )


def test_an_arrete_published_before_its_effect_waits_for_it():
    on, known_on = date(2024, 12, 31), date(2024, 12, 31)

    assert law.in_force("montant_socle", "EI", on=on, known_on=known_on).value == 12459


def test_within_a_year_each_change_has_its_day():
    days = [date(2021, 12, 31), date(2022, 4, 30), date(2022, 5, 1), date(2022, 8, 1)]

    found = [
        law.in_force("montant_socle", "AI", on=on, known_on=CAMPAIGN.replace(year=2022))
        for on in days
    ]

    assert [value.value for value in found] == [1428, 1441, 1479, 1479]


@pytest.mark.parametrize(
    "kind, place, on, expected",
    [
        ("ACI", Place.PRISON, date(2019, 6, 1), "12119"),
        ("EI", Place.PRISON, date(2018, 6, 1), "6218"),
        ("ETTI", Place.MAYOTTE, date(2020, 6, 1), "3245"),
        ("ACI", Place.MAYOTTE, date(2022, 12, 31), "16825"),
    ],
)
def test_prison_and_mayotte_have_their_own(kind, place, on, expected):
    value = law.in_force("montant_socle", kind, on=on, place=place)

    assert value.value == Decimal(expected)


@pytest.mark.parametrize(
    "parameter, kind, on",
    [
        ("montant_socle", "ACI", date(2014, 6, 30)),
        ("montant_socle", "EITI", date(2019, 6, 1)),
        ("part_rsa_cd", "AI", date(2019, 6, 1)),
        ("smic_horaire", "", date(2013, 12, 31)),
    ],
)
def test_without_a_text_there_is_no_value(parameter, kind, on):
    with pytest.raises(law.NotInForce, match=f"{parameter} has no value for .*{on}"):
        law.in_force(parameter, kind, on=on)


def test_a_misspelt_parameter_is_not_a_gap_in_the_law():
    with pytest.raises(law.WrongLaw, match="montant_socl"):
        law.in_force("montant_socl", "ACI", on=CAMPAIGN)


def test_a_value_added_by_hand_is_chosen_by_the_same_rule():
    [*shipped] = law.history("smic_horaire")
    later = law.LegalValue(
        **{
            **vars(shipped[-1]),
            "effective_on": date(2027, 1, 1),
            "published_on": date(2026, 12, 20),
            "value": Decimal("12.50"),
        }
    )

    found = law.applicable([later, *shipped], on=date(2027, 2, 1))

    assert found == later
