"""Who signs for the State, where, and up to which amount."""

from datetime import date

from django.db.models import Q, QuerySet

from funding.models import SigningDelegation
from structures.models import User


def delegations_of(user: User) -> QuerySet[SigningDelegation]:
    """Those that hold somewhere in a person’s territory; all of them for an administrator."""
    rows = SigningDelegation.objects.select_related(
        "user", "agency__departement", "agency__region"
    )
    if user.is_superuser:
        return rows
    places = user.departements()
    return rows.filter(
        Q(agency__departement__in=places)
        | Q(agency__region__in=places.values("region"))
    )


def in_force(
    rows: QuerySet[SigningDelegation], *, on: date
) -> QuerySet[SigningDelegation]:
    return rows.filter(Q(until=None) | Q(until__gte=on), since__lte=on)
