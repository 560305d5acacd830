"""FDI requests as lists and records: what each holds, who may act, what the law caps."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from funding.enums import Actor, Bucket, FdiKind, FdiStatus, Line
from funding.figures.powers import Powers
from funding.models import Account, Envelope, FdiRequest
from funding.rules.fdi import Row, rows_from
from structures.figures.legal_values import legal_value
from structures.law import NotInForce
from structures.models import Structure, User

ZERO = Decimal(0)
PARAMETER = "fdi_plafond"


def requests_of(user: User, *, year: int) -> "QuerySet[FdiRequest]":
    """Requests on the year's envelopes that this person may see."""
    visible: QuerySet[FdiRequest] = FdiRequest.objects.visible_to(user)
    return visible.filter(envelope__year=year).select_related(
        "structure__commune", "envelope"
    )


def years_of(user: User) -> list[int]:
    """Years with a request, last first; one query."""
    years = FdiRequest.objects.visible_to(user).values_list("envelope__year", flat=True)
    return list(years.order_by("-envelope__year").distinct())


def counts(requests: "QuerySet[FdiRequest]") -> dict[str, int]:
    """Requests by status; one query."""
    rows = requests.order_by().values_list("status").annotate(n=Count("pk"))
    return dict(rows)


@dataclass(frozen=True)
class Sums:
    requested: Decimal
    agreed: Decimal


def sums_of(requests: "QuerySet[FdiRequest]") -> Sums:
    found = requests.order_by().aggregate(a=Sum("requested"), b=Sum("agreed"))
    return Sums(found["a"] or ZERO, found["b"] or ZERO)


def held_by(request: FdiRequest) -> dict[Bucket, Decimal]:
    """Euros of a request by bucket, zero for one never opened; one query."""
    held = dict.fromkeys(Bucket, ZERO)
    rows = Account.objects.filter(fdi=request).values_list("bucket", "balance")
    held |= {Bucket(bucket): balance for bucket, balance in rows}
    return held


def line_of(structure: Structure, *, year: int) -> Envelope | None:
    """The FDI line of a structure’s département, if it has one that year; one query."""
    place = structure.commune.departement_id
    return Envelope.objects.filter(line=Line.FDI, departement=place, year=year).first()


def available_for(request: FdiRequest, *, on: date) -> Decimal:
    """What its FDI line has left, that of the decision’s year before it; two queries."""
    envelope: Envelope | None = request.envelope
    if request.status == FdiStatus.ADVISED:
        envelope = line_of(request.structure, year=on.year)
    found = Account.objects.filter(envelope=envelope, bucket=Bucket.AVAILABLE)
    return found.values_list("balance", flat=True).first() or ZERO


def actors_on(
    request: FdiRequest, user: User, *, on: date, amount: Decimal | None = None
) -> frozenset[Actor]:
    """In what qualities somebody acts on a request; who signs, up to their delegation."""
    powers = Powers.of(user, on=on)
    actors = powers.actors(request.structure)
    limit = powers.limit(request.structure)
    if limit is not None and amount is not None and amount > limit:
        actors -= {Actor.SIGNATORY}
    return actors


def possible(request: FdiRequest, user: User, *, on: date) -> list[Row]:
    """The buttons of a request's page."""
    return rows_from(FdiStatus(request.status), actors_on(request, user, on=on))


def cap_of(kind: FdiKind, *, on: date) -> Decimal | None:
    """Euros this kind of aid may reach; None when nothing caps it (R85)."""
    try:
        return legal_value(PARAMETER, kind, on=on).value
    except NotInForce:
        return None


def usual_share(*, on: date) -> Decimal:
    """Share of an aid paid in advance, as the law says it that day (R85)."""
    return legal_value("fdi_part_avance", on=on).value
