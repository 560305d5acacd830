"""One annexe as a file: what it asks of each envelope, what changed, who moved it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from funding.enums import Actor, Bucket, Subject
from funding.figures.files import actors_of, signing_limit, version_file
from funding.models import Account, AnnexeVersion
from funding.models.annexe import CURRENT
from funding.rules.lifecycle.file import File
from funding.rules.lifecycle.moves import Row, rows_for
from structures.enums import Status
from structures.models import User

BLOCKS = {
    "ETP et aide": ("etp", "unit_amount", "hours_per_etp", "total"),
    "Cofinancement": ("cofinanced", "cofinancer"),
    "Effet": ("starts_on", "ends_on"),
    "Encadrement": ("supervision_etp",),
    "Sorties prévues": (
        "forecast_exits",
        "forecast_dynamic",
        "forecast_durable",
        "forecast_transition",
        "forecast_positive",
    ),
}


@dataclass(frozen=True)
class Possible:
    """An act somebody may do, and why not today; empty when nothing stops it."""

    row: Row
    refusals: list[str]


@dataclass(frozen=True)
class PartFigure:
    """What an envelope bears of a version, and what it has left, in euros."""

    part_envelope: int
    line: str
    etp: Decimal
    amount: Decimal
    available: Decimal
    reserved: Decimal
    engaged: Decimal


@dataclass(frozen=True)
class Difference:
    """A field of a block, before and after; `before` is None for a first version."""

    block: str
    field: str
    before: object
    after: object


def dossiers(versions: QuerySet[AnnexeVersion]) -> QuerySet[AnnexeVersion]:
    """Versions with all that their page says of the structure and the convention."""
    return versions.select_related(
        "annexe__convention__structure__commune__departement__region"
    )


def possible(version: AnnexeVersion, user: User, *, on: date) -> list[Possible]:
    """The buttons of the page: what this person may do, in the order of the table."""
    structure = version.annexe.convention.structure
    limit = signing_limit(user, structure, on=on)
    actors: frozenset[Actor] = frozenset(actors_of(user, structure, limit=limit))
    file: File = version_file(version, on=on, limit=limit)
    rows = rows_for(Subject.ANNEXE, Status(version.status), actors)
    return [Possible(row, row.refusals(file)) for row in rows]


def parts_of(version: AnnexeVersion) -> list[PartFigure]:
    """One per envelope, the line first; two queries."""
    parts = list(version.parts.select_related("envelope").order_by("envelope"))
    envelopes = [part.envelope_id for part in parts]
    free = dict(
        Account.objects.filter(
            envelope__in=envelopes, bucket=Bucket.AVAILABLE
        ).values_list("envelope", "balance")
    )
    held: dict[tuple[int, str], Decimal] = {
        (envelope, bucket): balance
        for envelope, bucket, balance in Account.objects.filter(
            annexe=version.annexe_id, envelope__in=envelopes
        ).values_list("envelope", "bucket", "balance")
    }
    none = Decimal(0)
    return [
        PartFigure(
            part_envelope=part.envelope_id,
            line=part.envelope.get_line_display(),
            etp=part.etp,
            amount=part.amount,
            available=free.get(part.envelope_id, none),
            reserved=held.get((part.envelope_id, Bucket.RESERVED), none),
            engaged=held.get((part.envelope_id, Bucket.COMMITTED), none)
            + held.get((part.envelope_id, Bucket.PAID), none),
        )
        for part in parts
    ]


def before(version: AnnexeVersion) -> AnnexeVersion | None:
    """The version this one changes: the one in force, else the modification before."""
    others = version.annexe.versions.exclude(pk=version.pk)
    earlier = others.filter(modification__lt=version.modification)
    current = earlier.filter(state__in=CURRENT).first()
    return current or earlier.order_by("-modification").first()


def differences(version: AnnexeVersion) -> list[Difference]:
    """What an avenant changes, by block; empty for a first version. One query."""
    old = before(version)
    if old is None:
        return []
    return [
        Difference(block, field, getattr(old, field), getattr(version, field))
        for block, fields in BLOCKS.items()
        for field in fields
        if getattr(old, field) != getattr(version, field)
    ]
