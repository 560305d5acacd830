"""The same seed gives the same rows; another one, other rows that close as well."""

import pytest

from tests.seeds import measures
from tests.seeds.test_published import misses, of_the_communique

# Ids drawn by the database and instants of writing are not part of a row.
DIGEST = """
    SELECT md5(string_agg(row::text, '|' ORDER BY row::text)) FROM (
        SELECT {columns} FROM {table}
    ) row
"""
TABLES = {
    "structures_structure": "id, kind, name, siret, commune_id, created_on",
    "parcours_person": "id, last_name, birth_on, nir_hash, nir_cipher, commune_id",
    "parcours_contract": "id, person_id, structure_id, starts_on, ends_on, rsa",
    "parcours_monthlyhours": "statement_id, contract_id, hours",
    "parcours_exit": "contract_id, exited_on, motive_id",
    "parcours_interview": "contract_id, held_on, summary",
    "funding_annexeversion": "id, annexe_id, etp, total, state, signed_on",
    "funding_transfer": "amount, kind, reference, effective_on, idempotency_key",
}


def digests(query):
    return {
        table: query(DIGEST.format(table=table, columns=columns))
        for table, columns in TABLES.items()
    }


@pytest.fixture(scope="module")
def other_seed(territory, small_figures):
    with territory(small_figures, seed=7) as query:
        yield query


def test_same_seed_same_rows(territory, small, small_figures):
    with territory(small_figures) as again:
        assert digests(again) == digests(small)


def test_another_seed_draws_other_rows(small, other_seed):
    mine, theirs = digests(small), digests(other_seed)

    assert all(mine[table] != theirs[table] for table in TABLES)


def test_another_seed_closes_as_well(other_seed, small_figures):
    assert misses(of_the_communique(small_figures), measures.of_62(other_seed)) == {}
