"""The files of the law in the table, beside what an administrator adds."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection

from structures import law
from structures.actions import legal_values
from structures.enums import Confidence, Origin
from structures.figures.legal_values import legal_value
from structures.models import LegalValue
from tests.structures.factories import UserFactory

pytestmark = pytest.mark.django_db
KEY = {"parameter": "montant_socle", "kind": "ACI", "effective_on": date(2026, 6, 1)}


def add_by_hand(**fields):
    """What the back-office does: a later value, with its text and its author."""
    terms = {
        "published_on": date(2026, 6, 15),
        "value": Decimal("24500"),
        "unit": "€/ETP/an",
        "source": "Arrêté du 15 juin 2026",
        "confidence": Confidence.VERIFIED,
        "origin": Origin.ADMIN,
    }
    if fields.get("origin") != Origin.FILE:
        fields.setdefault("added_by", UserFactory())
    return LegalValue.objects.create(**KEY | terms | fields)


def test_every_value_of_the_files_is_in_the_table():
    assert LegalValue.objects.filter(origin=Origin.FILE).count() == len(law.index())


def test_a_second_sync_changes_nothing():
    assert legal_values.sync(using="default") == 0


def test_a_value_changed_by_hand_in_the_base_is_put_back():
    LegalValue.objects.filter(parameter="smic_horaire").update(value=1)
    assert legal_values.sync(using="default") > 0
    assert legal_value("smic_horaire", on=date(2019, 5, 1)).value == Decimal("10.03")


def test_a_value_gone_from_the_files_leaves_the_table():
    add_by_hand(origin=Origin.FILE, parameter="inconnu")
    legal_values.sync(using="default")
    assert not LegalValue.objects.filter(parameter="inconnu").exists()


def test_a_value_added_by_hand_stays_and_applies_from_its_date():
    add_by_hand()
    legal_values.sync(using="default")
    assert legal_value("montant_socle", "ACI", on=date(2026, 7, 1)).value == 24500


def same_date(**fields):
    """By hand, at the date of effect of the file’s socle of 2019, published 27/02."""
    return add_by_hand(effective_on=date(2019, 1, 1), **fields)


@pytest.mark.parametrize(
    "published_on, rows", [(date(2019, 2, 27), 1), (date(2019, 3, 15), 2)]
)
def test_a_file_gives_way_to_what_was_added_before_it(published_on, rows):
    at_date = LegalValue.objects.filter(**at_2019())
    at_date.delete()
    same_date(published_on=published_on)
    legal_values.sync(using="default")
    assert at_date.count() == rows
    assert legal_values.sync(using="default") == 0
    assert legal_value("montant_socle", "ACI", on=date(2019, 7, 1)).value == 24_500


def test_three_readings_of_a_correction_agree():
    same_date(published_on=date(2019, 3, 15))
    for known, value in [(date(2019, 3, 14), 20_199), (date(2019, 3, 15), 24_500)]:
        asked = ["montant_socle", "ACI", "METROPOLE", date(2019, 7, 1), known]
        with connection.cursor() as cursor:
            cursor.execute("SELECT legal_value(%s, %s, %s, %s, %s)", asked)
            assert cursor.fetchone()[0] == value
        rows = LegalValue.objects.in_force(on=date(2019, 7, 1), known_on=known)
        row = rows.filter(pk__in=LegalValue.objects.filter(**at_2019())).get()
        assert row.value == value


def at_2019():
    return KEY | {"effective_on": date(2019, 1, 1), "place": "METROPOLE"}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE structures_legalvalue SET value = 1 WHERE id = %s",
        "UPDATE structures_legalvalue SET added_by_id = NULL WHERE id = %s",
        "UPDATE structures_legalvalue SET origin = 'FILE' WHERE id = %s",
        "DELETE FROM structures_legalvalue WHERE id = %s",
    ],
)
def test_a_value_added_by_hand_is_kept(statement):
    kept = add_by_hand()
    with (
        pytest.raises(IntegrityError, match="ne se modifie ni ne s’efface"),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, [kept.pk])


def test_a_value_added_by_hand_has_an_author_and_a_text():
    with pytest.raises(IntegrityError, match="legal_value_author"):
        add_by_hand(added_by=None)


def test_a_value_without_text_is_refused():
    with pytest.raises(IntegrityError, match="legal_value_has_source"):
        add_by_hand(source="")


def test_before_any_text_there_is_no_default():
    with pytest.raises(law.NotInForce):
        legal_value("montant_socle", "ACI", on=date(2010, 1, 1))


DAYS = [date(2015, 6, 1), date(2018, 1, 10), date(2019, 3, 1), date(2021, 12, 31)]


@pytest.mark.parametrize("day", DAYS)
def test_file_table_and_sql_agree(day):
    """Three readings of one law: the files, the table, and the function in SQL."""
    asked = {(v.parameter, v.kind, v.place) for v in law.all_values()}
    for parameter, kind, place in asked:
        value = law.applicable(law.history(parameter, kind, place=place), on=day)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT legal_value(%s, %s, %s, %s, %s)",
                [parameter, kind, place, day, day],
            )
            assert cursor.fetchone()[0] == (value and value.value), (parameter, kind)
