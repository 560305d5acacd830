"""Who is followed and when: last interviews, parcours without one for too long."""

from datetime import date

from django.db.models import DateField, Exists, Max, OuterRef, QuerySet, Subquery

from parcours.models import Contract, Interview
from parcours.models.contract import ContractQuerySet
from parcours.rules.following import recent_since
from structures.figures.legal_values import legal_value


def with_last_interview(contracts: QuerySet[Contract]) -> QuerySet[Contract]:
    """Contracts with `last_interview`, the date of the last one of the stay, or None."""
    last = (
        of_the_stay()
        .order_by()
        .values("contract__person")
        .annotate(last=Max("held_on"))
        .values("last")
    )
    return contracts.annotate(last_interview=Subquery(last, output_field=DateField()))


def of_the_stay() -> QuerySet[Interview]:
    """Interviews of the outer contract’s stay: a renewal is another contract, not another
    person to meet."""
    return Interview.objects.filter(
        contract__person=OuterRef("person"),
        contract__structure=OuterRef("structure"),
        contract__hired_on=OuterRef("hired_on"),
    )


def without_interview(
    contracts: "ContractQuerySet[Contract]", *, on: date
) -> QuerySet[Contract]:
    """Running contracts with no interview for more than the months of the law (R58).

    The time runs from the hiring when there was none yet.
    """
    limit = recent_since(on, months=int(legal_value("entretien_delai", on=on).value))
    recent = of_the_stay().filter(held_on__gte=limit, held_on__lte=on)
    running: QuerySet[Contract] = contracts.running_on(on)
    return running.filter(~Exists(recent), hired_on__lt=limit)
