"""The people behind a structure’s figures."""

from datetime import date
from decimal import Decimal

import pytest

from tests.parcours.factories import (
    ContractFactory,
    ExitFactory,
    MonthlyHoursFactory,
    MonthlyStatementFactory,
    ParcoursFactory,
    PersonFactory,
)
from tests.structures.factories import ConventionFactory, StructureFactory

pytestmark = pytest.mark.django_db
QUERIES = 9
OF_EXITS = 17


def stay(structure):
    parcours = ParcoursFactory(person=PersonFactory(last_name="Bailleul"))
    return ContractFactory(structure=structure, parcours=parcours)


def month_of(structure, rows):
    statement = MonthlyStatementFactory(
        convention=ConventionFactory(structure=structure)
    )
    for _ in range(rows):
        contract = stay(structure)
        MonthlyHoursFactory(
            statement=statement, contract=contract, hours=Decimal("100.5")
        )
    return f"/structures/{structure.pk}/mois/2019-03/"


def exits_of(structure, rows):
    for n in range(rows):
        ExitFactory(contract=stay(structure), exited_on=date(2019, 9, 1 + n))
    return f"/structures/{structure.pk}/sorties/2019/"


def test_hours_add_up_in_the_header(client, director):
    url = month_of(director.memberships.get().structure, 2)
    text = client.get(url).content.decode()
    assert "201\xa0h" in text
    assert "Heures de mars 2019" in text


@pytest.mark.parametrize("word", ["2019-13", "mars", "2019-3-1"])
def test_an_absurd_month_is_not_found(client, director, word):
    structure = director.memberships.get().structure
    assert client.get(f"/structures/{structure.pk}/mois/{word}/").status_code == 404


@pytest.mark.parametrize("rows_of", [month_of, exits_of])
def test_agents_read_pseudonyms(client, agent, rows_of):
    url = rows_of(StructureFactory(), 2)
    for address in (url, f"{url}?format=csv"):
        text = b"".join(client.get(address)).decode()
        assert "Bailleul" not in text
        assert "P-" in text


@pytest.mark.parametrize("rows_of", [month_of, exits_of])
def test_rows_of_another_structure_do_not_exist(client, director, rows_of):
    assert client.get(rows_of(StructureFactory(), 1)).status_code == 404


@pytest.mark.parametrize("rows_of", [month_of, exits_of])
@pytest.mark.parametrize("rows", [2, 20])
def test_rows_take_the_same_queries_whatever_their_number(
    client, director, rows_of, rows, django_assert_num_queries
):
    url = rows_of(director.memberships.get().structure, rows)
    # The header of the hours holds their sum; each exit is judged.
    with django_assert_num_queries(QUERIES + 1 if rows_of is month_of else OF_EXITS):
        client.get(url)
