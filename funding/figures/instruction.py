"""The annexes of a year, as the agent who instructs them reads them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum

from funding.enums import Act, Bucket
from funding.figures.dossiers import Possible, dossiers, possible_of
from funding.models import Account, AnnexePart, AnnexeVersion, Envelope
from funding.models.annexe import BEING_WRITTEN
from funding.rules.engagement import Held, taken
from structures.enums import Status
from structures.figures.search import folded
from structures.models import User


def last_versions(user: User, *, year: int) -> QuerySet[AnnexeVersion]:
    """The last version of each annexe of a year this person may see.

    A refused or abandoned one is last only where there is no other.
    """
    last = (
        AnnexeVersion.objects.filter(annexe=OuterRef("annexe"))
        .last_first()
        .values("pk")[:1]
    )
    visible: QuerySet[AnnexeVersion] = AnnexeVersion.objects.visible_to(user)
    return by_name(dossiers(visible.filter(annexe__year=year, pk=Subquery(last))))


def counted_versions(user: User, *, year: int) -> QuerySet[AnnexeVersion]:
    """The versions of a year that statistics and money take (R11), of those one may see."""
    visible: QuerySet[AnnexeVersion] = AnnexeVersion.objects.visible_to(user)
    counted = AnnexeVersion.objects.counted().values("pk")
    return by_name(dossiers(visible.filter(annexe__year=year, pk__in=counted)))


def by_name(versions: QuerySet[AnnexeVersion]) -> QuerySet[AnnexeVersion]:
    """Versions with `sort_name`, their structure’s name as lists sort it."""
    return versions.annotate(sort_name=folded("annexe__convention__structure__name"))


def years_seen(user: User) -> list[int]:
    """Years with an annexe, last first; one query."""
    visible = AnnexeVersion.objects.visible_to(user)
    years = visible.order_by("-annexe__year").values_list("annexe__year", flat=True)
    return list(years.distinct())


@dataclass(frozen=True)
class Line:
    """One version in a lot, and why the act cannot be done to it; empty when it can."""

    version: AnnexeVersion
    refusal: str


def lines_of(
    versions: Sequence[AnnexeVersion], act: Act, user: User, *, on: date
) -> list[Line]:
    """What an act would meet on each version, in the order given; six queries at most."""
    found = possible_of(versions, user, on=on)
    return [Line(one, why_not(one, act, found[one.pk])) for one in versions]


def why_not(version: AnnexeVersion, act: Act, possible: list[Possible]) -> str:
    for it in possible:
        if it.row.act == act:
            return " ".join(it.refusals)
    return f"« {act.label} » ne se fait pas sur « {Status(version.status).label} »."


@dataclass(frozen=True)
class Effect:
    """What a lot takes from an envelope, in euros; negative when it gives back."""

    envelope: Envelope
    taken: Decimal
    available: Decimal

    @property
    def after(self) -> Decimal:
        return self.available - self.taken


def effects(versions: list[AnnexeVersion], act: Act) -> list[Effect]:
    """What an act done to all of them would change in each envelope; three queries."""
    parts = AnnexePart.objects.filter(version__in=versions).select_related(
        "envelope__departement", "version"
    )
    held = held_by({version.annexe_id for version in versions})
    asked: dict[Envelope, Decimal] = {}
    for part in parts:
        now = held.get((part.version.annexe_id, part.envelope_id), Held())
        due = taken(act, part.amount, now)
        asked[part.envelope] = asked.get(part.envelope, Decimal(0)) + due
    free = dict(
        Account.objects.filter(
            envelope__in=list(asked), bucket=Bucket.AVAILABLE
        ).values_list("envelope", "balance")
    )
    found = [
        Effect(it, sum_, free.get(it.pk, Decimal(0))) for it, sum_ in asked.items()
    ]
    return sorted((it for it in found if it.taken), key=lambda it: it.envelope.pk)


def held_by(annexes: set[int]) -> dict[tuple[int, int], Held]:
    """What each annexe holds on each envelope; one query."""
    found: dict[tuple[int, int], dict[str, Decimal]] = {}
    rows = Account.objects.filter(annexe__in=annexes).values_list(
        "annexe", "envelope", "bucket", "balance"
    )
    for annexe, envelope, bucket, balance in rows:
        found.setdefault((annexe or 0, envelope or 0), {})[bucket] = balance
    none = Decimal(0)
    return {
        key: Held(
            reserved=of.get(Bucket.RESERVED, none),
            committed=of.get(Bucket.COMMITTED, none),
            paid=of.get(Bucket.PAID, none),
        )
        for key, of in found.items()
    }


def with_signed(versions: QuerySet[AnnexeVersion]) -> QuerySet[AnnexeVersion]:
    """Versions with `signed_etp` and `signed_total`, those of their annexe that count.

    The version in force while an avenant is written, null before a first signature (R11).
    """
    counted = AnnexeVersion.objects.counted().filter(annexe=OuterRef("annexe"))
    last = counted.order_by("-modification")
    return versions.annotate(
        signed_etp=Subquery(last.values("etp")[:1]),
        signed_total=Subquery(last.values("total")[:1]),
    )


def totals(versions: QuerySet[AnnexeVersion]) -> dict[str, Decimal | int | None]:
    """ETP, euros and cofinancing of all of them, and of the signed ones; one query.

    `avenants` are those being written, that stand for a signed version.
    """
    replacing = Q(state__in=BEING_WRITTEN, signed_etp__isnull=False)
    return (
        with_signed(versions)
        .order_by()
        .aggregate(
            **{name: Sum(name) for name in ("etp", "total", "cofinanced")},
            etp_signed=Sum("signed_etp"),
            total_signed=Sum("signed_total"),
            avenants=Count("pk", filter=replacing),
        )
    )
