"""What the ASP has still to pay of annexes that are over: they are not closed before."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from funding.enums import Bucket, Line, VersionState
from funding.figures.payments import months_kept
from funding.models import Account, AnnexeVersion, Consumption
from structures.enums import Status
from structures.models import Structure
from structures.rules.periods import months_from

ZERO = Decimal(0)


def unpaid_of(versions: Sequence[AnnexeVersion], *, on: date) -> dict[int, Decimal]:
    """Euros committed, due and not paid of each signed version, by key; two queries.

    Only of those whose last day has passed; months not entered count as promised (R18).
    Without any of them no query, one more when one is only carried over (R87). Their
    annexe, convention and structure are read with them.
    """
    over = [it for it in versions if it.status == Status.SIGNED and end_of(it) < on]
    if not over:
        return {}
    annexes = [version.annexe_id for version in over]
    held = held_by_bucket(annexes)
    earned: dict[int, dict[date, Decimal]] = defaultdict(dict)
    rows = Consumption.objects.filter(annexe__in=annexes)
    for annexe, month, due in rows.values_list("annexe", "month", "due"):
        earned[annexe][month] = due
    is_carried = any(it.state == VersionState.PROVISOIRE for it in over)
    kept = months_kept(on=on) if is_carried else None
    found = {}
    for version in over:
        committed, paid = held.get(version.annexe_id, (ZERO, ZERO))
        due = min(due_of(version, earned[version.annexe_id], kept), version.total)
        found[version.pk] = max(min(due - paid, committed), ZERO)
    return found


def held_by_bucket(annexes: list[int]) -> dict[int, tuple[Decimal, Decimal]]:
    """Committed and paid of each annexe, the modulated share apart."""
    rows = (
        Account.objects.filter(annexe__in=annexes)
        .exclude(envelope__line=Line.IAE_MODULE)
        .order_by()
        .values_list("annexe", "bucket")
        .annotate(n=Sum("balance"))
    )
    found: dict[int, dict[str, Decimal]] = defaultdict(dict)
    for annexe, bucket, balance in rows:
        found[annexe or 0][bucket] = balance
    return {
        annexe: (of.get(Bucket.COMMITTED, ZERO), of.get(Bucket.PAID, ZERO))
        for annexe, of in found.items()
    }


def due_of(
    version: AnnexeVersion, earned: dict[date, Decimal], kept: int | None
) -> Decimal:
    """Euros of the months that have run, those not entered at their equal share.

    Only `kept` months when the annexe is carried over and no avenant came (R87).
    """
    end = end_of(version)
    months = months_from(version.starts_on, version.ends_on)
    paid = months[:kept] if version.state == VersionState.PROVISOIRE else months
    missing = [month for month in paid if month not in earned and month <= end]
    return sum(earned.values(), ZERO) + version.total * len(missing) / len(months)


def end_of(version: AnnexeVersion) -> date:
    return last_day(version.ends_on, version.annexe.convention.structure)


def last_day(ends_on: date, structure: Structure) -> date:
    """What a file runs until: its own end, or the closing of its structure."""
    return min(ends_on, structure.closed_on or ends_on)
