"""The share of sorties dynamiques a structure has foreseen in its annexe."""

from decimal import Decimal

from django.db.models import Max

from funding.models import AnnexeVersion
from structures.models import Structure


def own_objective(structure: Structure, *, year: int) -> Decimal | None:
    """As a share of 1, the highest of its annexes; None when none foresees any (R64)."""
    found: Decimal | None = (
        AnnexeVersion.objects.counted()
        .filter(annexe__convention__structure=structure, annexe__year=year)
        .aggregate(n=Max("forecast_dynamic"))["n"]
    )
    return None if found is None else found / 100
