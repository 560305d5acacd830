"""An annexe shared out over its envelopes: earmarks, the département’s part, the line."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction

from funding.actions.files import MoveRefused, engage
from funding.actions.ledger_refusals import BY_CONSTRAINT, LedgerRefusal
from funding.actions.refusals import ActRefused
from funding.actions.terms import WRITABLE, share_out
from funding.actions.trail import traced
from funding.enums import Act
from funding.figures.allocation import amount_of, forbidden, mark_of, near_paid
from funding.models import AnnexePart, AnnexeVersion, Envelope
from structures.enums import Status
from structures.models import User
from structures.rules.writing import euros


@dataclass(frozen=True)
class Share:
    """What an earmark bears: ETP over the year, and posts open on 31 December (R84)."""

    etp: Decimal
    posts: Decimal


@transaction.atomic
def allocate(
    *,
    version: AnnexeVersion,
    shares: Mapping[Envelope, Share],
    cofinanced: Decimal,
    by: User,
    on: date,
    expected: Status | None = None,
    seen: str = "",
) -> AnnexeVersion:
    """Give each earmark its part; the line bears what is left.

    In instruction the reservation follows at once. `seen` is the mark of the parts the
    person had before them. Raises MoveRefused when they changed, the version is no longer
    written or the parts exceed it, ActRefused outside a perimeter (R82), and a
    LedgerRefusal when an envelope cannot bear its part.
    """
    locked = AnnexeVersion.objects.select_for_update(of=("self",)).select_related(
        "annexe__convention__structure__commune"
    )
    version = locked.get(pk=version.pk)
    check_current(version, expected, seen)
    if cofinanced > version.total:
        raise MoveRefused(
            f"Le cofinancement dépasse l’aide, {euros(version.total)} : diminuez-le."
        )
    for envelope, share in shares.items():
        bear(version, envelope, share)
    with traced(version, by=by):
        version.cofinanced, version.is_written = cofinanced, True
    version.save(update_fields=["cofinanced", "is_written"])
    share_out(version)
    if version.status == Status.INSTRUCTION:
        engage(version, Act.SUBMIT, on=on, by=by)
    return version


def check_current(version: AnnexeVersion, expected: Status | None, seen: str) -> None:
    """Raises MoveRefused when the version is not as the person had it before them."""
    status = Status(version.status)
    if status not in WRITABLE or (expected and status != expected):
        raise MoveRefused(
            f"L’annexe est « {status.label} » : sa répartition ne se modifie plus ici. "
            "Remettez-la en instruction, ou préparez un avenant."
        )
    if seen and seen != mark_of(version):
        raise MoveRefused(
            "Quelqu’un a changé les termes ou la répartition entre-temps : relisez ce que "
            "chaque enveloppe porte, puis enregistrez de nouveau."
        )


def bear(version: AnnexeVersion, envelope: Envelope, share: Share) -> None:
    """Write, change or remove the part of an earmark. Raises ActRefused."""
    if not share.etp:
        version.parts.filter(envelope=envelope).delete()
        return
    check_perimeter(version, envelope)
    try:
        with transaction.atomic():
            AnnexePart.objects.update_or_create(
                version=version,
                envelope=envelope,
                defaults={
                    "etp": share.etp,
                    "posts": share.posts,
                    "amount": near_paid(
                        version, envelope, amount_of(version, share.etp)
                    ),
                },
            )
    except IntegrityError as error:
        raise LedgerRefusal.of(error) or error from error


def check_perimeter(version: AnnexeVersion, envelope: Envelope) -> None:
    """Raises ActRefused when the envelope serves another place (R82)."""
    name = forbidden(envelope, version.annexe)
    if name:
        raise ActRefused(BY_CONSTRAINT[name].user_message, field=f"etp_{envelope.pk}")
