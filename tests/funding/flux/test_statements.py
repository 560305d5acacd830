"""Months: versions of a statement, states, sums over two annexes."""

from datetime import date

from bench.flux import rows
from parcours.enums import StatementState
from parcours.models import MonthlyHours, MonthlyStatement


def load_months(delivery, *lines):
    delivery.views["EtatMensuelIndiv"] = list(lines)
    return delivery.load().by_view["EtatMensuelIndiv"]


def test_the_last_version_of_a_month_counts(delivery):
    months = load_months(
        delivery,
        rows.month(3, emi_sme_version="2", emi_nb_heures_travail="90"),
        rows.month(3, emi_sme_version="1", emi_nb_heures_travail="113"),
    )
    assert (months.created, months.merged, months.rejected) == (1, 1, 0)
    assert MonthlyHours.objects.get().hours == 90


def test_the_same_line_twice_is_one(delivery):
    months = load_months(delivery, rows.month(3), rows.month(3))
    assert (months.created, months.merged) == (1, 1)


def test_other_hours_for_the_same_month_are_refused(delivery):
    delivery.views["EtatMensuelIndiv"] = [
        rows.month(3),
        rows.month(3, emi_nb_heures_travail="20"),
    ]
    (issue,) = delivery.load().issues
    assert (issue.line, issue.column) == (4, "emi_nb_heures_travail")
    assert "à la ligne 3" in issue.reason


def test_two_annexes_of_one_convention_add_up(delivery):
    delivery.views["AnnexeFinanciere"].append(
        rows.annexe(1001, af_numero_annexe_financiere="ACI062180099")
    )
    months = load_months(
        delivery,
        rows.month(3, emi_nb_heures_travail="60"),
        rows.month(3, emi_afi_id=1001, emi_nb_heures_travail="50"),
    )
    assert (months.created, months.merged) == (1, 1)
    assert MonthlyHours.objects.get().hours == 110


def test_more_hours_than_a_month_has_are_refused(delivery):
    delivery.views["AnnexeFinanciere"].append(
        rows.annexe(1001, af_numero_annexe_financiere="ACI062180099")
    )
    months = load_months(
        delivery,
        rows.month(3, emi_nb_heures_travail="700"),
        rows.month(3, emi_afi_id=1001, emi_nb_heures_travail="50"),
    )
    assert (months.created, months.merged, months.rejected) == (0, 1, 1)


def test_a_month_follows_its_state(delivery):
    typed = rows.month(3, emi_esm_etat_code="SAISI", emi_date_validation="")
    load_months(delivery, typed)
    statement = MonthlyStatement.objects.get()
    assert (statement.state, statement.validated_on) == (StatementState.SAISI, None)
    load_months(delivery, rows.month(3))
    statement.refresh_from_db()
    assert (statement.state, statement.validated_on) == (
        StatementState.VALIDE,
        date(2019, 4, 5),
    )


def test_a_month_without_a_day_of_validation_takes_that_of_its_change(delivery):
    changed = {"emi_date_validation": "", "emi_date_modification": "08/04/2019"}
    load_months(delivery, rows.month(3, **changed))
    assert MonthlyStatement.objects.get().validated_on == date(2019, 4, 8)


def test_zero_hours_is_a_line_like_another(delivery):
    assert load_months(delivery, rows.month(3, emi_nb_heures_travail="0")).created == 1
    assert MonthlyHours.objects.get().hours == 0
