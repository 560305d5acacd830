"""The whole country: made in another process, the same as if made here."""

from datetime import date

import pytest

from seeds.ahead import made_ahead
from seeds.department import Workshop
from seeds.plan import KINDS
from seeds.targets import read_targets
from seeds.territory import Territory

COMMON = {"seed": 62, "as_of": date(2016, 3, 1), "nir_key": b"key"}


@pytest.fixture(scope="module")
def country():
    return list(Territory(read_targets(), last_year=2019).national())


def test_the_country_has_its_structures(country):
    counts = {k: sum(plan.structures[k] for plan in country) for k in KINDS}

    assert counts == {"ACI": 1900, "AI": 663, "EI": 981, "ETTI": 299}


def test_parcels_made_ahead_are_those_made_here(country):
    smallest = sorted(country, key=lambda plan: sum(plan.structures.values()))[:2]
    workshop = Workshop(whole_country=True, **COMMON)
    here = [workshop.parcel(plan) for plan in smallest]

    ahead = list(made_ahead(smallest, whole_country=True, **COMMON))

    assert [parcel.batch.lines for parcel in ahead] == [p.batch.lines for p in here]
    assert [parcel.moves for parcel in ahead] == [parcel.moves for parcel in here]
