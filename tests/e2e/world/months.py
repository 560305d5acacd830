"""A month being typed, after those that are validated."""

from datetime import date

from parcours.enums import StatementState
from parcours.models import Contract, Exit, MonthlyHours, MonthlyStatement
from structures.models import Convention
from tests.parcours.factories import MonthlyStatementFactory

AUGUST = date(2019, 8, 1)


def write_months(structure):
    """August of the fullest structure: one line by day, one whole, the others empty."""
    opened = MonthlyStatementFactory(
        convention=Convention.objects.get(structure=structure),
        month=AUGUST,
        state=StatementState.BROUILLON,
        validated_on=None,
    )
    first, second = Contract.objects.filter(structure=structure).order_by("pk")[:2]
    days = {"01": "7", "02": "CP5,2", "05": "4 MA1,2"}
    MonthlyHours.objects.create(
        statement=opened, contract=first, days=days, hours="16.20", worked=11
    )
    MonthlyHours.objects.create(
        statement=opened, contract=second, entry="113", hours=113, worked=113
    )


def keys_of_months(structure):
    statements = MonthlyStatement.objects.filter(convention__structure=structure)
    opened = statements.get(month=AUGUST)
    return {
        "hours": opened.convention_id,
        "opened": opened.pk,
        "validated": statements.get(month=date(2019, 7, 1)).pk,
        "leaving": Contract.objects.filter(structure=structure, exit=None).first().pk,
        "left": Exit.objects.filter(contract__structure=structure).first().pk,
        "typed": opened.hours.order_by("contract").first().contract_id,
    }
