"""Exits: a date and a motive together, told by a contract or by a monthly row."""

from datetime import date

import pytest

from bench.flux import rows
from funding.enums import IssueKind
from parcours.models import Exit, ExitMotive


@pytest.fixture
def leaving(delivery):
    """The contract ends with a motive of RefMotifSort: a durable exit."""
    delivery.views["ContratMission"][0] |= {
        "contrat_date_sortie_definitive": "15/07/2019",
        "contrat_motif_sortie_code": "11",
    }
    return delivery


def test_an_exit_takes_its_category_from_the_refs(leaving):
    assert leaving.load().issues == []
    left = Exit.objects.select_related("motive").get()
    assert (left.exited_on, left.motive.asp_code) == (date(2019, 7, 15), "11")
    assert (left.motive.category, left.motive.label) == ("DURABLE", "Embauche en CDI")


def test_a_motive_may_be_told_by_its_id(leaving):
    leaving.views["ContratMission"][0] |= {
        "contrat_motif_sortie_code": "",
        "contrat_motif_sortie_id": "32",
    }
    leaving.load()
    assert Exit.objects.get().motive.category == "TRANSITION"


def test_a_known_motive_keeps_the_category_of_the_base(leaving):
    ExitMotive.objects.create(
        code="X1", label="CDI", category="POSITIVE", asp_code="11"
    )
    (issue,) = leaving.load().issues
    assert (issue.column, issue.kind) == ("rcs_id", "WARNING")
    assert Exit.objects.get().motive_id == "X1"


def test_the_monthly_row_wins_over_the_contract(leaving):
    leaving.views["EtatMensuelIndiv"][1] |= {
        "emi_date_fin_reelle": "29/03/2019",
        "emi_motif_sortie_code": "14",
    }
    (issue,) = leaving.load().issues
    assert (issue.column, issue.kind) == ("contrat_date_sortie_definitive", "WARNING")
    assert Exit.objects.get().exited_on == date(2019, 3, 29)


@pytest.mark.parametrize(
    "day, code, column",
    [
        ("", "11", "contrat_motif_sortie_code"),
        ("15/07/2019", "", "contrat_date_sortie_definitive"),
        ("15/07/2019", "77", "contrat_motif_sortie_code"),
    ],
)
def test_an_exit_that_does_not_hold_is_left_out_and_said(leaving, day, code, column):
    leaving.views["ContratMission"][0] |= {
        "contrat_date_sortie_definitive": day,
        "contrat_motif_sortie_code": code,
    }
    result = leaving.load()
    assert [(i.column, i.kind) for i in result.issues] == [(column, "WARNING")]
    assert result.by_view["ContratMission"].created == 1
    assert not Exit.objects.exists()


def test_the_end_of_a_renewed_contract_is_no_exit(leaving):
    leaving.views["ContratMission"].append(
        rows.contract(
            7001,
            contrat_type_contrat="1",
            contrat_date_embauche="04/08/2019",
            contrat_date_fin_contrat="03/12/2019",
        )
    )
    (issue,) = leaving.load().issues
    assert "reconduit" in issue.reason
    assert not Exit.objects.exists()


@pytest.fixture
def left(leaving):
    """Imported once: the base knows the exit of 15 July."""
    leaving.load()
    return leaving


MOVED = {
    "contrat_date_embauche": "01/09/2019",
    "contrat_date_fin_contrat": "29/02/2020",
}


def test_a_contract_does_not_move_after_the_exit_the_base_knows(left):
    silent = {"contrat_date_sortie_definitive": "", "contrat_motif_sortie_code": ""}
    left.views["ContratMission"][0] |= MOVED | silent
    result = left.load()
    (issue,) = [i for i in result.issues if i.kind == IssueKind.REJECTED]
    assert (issue.line, issue.column, issue.value) == (
        *(3, "contrat_date_embauche", "01/09/2019"),
    )
    assert "sortie de ce contrat le 15/07/2019" in issue.reason
    assert Exit.objects.get().contract.starts_on == date(2019, 2, 4)


def test_a_delivery_that_corrects_the_start_and_the_exit_is_read(left):
    later = {"contrat_date_sortie_definitive": "30/11/2019"}
    left.views["ContratMission"][0] |= MOVED | later
    assert left.load().issues == []
    found = Exit.objects.get()
    assert (found.contract.starts_on, found.exited_on) == (
        *(date(2019, 9, 1), date(2019, 11, 30)),
    )
