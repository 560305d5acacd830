"""The payments of an annexe: due each month, paid, cumulated."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models.functions import Coalesce

from funding.enums import Bucket, Line, VersionState
from funding.figures.envelopes import transfers_behind
from funding.figures.terms import last_version, signed_versions
from funding.models import Account, AnnexeFinanciere, AnnexeVersion, Consumption
from funding.rules.payments import Term, carried_over, payment_schedule, regularised
from structures.figures.legal_values import legal_value
from structures.law import NotInForce
from structures.rules.periods import month_end, months_from

ZERO = Decimal(0)


@dataclass(frozen=True)
class PaidMonth:
    """Euros of one month. `promised` is the schedule, `due` what regularisation makes it."""

    month: date
    promised: Decimal
    due: Decimal
    paid: Decimal | None
    due_so_far: Decimal
    paid_so_far: Decimal
    is_regularised: bool = False

    @property
    def gap(self) -> Decimal:
        """Paid more than due up to this month; negative is late."""
        return self.paid_so_far - self.due_so_far


@dataclass(frozen=True)
class Schedule:
    """An annexe’s payments; `earned` is what its hours are worth, None before any."""

    months: list[PaidMonth]
    earned: Decimal | None
    modulated: Decimal

    @property
    def due(self) -> Decimal:
        return sum((month.due for month in self.months), ZERO)

    @property
    def paid(self) -> Decimal:
        return self.months[-1].paid_so_far if self.months else ZERO

    def at(self, on: date) -> PaidMonth | None:
        """The last month that is over by a day: what is due then should be paid."""
        over = [month for month in self.months if month_end(month.month) <= on]
        return over[-1] if over else None


def schedule_of(annexe: AnnexeFinanciere, *, on: date) -> Schedule:
    """Every month of the annexe, and those after it that were paid; six queries."""
    versions = signed_versions(annexe)
    paid = paid_by_month(annexe)
    if not versions:
        return Schedule([], None, modulated_of(annexe))
    version = last_version(versions)
    names = months_from(version.starts_on, version.ends_on)
    promised = promised_by(versions, on=on)
    earned = earned_by(annexe, dict(zip(names, promised, strict=True)))
    last = last_months(on=on)
    due = promised
    if earned is not None:
        due = regularised(promised, last=last, earned=min(earned, version.total))
    lines = list(zip(names, promised, due, strict=True))
    late = sorted(month for month in paid if month not in names)
    lines += [(month, ZERO, ZERO) for month in late]
    regular = set(names[max(len(names) - last, 0) :]) if earned is not None else set()
    return Schedule(
        cumulated(sorted(lines), paid, regular), earned, modulated_of(annexe)
    )


def promised_by(versions: list[AnnexeVersion], *, on: date) -> list[Decimal]:
    """The schedule of the versions, stopped when an annexe is only carried over (R87)."""
    last = last_version(versions)
    terms = [
        Term(
            since=max(version.signed_on or version.starts_on, version.starts_on),
            starts_on=version.starts_on,
            ends_on=version.ends_on,
            total=version.total,
        )
        for version in versions
        if version.modification <= last.modification
    ]
    schedule = payment_schedule(terms)
    if last.state != VersionState.PROVISOIRE:
        return schedule
    kept = months_kept(on=on)
    return schedule if kept is None else carried_over(schedule, kept=kept)


def months_kept(*, on: date) -> int | None:
    """Months paid without an avenant, as known that day; None while no text says (R87)."""
    try:
        return int(legal_value("reconduction_mois", on=on).value)
    except NotInForce:
        return None


def earned_by(
    annexe: AnnexeFinanciere, promised: dict[date, Decimal]
) -> Decimal | None:
    """What hours earned, the months not entered counted as promised; None before any."""
    rows = Consumption.objects.filter(annexe=annexe).values_list("month", "due")
    due = dict(rows)
    if not due:
        return None
    others = [amount for month, amount in promised.items() if month not in due]
    return sum(due.values(), ZERO) + sum(others, ZERO)


def last_months(*, on: date) -> int:
    """Months at the end of an annexe that the law regularises, as known that day."""
    return int(legal_value("regularisation_derniers_mois", on=on).value)


def paid_by_month(annexe: AnnexeFinanciere) -> dict[date, Decimal]:
    """Net payments by month paid: the month a payment names, else that of its day."""
    accounts = Account.objects.filter(annexe=annexe, bucket=Bucket.PAID).exclude(
        envelope__line=Line.IAE_MODULE
    )
    found: dict[date, Decimal] = defaultdict(Decimal)
    named = Coalesce("payments__period", "corrects__payments__period", "on")
    rows = transfers_behind(accounts).annotate(named=named)
    for day, signed in rows.values_list("named", "signed"):
        found[day.replace(day=1)] += signed
    return dict(found)


def modulated_of(annexe: AnnexeFinanciere) -> Decimal:
    """What was paid of the modulated share: once a year, outside the schedule."""
    found = Account.objects.filter(
        annexe=annexe, bucket=Bucket.PAID, envelope__line=Line.IAE_MODULE
    )
    return found.values_list("balance", flat=True).first() or ZERO


def cumulated(
    lines: list[tuple[date, Decimal, Decimal]],
    paid: dict[date, Decimal],
    regular: set[date],
) -> list[PaidMonth]:
    due_so_far = paid_so_far = ZERO
    found = []
    for month, promised, due in lines:
        due_so_far += due
        paid_so_far += paid.get(month, ZERO)
        found.append(
            PaidMonth(
                month,
                promised,
                due,
                paid.get(month),
                due_so_far,
                paid_so_far,
                month in regular,
            )
        )
    return found
