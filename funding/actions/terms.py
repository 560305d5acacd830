"""The terms of an annexe while it is being written, and the avenants that change them."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from funding.actions.files import MoveRefused, engage
from funding.actions.trail import traced
from funding.enums import Act, Line, VersionState
from funding.figures.socle import periods_of
from funding.models import (
    AnnexeFinanciere,
    AnnexePart,
    AnnexePeriod,
    AnnexeVersion,
    Envelope,
)
from funding.models.annexe import CURRENT
from funding.rules.socle import Period, total_of_periods
from structures.enums import Status
from structures.models import User
from structures.rules.writing import etps, euros

WRITABLE = (Status.DRAFT, Status.INSTRUCTION)


@transaction.atomic
def revise_terms(
    *,
    version: AnnexeVersion,
    etp: Decimal,
    cofinanced: Decimal,
    by: User,
    on: date,
    expected: Status | None = None,
    seen: Decimal | None = None,
    seen_cofinanced: Decimal | None = None,
) -> AnnexeVersion:
    """Give a version other ETP, at the unit amount of its year, and share it out again.

    The earmarks keep their part, the département bears `cofinanced` euros, the line the
    rest. In instruction the reservation follows at once. `expected`, `seen` and
    `seen_cofinanced` are the status, the ETP and the euros the person saw. Raises MoveRefused, and a LedgerRefusal when the
    envelope cannot bear the difference.
    """
    version = to_write(version, expected)
    check_seen(version, seen, seen_cofinanced)
    with traced(version, by=by):
        version.etp, version.cofinanced, version.is_written = etp, cofinanced, True
        reprice(version)
    version.save(update_fields=["etp", "cofinanced", "total", "is_written"])
    share_out(version)
    if version.status == Status.INSTRUCTION:
        engage(version, Act.SUBMIT, on=on, by=by)
    return version


def to_write(version: AnnexeVersion, expected: Status | None) -> AnnexeVersion:
    """The version locked, while it may still be written. Raises MoveRefused."""
    locked = AnnexeVersion.objects.select_for_update(of=("self",)).select_related(
        "annexe__convention__structure__commune"
    )
    version = locked.get(pk=version.pk)
    status = Status(version.status)
    if status not in WRITABLE or (expected and status != expected):
        raise MoveRefused(
            f"L’annexe est « {status.label} » : ses termes ne se modifient plus ici. "
            "Remettez-la en instruction, ou préparez un avenant."
        )
    return version


def check_seen(
    version: AnnexeVersion, etp: Decimal | None, cofinanced: Decimal | None
) -> None:
    """Raises MoveRefused when the terms are no longer those the person saw."""
    told = etps(version.etp)
    if cofinanced is not None:
        told += f" et {euros(version.cofinanced)} de cofinancement"
    if etp not in (None, version.etp) or cofinanced not in (None, version.cofinanced):
        raise MoveRefused(
            f"Quelqu’un a écrit {told} entre-temps : relisez, puis enregistrez de "
            "nouveau si les vôtres doivent prendre leur place."
        )


def reprice(version: AnnexeVersion) -> None:
    """The amount that the ETP of a version make; not saved. Raises MoveRefused."""
    if version.etp < 0:
        raise MoveRefused(
            "Des ETP ne peuvent pas être négatifs : écrivez zéro ou plus."
        )
    version.total = total_of_periods(
        etp=version.etp, periods=periods_of(version), ends_on=version.ends_on
    )
    if version.cofinanced > version.total:
        raise MoveRefused(
            f"Le cofinancement dépasse l’aide, {euros(version.total)} : diminuez-le."
        )


def share_out(version: AnnexeVersion) -> None:
    """The parts of a version: earmarks as they are, the département’s, the rest.

    The ETP of the parts make those of the version. Posts opened within the year stay: the
    next one starts from them (R9, R84).
    """
    parts = {
        part.envelope.line: part for part in version.parts.select_related("envelope")
    }
    earmarks = [parts[line] for line in (Line.ERBM, Line.PAUVRETE) if line in parts]
    others = [parts[line] for line in (Line.CD, Line.IAE_SOCLE) if line in parts]
    opened = sum((part.posts - part.etp for part in others), Decimal(0))
    share = version.cofinanced / version.total if version.total else Decimal(0)
    borne = round(version.etp * share, 2)
    set_part(version, parts, Line.CD, version.cofinanced, borne)
    apart = version.cofinanced + sum((part.amount for part in earmarks), Decimal(0))
    if apart > version.total:
        raise MoveRefused(
            f"Les fléchages et le cofinancement font {euros(apart)}, plus que l’aide, "
            f"{euros(version.total)} : réduisez d’abord la part fléchée."
        )
    left = version.etp - borne - sum((part.etp for part in earmarks), Decimal(0))
    amount = version.total - apart
    set_part(version, parts, Line.IAE_SOCLE, amount, max(left, Decimal(0)), opened)


def set_part(
    version: AnnexeVersion,
    parts: dict[str, AnnexePart],
    line: Line,
    amount: Decimal,
    etp: Decimal,
    opened: Decimal = Decimal(0),
) -> None:
    """Write, make or remove the part of one line; its posts are its ETP and `opened`."""
    part = parts.get(line)
    if not amount:
        if part:
            part.delete()
        return
    if part is None:
        part = AnnexePart(version=version, envelope=envelope_of(version, line))
    part.etp, part.posts = etp, max(etp + opened, Decimal(0))
    part.amount = amount
    part.save()


def envelope_of(version: AnnexeVersion, line: Line) -> Envelope:
    """The département’s envelope of a line. Raises MoveRefused when there is none."""
    place = version.annexe.convention.structure.commune.departement_id
    found = Envelope.objects.filter(
        year=version.annexe.year, line=line, departement=place
    ).first()
    if found is None:
        raise MoveRefused(
            f"Aucune enveloppe « {line.label} » en {version.annexe.year} pour ce "
            "département : faites-la créer par l’administration."
        )
    return found


@transaction.atomic
def open_avenant(*, annexe: AnnexeFinanciere) -> AnnexeVersion:
    """A draft M that starts from the version in force, its parts included.

    Raises MoveRefused when none is in force, or one is being written already.
    """
    AnnexeFinanciere.objects.select_for_update().get(pk=annexe.pk)
    versions = annexe.versions.all()
    if versions.filter(state__in=[VersionState.BROUILLON, VersionState.SAISI]).exists():
        raise MoveRefused(
            "Un avenant est déjà en cours pour cette annexe : terminez-le d’abord."
        )
    current = versions.filter(state__in=CURRENT).first()
    if current is None:
        raise MoveRefused(
            "Aucune version n’est en vigueur : un avenant modifie une annexe signée."
        )
    last = versions.aggregate(n=Max("modification"))["n"]
    parts, periods = list(current.parts.all()), list(current.periods.all())
    draft = current
    draft.pk, draft.asp_id, draft._state.adding = None, None, True
    draft.modification, draft.note = last + 1, ""
    draft.state, draft.stage = VersionState.BROUILLON, ""
    draft.signed_on = draft.computed_on = None
    draft.save()
    AnnexePart.objects.bulk_create(
        AnnexePart(
            version=draft,
            envelope_id=part.envelope_id,
            etp=part.etp,
            posts=part.posts,
            amount=part.amount,
        )
        for part in parts
    )
    copy_periods(draft, periods)
    return draft


def copy_periods(
    draft: AnnexeVersion, periods: Iterable[AnnexePeriod | Period]
) -> None:
    """Give a draft the amounts of its dates; it has none before."""
    AnnexePeriod.objects.bulk_create(
        AnnexePeriod(version=draft, starts_on=it.starts_on, unit_amount=it.unit_amount)
        for it in periods
    )
