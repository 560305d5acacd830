"""Who is followed and when: last interviews, parcours without one for too long."""

from datetime import date

from django.db.models import DateField, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from parcours.models import Contract, Interview
from parcours.models.contract import ContractQuerySet
from structures.rules.periods import months_later

MONTHS_WITHOUT_INTERVIEW = 2


def with_last_interview(contracts: QuerySet[Contract]) -> QuerySet[Contract]:
    """Contracts with `last_interview`, the date of the last one, or None."""
    last = (
        Interview.objects.filter(contract=OuterRef("pk"))
        .order_by()
        .values("contract")
        .annotate(last=Max("held_on"))
        .values("last")
    )
    return contracts.annotate(last_interview=Subquery(last, output_field=DateField()))


def without_interview(
    contracts: "ContractQuerySet[Contract]", *, on: date
) -> QuerySet[Contract]:
    """Running contracts with no interview for more than two months (R58).

    The time runs from the hiring when there was none yet.
    """
    limit = months_later(on, -MONTHS_WITHOUT_INTERVIEW)
    return (
        with_last_interview(contracts.running_on(on))
        .annotate(silent_since=Coalesce("last_interview", "hired_on"))
        .filter(Q(silent_since__lt=limit))
        .order_by("silent_since", "pk")
    )
