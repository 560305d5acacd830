"""Three figures again in plain Python, from contracts, hours and exits alone."""

from collections import defaultdict
from datetime import date
from fractions import Fraction

import pytest

from funding.figures.published import rows_behind

NOON = date(2019, 12, 2)
CONTRACTS = """
    SELECT c.id, c.person_id, c.structure_id, s.kind, c.starts_on, c.ends_on, c.hired_on,
           c.renews_id, c.rsa, x.exited_on, x.motive_id
    FROM parcours_contract c JOIN structures_structure s ON s.id = c.structure_id
    LEFT JOIN parcours_exit x ON x.contract_id = c.id
"""
HOURS = """
    SELECT h.contract_id, extract(year FROM t.month)::int, h.hours
    FROM parcours_monthlyhours h JOIN parcours_monthlystatement t ON t.id = h.statement_id
"""
NAMES = [
    "id",
    "person",
    "structure",
    "kind",
    "starts_on",
    "ends_on",
    "hired_on",
    "renews",
    "rsa",
    "exited_on",
    "motive",
]


@pytest.fixture
def contracts(played):
    rows = [dict(zip(NAMES, row, strict=True)) for row in played(CONTRACTS)]
    return {row["id"]: row for row in rows}


@pytest.fixture
def hours(played):
    """By contract and year."""
    found = defaultdict(dict)
    for contract, year, worked in played(HOURS):
        found[contract][year] = found[contract].get(year, 0) + worked
    return found


def test_entries_again(contracts):
    entered = {
        c["person"]
        for c in contracts.values()
        if c["renews"] is None and date(2019, 1, 1) <= c["hired_on"] <= NOON
    }

    assert rows_behind("62-entries-2019").total == len(entered) > 700


def test_the_share_of_the_rsa_again(contracts):
    present = {}
    for c in contracts.values():
        if c["starts_on"] <= NOON <= (c["exited_on"] or c["ends_on"]):
            present[c["person"], c["structure"]] = c["rsa"] != "NON"

    share = Fraction(sum(present.values()), len(present))
    assert rows_behind("62-rsa").total == share


def counts(exit_, contracts, hours, year):
    """81 days in an ACI or an EI and an hour in the year; 150 hours elsewhere."""
    stay = [exit_]
    while stay[-1]["renews"]:
        stay.append(contracts[stay[-1]["renews"]])
    if exit_["kind"] in ("ACI", "EI"):
        days = (exit_["exited_on"] - min(c["starts_on"] for c in stay)).days
        return days >= 81 and sum(hours[c["id"]].get(year, 0) for c in stay) >= 1
    return sum(sum(hours[c["id"]].values()) for c in stay) >= 150


@pytest.mark.parametrize("year", [2017, 2018])
def test_the_rate_of_dynamic_exits_again(contracts, hours, year):
    ended = [
        c
        for c in contracts.values()
        if c["exited_on"] and c["exited_on"].year == year and c["motive"][0] != "R"
    ]
    examined = [c for c in ended if counts(c, contracts, hours, year)]
    dynamic = [c for c in examined if c["motive"][0] in "DTP"]

    assert len(ended) > len(examined) > 100
    rate = Fraction(len(dynamic), len(examined))
    assert rows_behind(f"62-dynamic-{year}").total == rate
