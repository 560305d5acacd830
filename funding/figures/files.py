"""What the table of moves needs to know of a file, and of who wants to move it."""

from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from funding.enums import Act, Actor
from funding.models import AnnexeVersion, SigningDelegation, StatusChange
from funding.rules.lifecycle.file import File
from structures.enums import IN_FORCE, Measure, Role
from structures.figures.legal_values import legal_value
from structures.models import Convention, Structure, User

UNLIMITED = Decimal("Infinity")


def signing_limit(user: User, structure: Structure, *, on: date) -> Decimal | None:
    """Euros an annexe of this structure may reach for this person to sign it that day.

    None when they have no delegation there; infinite when it names no amount.
    """
    place = structure.commune.departement
    limits = (
        SigningDelegation.objects.filter(user=user, since__lte=on)
        .filter(Q(until=None) | Q(until__gte=on))
        .filter(Q(agency__departement=place) | Q(agency__region=place.region_id))
        .values_list("up_to", flat=True)
    )
    return max((UNLIMITED if it is None else it for it in limits), default=None)


def actors_of(user: User, structure: Structure, *, limit: Decimal | None) -> set[Actor]:
    """In what qualities somebody acts on a structure’s files; empty for a stranger."""
    place = structure.commune.departement
    found = set()
    for member in user.current_memberships:
        agency = member.agency
        if agency and place.pk == agency.departement_id:
            found.add(Actor.AGENT)
        if agency and agency.region_id and place.region_id == agency.region_id:
            found.add(Actor.AGENT)
        if member.structure_id == structure.pk and member.role == Role.DIRECTION:
            found.add(Actor.DIRECTION)
    if limit is not None:
        found.add(Actor.SIGNATORY)
    return found


def version_file(version: AnnexeVersion, *, on: date, limit: Decimal | None) -> File:
    """Facts of a version; three queries."""
    convention = version.annexe.convention
    comments = version.comments.filter(closed_at=None)
    return File(
        on=on,
        ends_on=version.ends_on,
        total=version.total,
        borne=version.parts.aggregate(n=Sum("amount"))["n"] or Decimal(0),
        open_comments=comments.count(),
        unanswered_comments=comments.filter(answered_at=None).count(),
        needs_opinion=convention.measure == Measure.FDI_DC,
        opinion_on=convention.cdiae_opinion_on,
        is_convention_signed=convention.state in IN_FORCE,
        breach_on=last_breach(version.changes.all()),
        months_kept=months_kept(on),
        signing_limit=limit,
    )


def convention_file(convention: Convention, *, on: date, limit: Decimal | None) -> File:
    """Facts of a convention; a first one of its mesure, or an FDI, needs an opinion (R13)."""
    comments = convention.comments.filter(closed_at=None)
    earlier = Convention.objects.filter(
        structure=convention.structure_id,
        measure=convention.measure,
        signed_on__isnull=False,
        starts_on__lt=convention.starts_on,
    )
    return File(
        on=on,
        ends_on=convention.ends_on,
        open_comments=comments.count(),
        unanswered_comments=comments.filter(answered_at=None).count(),
        needs_opinion=convention.measure == Measure.FDI_DC or not earlier.exists(),
        opinion_on=convention.cdiae_opinion_on,
        breach_on=last_breach(convention.changes.all()),
        months_kept=months_kept(on),
        signing_limit=limit,
    )


def last_breach(changes: QuerySet[StatusChange]) -> date | None:
    """Day of the last letter of the file that gave notice of a breach."""
    letters = changes.filter(act=Act.NOTIFY_BREACH).order_by("-pk")
    found = letters.first()
    return found.on if found else None


def months_kept(on: date) -> int:
    return int(legal_value("mise_en_demeure_delai", on=on).value)
