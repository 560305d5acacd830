"""One structure’s year: annexes by version, months, outcomes, money."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import QuerySet, Sum

from funding.enums import Bucket, ConsumptionStatus
from funding.models import Account, AnnexeVersion, Consumption, OutcomeReport
from funding.models.annexe import COUNTED
from funding.rules.etp import MeanToDate, consumption_status, mean_to_date
from structures.models import Structure

ZERO = Decimal(0)


def years_of(structure: Structure) -> list[int]:
    """Years with an annexe, last first; one query."""
    annexes = AnnexeVersion.objects.filter(annexe__convention__structure=structure)
    years = annexes.order_by("-annexe__year").values_list("annexe__year", flat=True)
    return list(years.distinct())


def versions_of(structure: Structure, *, year: int) -> list[AnnexeVersion]:
    """Versions of the year’s annexes, last modification first; one query."""
    rows: QuerySet[AnnexeVersion] = AnnexeVersion.objects.filter(
        annexe__convention__structure=structure, annexe__year=year
    )
    return list(
        rows.select_related("annexe__convention").order_by("annexe", "-modification")
    )


def counted(versions: list[AnnexeVersion]) -> list[AnnexeVersion]:
    """The versions that statistics and money take (R11)."""
    return [version for version in versions if version.state in COUNTED]


@dataclass
class MonthFigure:
    """ETP of a month: agreed by the version in force, realised by the hours."""

    month: date
    agreed: Decimal | None = None
    realised: Decimal | None = None
    hours: Decimal | None = None
    persons: int | None = None
    due: Decimal | None = None

    @property
    def rate(self) -> Fraction | None:
        if not self.agreed or self.realised is None:
            return None
        return Fraction(self.realised) / Fraction(self.agreed)


def etp_by_month(
    structure: Structure, versions: list[AnnexeVersion], *, year: int
) -> list[MonthFigure]:
    """Twelve rows, agreed and realised; one query. A month without hours is None."""
    months = [MonthFigure(date(year, n, 1)) for n in range(1, 13)]
    for figure in months:
        terms = [v.etp for v in counted(versions) if covers(v, figure.month)]
        figure.agreed = sum(terms, ZERO) if terms else None
    sums = (
        Consumption.objects.filter(
            annexe__convention__structure=structure, annexe__year=year
        )
        .order_by()
        .values_list("month")
        .annotate(Sum("etp"), Sum("hours"), Sum("persons"), Sum("due"))
    )
    for month, etp, hours, persons, due in sums:
        figure = months[month.month - 1]
        figure.realised, figure.hours = etp, hours
        figure.persons, figure.due = persons, due
    return months


def covers(version: AnnexeVersion, month: date) -> bool:
    first: date = version.starts_on.replace(day=1)
    return first <= month <= version.ends_on


def mean_of(months: list[MonthFigure]) -> MeanToDate | None:
    """Mean ETP of the months entered, and the months missing between them (R29)."""
    return mean_to_date(
        {m.month.month: m.realised for m in months if m.realised is not None}
    )


@dataclass(frozen=True)
class YearSoFar:
    """A structure’s year in euros and ETP; what nothing tells yet is None, never 0."""

    agreed: Decimal | None
    realised: Decimal | None
    aid: Decimal | None
    used: Decimal | None
    paid: Decimal | None

    @property
    def remaining(self) -> Decimal | None:
        return None if self.aid is None else self.aid - (self.used or ZERO)

    @property
    def rate(self) -> Fraction | None:
        if not self.agreed or self.realised is None:
            return None
        return Fraction(self.realised) / Fraction(self.agreed)

    @property
    def status(self) -> ConsumptionStatus | None:
        """Under, over or as agreed (R30); None before hours or an annexe."""
        if not self.agreed or self.realised is None:
            return None
        return consumption_status(mean=self.realised, agreed=self.agreed)


def year_so_far(
    structure: Structure,
    versions: list[AnnexeVersion],
    months: list[MonthFigure],
    *,
    year: int,
) -> YearSoFar:
    """Totals of the year; the mean counts missing months in its divisor (R29)."""
    in_force = counted(versions)
    due = [m.due for m in months if m.due is not None]
    mean = mean_of(months)
    paid = Account.objects.filter(
        bucket=Bucket.PAID, annexe__convention__structure=structure, annexe__year=year
    ).aggregate(n=Sum("balance"))["n"]
    return YearSoFar(
        agreed=sum((v.etp for v in in_force), ZERO) if in_force else None,
        realised=mean.etp if mean else None,
        aid=sum((v.total for v in in_force), ZERO) if in_force else None,
        used=sum(due, ZERO) if due else None,
        paid=paid,
    )


@dataclass(frozen=True)
class YearOutcome:
    """Exits of a year, raw counts and rates."""

    report: OutcomeReport

    @property
    def dynamic_rate(self) -> Fraction | None:
        return share(self.report.dynamic, self.report.examined)

    @property
    def durable_rate(self) -> Fraction | None:
        return share(self.report.durable, self.report.examined)

    @property
    def excluded(self) -> int:
        report = self.report
        return int(report.withdrawn + report.too_short + report.too_few_hours)


def share(part: int, whole: int) -> Fraction | None:
    """None, never 0, when the whole is 0 (R67)."""
    return Fraction(part, whole) if whole else None


def outcomes_of(structure: Structure) -> list[YearOutcome]:
    """One row per computed year, last first; one query."""
    rows = OutcomeReport.objects.filter(structure=structure).order_by("-year")
    return [YearOutcome(row) for row in rows]
