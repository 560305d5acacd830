"""What is written in two places says the same in both."""

from funding.models import OutcomeReport
from funding.models import annexe as models
from funding.rules import annexes as rules
from parcours.enums import ExitExclusion
from parcours.rules import exits, statements


def test_the_states_of_the_tables_are_those_of_the_rules():
    assert set(models.CURRENT) == rules.CURRENT
    assert set(models.COUNTED) == rules.COUNTED


def test_every_way_an_exit_counts_has_its_column():
    columns = {field.name for field in OutcomeReport._meta.get_fields()}

    for way in (*exits.EXAMINED, *ExitExclusion):
        assert way.lower() in columns


def test_every_state_of_a_month_leads_somewhere():
    states = {move.target for move in statements.MOVES}

    assert {one for move in statements.MOVES for one in move.sources} == states
