"""What is said twice, in SQL and in the rules, says the same."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from bench.flux import rows
from funding.enums import VersionState
from funding.flux.checks import TYPES, type_named
from funding.flux.conventions import NUMBER_DAY
from funding.flux.layout import layout, views
from funding.flux.versions import NUMBER
from funding.rules.annexes import Version, version_of_month
from funding.rules.asp_numbers import WrongNumber, annexe_number, convention_number


@pytest.mark.parametrize(
    "number",
    [
        "054 010118 ACI 00019",
        "EI 017 21 0016",
        "02A150319ETTI00001",
        "062 310219 AI 00001",
    ],
)
def test_the_start_of_a_convention(db, number):
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {NUMBER_DAY} FROM (SELECT replace(%s, ' ', '') AS compact) n",
            [number],
        )
        found = cursor.fetchone()[0]
    try:
        told = convention_number(number)
    except WrongNumber:
        assert found is None
    else:
        assert found == (told.starts_on or date(told.year, 1, 1))


@pytest.mark.parametrize(
    "number",
    ["ACI062190012", "ETTI02A210001", "ACI62190012", "EI0621900123", "AI062190012X"],
)
def test_the_form_of_an_annexe_number(db, number):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT %s ~ '{NUMBER}'", [number])
        found = cursor.fetchone()[0]
    try:
        annexe_number(number)
    except WrongNumber:
        assert not found
    else:
        assert found


STATES = [
    ("HISTORISE", "VALIDE"),
    ("VALIDE", "HISTORISE"),
    ("HISTORISE", "HISTORISE"),
    ("CLOTURE", "PROVISOIRE"),
    ("REJETE", "HISTORISE"),
    ("SAISI", "ANNULE"),
]


@pytest.mark.parametrize("states", STATES)
def test_the_version_of_a_month(delivery, states):
    """M0 all year, M1 from May: told apart by their hours per ETP."""
    starts = ["01/01/2019", "15/05/2019"]
    delivery.views["AnnexeFinanciere"] = [
        rows.annexe(
            af_numero_avenant_modification=f"M{rank}",
            af_id_avenant_modification=10_000 + rank,
            af_etat_annexe_financiere_code=state,
            af_date_debut_effet=starts[rank],
            af_duree_heure_annuel_etp_valeur=1000 + rank,
        )
        for rank, state in enumerate(states)
    ]
    delivery.load()
    with connection.cursor() as cursor:
        cursor.execute("SELECT month, hours_per_etp FROM flux_month")
        found = {month: int(hours) - 1000 for month, hours in cursor.fetchall()}
    versions = [
        Version(
            renewal=1,
            modification=rank,
            starts_on=date(2019, *[(1, 1), (5, 15)][rank]),
            ends_on=date(2019, 12, 31),
            state=VersionState(state),
            etp=Decimal(8),
        )
        for rank, state in enumerate(states)
    ]
    for number in range(1, 13):
        month = date(2019, number, 1)
        told = version_of_month(versions, month=month)
        assert found.get(month) == (told.modification if told else None)


@pytest.mark.parametrize("view", sorted(views()))
def test_the_columns_taken_are_known_and_typed(view):
    for column in layout(view).columns:
        assert column.name in layout(view).known
        assert column.type == "secret" or type_named(column.type)
        assert column.policy in {"", "required", "mandatory", "soft"}


def test_the_layouts_have_the_columns_of_real_files():
    counts = {view: len(layout(view).in_order) for view in views()}
    assert counts["AnnexeFinanciere"] == 128
    assert counts["Structure"] == 37
    assert counts["ContratMission"] == 92


def test_every_type_is_used():
    used = {column.type for view in views() for column in layout(view).columns}
    assert set(TYPES) <= used
