"""Memory does not follow the size of a file, and two imports do not meet."""

import tracemalloc

import pytest
from django.db import connection

from bench.flux import rows
from bench.flux.generate import write_delivery
from bench.flux.writing import write_view
from funding.flux.container import FluxFile
from funding.flux.delivery import ONE_AT_A_TIME, import_delivery
from funding.flux.layout import layout
from funding.flux.staging import blocks, picker
from funding.rules.flux import WrongFile
from tests.funding.flux.building import Delivery
from tests.structures.factories import CommuneFactory


def peak(path, view):
    """Most bytes held while a file is turned into what COPY takes."""
    file, columns = FluxFile(path), list(layout(view).columns)
    tracemalloc.start()
    with file.reading():
        file.read_header()
        for _ in blocks(file, picker(file.header, columns)):
            pass
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def test_ten_times_the_rows_take_the_same_memory(tmp_path):
    sizes = {"small": 15_000, "large": 150_000}
    paths = {
        name: write_view(
            tmp_path / name,
            "EtatMensuelIndiv",
            (rows.month() for _ in range(count)),
            wrap="gz",
        )
        for name, count in sizes.items()
    }
    small, large = (peak(path, "EtatMensuelIndiv") for path in paths.values())
    assert large < small * 1.2


def test_a_large_delivery_is_read_whole_and_twice_the_same(db, tmp_path):
    CommuneFactory()
    directory = write_delivery(tmp_path, people=300, years=2, wrap="zip")
    first = import_delivery(directory)
    assert {file.rejected for file in first.files} == {0}
    assert [total.gap for total in first.totals if total.code != "etp_mensuels"] == [
        0
    ] * 3
    again = import_delivery(directory)
    assert {(c.created, c.updated) for c in again.tables.values()} == {(0, 0)}


@pytest.fixture
def committed(committed_db, tmp_path):
    """A delivery whose import really commits."""
    CommuneFactory()
    return Delivery(tmp_path)


def test_two_imports_at_once_are_one_too_many(committed, committed_db):
    with committed_db() as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        with pytest.raises(WrongFile, match="Un autre import est en cours"):
            committed.load()


def test_nothing_temporary_outlives_the_import(committed):
    committed.load()
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relname LIKE 'flux%'")
        assert cursor.fetchall() == []
