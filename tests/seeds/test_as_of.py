"""Read on an earlier day, the base holds nothing of what came later."""

from datetime import date

import pytest

DAY = date(2019, 1, 1)
# What is planned may lie ahead: the end of a contract, of a right, of a convention.
DATES = {
    "structures_structure": "created_on",
    "structures_convention": "coalesce(signed_on, cdiae_opinion_on)",
    "parcours_parcours": "starts_on",
    "parcours_contract": "greatest(hired_on, starts_on)",
    "parcours_exit": "greatest(exited_on, recorded_at::date)",
    "parcours_monthlystatement": "greatest(month, validated_on)",
    "parcours_interview": "held_on",
    "parcours_frein": "greatest(identified_on, lifted_on)",
    "parcours_supervisionsession": "held_on",
    "parcours_training": "greatest(starts_on, ends_on)",
    "funding_annexeversion": "signed_on",
    "funding_modulation": "notified_on",
    "funding_transfer": "effective_on",
}


@pytest.fixture(scope="module")
def new_year(territory, small_figures):
    with territory(small_figures, as_of=DAY) as query:
        yield query


@pytest.mark.parametrize("table", DATES)
def test_nothing_is_later(new_year, table):
    [(last, rows)] = new_year(f"SELECT max({DATES[table]}), count(*) FROM {table}")

    assert rows > 0
    assert last <= DAY


def test_the_year_is_still_to_play(new_year):
    [(annexes, notified)] = new_year("""
        SELECT (SELECT count(*) FROM funding_annexefinanciere WHERE year = 2019),
               (SELECT sum(balance) FROM funding_account x
                JOIN funding_envelope e ON e.id = x.envelope_id
                WHERE e.year = 2019 AND e.line = 'IAE_SOCLE')
    """)

    assert annexes == 0
    assert notified > 0


def test_the_last_months_wait_to_be_entered(new_year):
    [(december, november)] = new_year("""
        SELECT count(*) FILTER (WHERE month = '2018-12-01' AND state = 'VALIDE'),
               count(*) FILTER (WHERE month = '2018-11-01' AND state = 'VALIDE')
        FROM parcours_monthlystatement
    """)

    assert december == 0
    assert november > 10
