"""One annexe as a file: what it asks of each envelope, what changed, who moved it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from funding.enums import Bucket, Subject
from funding.figures.files import version_files
from funding.figures.powers import Powers
from funding.models import Account, AnnexeVersion
from funding.models.annexe import CURRENT
from funding.rules.aide_au_poste import Change
from funding.rules.lifecycle.moves import Row, rows_for
from structures.enums import DROPPED, Status
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
    return possible_of([version], user, on=on)[version.pk]


def possible_of(
    versions: Sequence[AnnexeVersion], user: User, *, on: date
) -> dict[int, list[Possible]]:
    """The buttons of each version, by key; six queries at most, however many they are."""
    powers = Powers.of(user, on=on)
    files = version_files(versions, powers, on=on)
    found = {}
    for version in versions:
        actors = powers.actors(version.annexe.convention.structure)
        rows = rows_for(Subject.ANNEXE, Status(version.status), actors)
        file = files[version.pk]
        found[version.pk] = [Possible(row, row.refusals(file)) for row in rows]
    return found


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
    """The version this one changes: the one in force, else the modification before.

    What was abandoned or refused was never in force: nothing changes it.
    """
    others = version.annexe.versions.exclude(pk=version.pk).exclude(status__in=DROPPED)
    earlier = others.filter(modification__lt=version.modification)
    current = earlier.filter(state__in=CURRENT).first()
    return current or earlier.order_by("-modification").first()


def money_change(version: AnnexeVersion, old: AnnexeVersion) -> Change:
    """What an avenant adds in ETP and euros, and to whom; negative for a take-back (R19)."""
    total = version.total - old.total
    departement = version.cofinanced - old.cofinanced
    return Change(
        etp=version.etp - old.etp,
        total=total,
        departement=departement,
        state=total - departement,
    )


def differences(version: AnnexeVersion, old: AnnexeVersion | None) -> list[Difference]:
    """What an avenant changes of the version before it, by block."""
    if old is None:
        return []
    return [
        Difference(block, field, getattr(old, field), getattr(version, field))
        for block, fields in BLOCKS.items()
        for field in fields
        if getattr(old, field) != getattr(version, field)
    ]


def label_of(field: str) -> str:
    """A field of a version as a title: only its first letter changes (ETP stays ETP)."""
    column = AnnexeVersion._meta.get_field(field)
    name = str(getattr(column, "verbose_name", field))
    return name[0].upper() + name[1:]
