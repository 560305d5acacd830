"""What was paid for an annexe against what its hours earned, once its months are over."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import (
    DecimalField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce, Greatest

from funding.enums import Bucket, Line
from funding.figures.terms import SIGNED
from funding.models import (
    Account,
    AnnexeFinanciere,
    AnnexeVersion,
    Claim,
    Consumption,
)
from funding.models.annexe import COUNTED
from funding.rules.aide_au_poste import overpayment
from structures.models import User
from structures.rules.periods import months_covered, months_later

MONEY = DecimalField(max_digits=16, decimal_places=2)
ZERO = Decimal(0)


@dataclass(frozen=True)
class Overpaid:
    """Euros of one annexe; `due` is None while none of its hours is computed."""

    paid: Decimal
    due: Decimal | None
    missing: list[date] = field(default_factory=list)

    @property
    def excess(self) -> Decimal | None:
        """Euros to claim back; None when nothing can be said yet."""
        if self.due is None:
            return None
        return overpayment(paid=self.paid, due=self.due)


def with_payments(
    annexes: "QuerySet[AnnexeFinanciere]",
) -> "QuerySet[AnnexeFinanciere]":
    """Annexes with `paid`, `due` and `months` of the aide au poste; no modulated share."""
    accounts = (
        Account.objects.filter(annexe=OuterRef("pk"), bucket=Bucket.PAID)
        .exclude(envelope__line=Line.IAE_MODULE)
        .order_by()
        .values("annexe")
    )
    months = Consumption.objects.filter(annexe=OuterRef("pk")).order_by()
    ends = (
        AnnexeVersion.objects.filter(annexe=OuterRef("pk"), state__in=SIGNED)
        .order_by("-modification")
        .values("ends_on")[:1]
    )
    return annexes.annotate(
        paid=Coalesce(
            Subquery(accounts.annotate(n=Sum("balance")).values("n"), MONEY),
            Value(ZERO),
            output_field=MONEY,
        ),
        due=Subquery(months.values("annexe").annotate(n=Sum("due")).values("n"), MONEY),
        ends_on=Subquery(ends),
    )


def overpaid_annexes(
    user: User, *, year: int, on: date
) -> "QuerySet[AnnexeFinanciere]":
    """Annexes of a year, over by that day, that were paid more than their hours earned.

    `excess` is what was paid above; `claim` the titre that asks for it, `recovered_on`
    when it came back, `version` the annexe’s last one.
    """
    visible: QuerySet[AnnexeFinanciere] = AnnexeFinanciere.objects.visible_to(user)
    counted = visible.filter(year=year, versions__state__in=COUNTED).distinct()
    rows = with_payments(
        AnnexeFinanciere.objects.filter(pk__in=counted.values("pk"))
    ).filter(**{"ends_on__lt": on, "due__isnull": False, "paid__gt": 0})
    claims = Claim.objects.filter(annexe=OuterRef("pk"), cancelled_on=None)
    last = AnnexeVersion.objects.filter(annexe=OuterRef("pk")).last_first()
    return (
        rows.annotate(
            excess=Greatest(F("paid") - F("due"), Value(ZERO), output_field=MONEY),
            claim=Subquery(claims.order_by("-pk").values("pk")[:1]),
            recovered_on=Subquery(claims.order_by("-pk").values("recovered_on")[:1]),
            version=Subquery(last.values("pk")[:1]),
        )
        .filter(Q(excess__gt=0) | Q(claim__gt=0))
        .select_related("convention__structure")
    )


def overpaid_of(annexe: AnnexeFinanciere) -> Overpaid:
    """What stands for one annexe, and its months without hours; three queries."""
    mine = with_payments(AnnexeFinanciere.objects.filter(pk=annexe.pk))
    [(paid, due)] = mine.values_list(*("paid", "due"))
    versions = list(annexe.versions.filter(state__in=COUNTED))
    entered = set(
        Consumption.objects.filter(annexe=annexe).values_list("month", flat=True)
    )
    months = sorted({month for version in versions for month in months_in(version)})
    return Overpaid(paid, due, [it for it in months if it not in entered])


def months_in(version: AnnexeVersion) -> list[date]:
    first: date = version.starts_on.replace(day=1)
    count = months_covered(version.starts_on, version.ends_on)
    return [months_later(first, place) for place in range(count)]


def years_paid(user: User) -> list[int]:
    """Years with something paid, last first; one query."""
    visible = AnnexeFinanciere.objects.visible_to(user)
    paid = visible.filter(accounts__bucket=Bucket.PAID, accounts__balance__gt=0)
    return list(paid.order_by("-year").values_list("year", flat=True).distinct())
