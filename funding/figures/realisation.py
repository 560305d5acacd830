"""ETP agreed and realised of a year, by structure, kind or département."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import (
    Count,
    DecimalField,
    ExpressionWrapper,
    F,
    Max,
    Min,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import ExtractMonth, NullIf

from funding.models import AnnexeVersion, Consumption
from structures.figures.legal_values import legal_value
from structures.models import Structure

ETP = DecimalField(max_digits=14, decimal_places=6)
OF_STRUCTURE = "annexe__convention__structure"


def with_year(structures: QuerySet[Structure], *, year: int) -> QuerySet[Structure]:
    """Structures with `agreed` and `aid` of the year, `realised` (mean ETP) and `rate`.

    The mean runs from the first month entered to the last: a missing month counts in
    the divisor, as the State counts (R29).
    """
    versions = (
        AnnexeVersion.objects.counted()
        .filter(annexe__convention__structure=OuterRef("pk"), annexe__year=year)
        .order_by()
        .values(OF_STRUCTURE)
    )
    months = (
        Consumption.objects.filter(
            annexe__convention__structure=OuterRef("pk"), annexe__year=year
        )
        .order_by()
        .values(OF_STRUCTURE)
    )
    return structures.annotate(
        agreed=Subquery(versions.annotate(n=Sum("etp")).values("n")),
        aid=Subquery(versions.annotate(n=Sum("total")).values("n")),
        realised=Subquery(months.annotate(n=mean_etp()).values("n")),
    ).annotate(rate=ratio("realised", "agreed"))


def with_realised(
    versions: QuerySet[AnnexeVersion], *, on: date
) -> QuerySet[AnnexeVersion]:
    """Versions with `realised`, mean ETP of the months of their annexe; null without any."""
    months = (
        Consumption.objects.filter(annexe=OuterRef("annexe"), month__lte=on)
        .order_by()
        .values("annexe")
    )
    return versions.annotate(
        realised=Subquery(months.annotate(n=mean_etp()).values("n"))
    )


def realised_total(versions: QuerySet[AnnexeVersion]) -> dict[str, Decimal | None]:
    """Of `with_realised`, the sum of the means, as those of a territory (R29); one query."""
    # Under its own name, the sum would take the place of what it sums.
    found = versions.order_by().aggregate(n=Sum("realised"))
    return {"realised": found["n"]}


def mean_etp() -> "ExpressionWrapper[CombinedExpression]":
    span = ExtractMonth(Max("month")) - ExtractMonth(Min("month")) + 1
    return ExpressionWrapper(Sum("etp") / span, output_field=ETP)


def ratio(part: str, whole: str) -> "ExpressionWrapper[CombinedExpression]":
    return ExpressionWrapper(F(part) / NullIf(F(whole), Value(0)), output_field=ETP)


def low_rate(*, on: date) -> Decimal:
    """Rate under which the ETP realised call for a take-back, as known on that day (R37)."""
    return 1 - legal_value("reprise_seuil", on=on).value


@dataclass(frozen=True)
class GroupFigure:
    """One kind or one département: structures, ETP of the year, aid in euros."""

    key: str
    structures: int
    agreed: Decimal
    realised: Decimal | None
    aid: Decimal

    @property
    def rate(self) -> Fraction | None:
        if not self.agreed or self.realised is None:
            return None
        return Fraction(self.realised) / Fraction(self.agreed)


def totals_by(
    by: str, structures: QuerySet[Structure], *, year: int, on: date
) -> list[GroupFigure]:
    """One row per value of `by` ("kind" or "commune__departement"); two queries.

    Only structures with an annexe that counts in the year are in. Realised is the sum
    of the means of the annexes, None when no month was entered.
    """
    column = f"{OF_STRUCTURE}__{by}"
    inside = {f"{OF_STRUCTURE}__in": structures, "annexe__year": year}
    versions = AnnexeVersion.objects.counted().filter(**inside).order_by()
    agreed = versions.values(column).annotate(
        n=Count(OF_STRUCTURE, distinct=True), etp=Sum("etp"), aid=Sum("total")
    )
    realised: dict[str, Decimal] = {}
    months = Consumption.objects.filter(**inside, month__lte=on).order_by()
    for row in months.values(column, "annexe").annotate(mean=mean_etp()):
        realised[row[column]] = realised.get(row[column], Decimal(0)) + row["mean"]
    rows = [
        GroupFigure(
            row[column],
            row["n"],
            row["etp"],
            realised.get(row[column]),
            row["aid"],
        )
        for row in agreed
    ]
    return sorted(rows, key=lambda row: row.key)


def total_of(rows: list[GroupFigure]) -> GroupFigure:
    """The sum of the rows; nothing realised is None, as in each of them (R29)."""
    realised = [row.realised for row in rows if row.realised is not None]
    return GroupFigure(
        "",
        sum(row.structures for row in rows),
        sum((row.agreed for row in rows), Decimal(0)),
        sum(realised, Decimal(0)) if realised else None,
        sum((row.aid for row in rows), Decimal(0)),
    )
