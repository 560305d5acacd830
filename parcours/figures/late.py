"""Months that should have been entered and were not, by convention or structure."""

from datetime import date

from django.db.models import (
    Count,
    DateField,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import (
    Coalesce,
    ExtractMonth,
    ExtractYear,
    Greatest,
    Least,
)

from parcours.models import MonthlyStatement
from parcours.rules.hours import ENTERED
from structures.enums import IN_FORCE
from structures.figures.legal_values import legal_value
from structures.models import Convention, Structure
from structures.rules.periods import months_later

MONTHS_LOOKED_AT = 12


def last_month_due(on: date) -> date:
    """The last month whose entry is over on that day (R35)."""
    open_months = int(legal_value("saisie_delai", on=on).value)
    return months_later(on.replace(day=1), -open_months - 1)


def with_late_months(
    conventions: QuerySet[Convention], *, on: date
) -> QuerySet[Convention]:
    """Conventions with `late`: months due and not entered, over the last twelve.

    Source : proposition de l’application, mois M ouvert jusqu’à M+1 (R35).
    """
    last = last_month_due(on)
    first = months_later(last, 1 - MONTHS_LOOKED_AT)
    entered = (
        MonthlyStatement.objects.filter(
            convention=OuterRef("pk"), state__in=ENTERED, month__range=(first, last)
        )
        .order_by()
        .values("convention")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return (
        conventions.filter(state__in=IN_FORCE, starts_on__lte=last, ends_on__gte=first)
        .filter(open_since(first))
        .annotate(
            first_due=Greatest(F("starts_on"), Value(first, DateField())),
            last_due=Least(
                F("ends_on"), Value(last, DateField()), F("structure__closed_on")
            ),
        )
        .annotate(late=months_between() - Coalesce(Subquery(entered), 0))
    )


def open_since(first: date) -> Q:
    """Nothing is due of a structure after its last day (PostgreSQL’s least() skips NULL)."""
    closed_on = F("structure__closed_on")
    return Q(structure__closed_on=None) | Q(
        structure__closed_on__gte=first, starts_on__lte=closed_on
    )


def months_between() -> Combinable:
    years = ExtractYear("last_due") - ExtractYear("first_due")
    return years * 12 + ExtractMonth("last_due") - ExtractMonth("first_due") + 1


def late_by_structure(
    structures: QuerySet[Structure], *, on: date
) -> QuerySet[Structure]:
    """Structures with `late`, the sum over their conventions; None when none runs."""
    late = (
        with_late_months(Convention.objects.filter(structure=OuterRef("pk")), on=on)
        .order_by()
        .values("structure")
        .annotate(months=Sum("late"))
        .values("months")
    )
    return structures.annotate(late=Subquery(late, output_field=IntegerField()))
