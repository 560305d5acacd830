"""The list of parcours: who is in it, and the contract each line shows."""

import re
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from parcours.enums import Rsa
from parcours.figures.following import without_interview
from parcours.figures.sight import with_named
from parcours.models import Contract, Parcours
from structures.figures.search import fold
from structures.models import User

PSEUDONYM = re.compile(r"P-?(\d{1,9})", re.IGNORECASE)


def listed_parcours(
    user: User, *, on: date, structure: int | None = None
) -> QuerySet[Parcours]:
    """Parcours the person sees, with what the list sorts and filters on.

    `shown` is the key of the last contract; `is_silent` says that no interview was held
    for two months (R58). Of one `structure`, only its contracts are looked at.
    """
    visible = Contract.objects.visible_to(user).filter(parcours=OuterRef("pk"))
    parcours = Parcours.objects.visible_to(user)
    if structure is not None:
        visible = visible.filter(structure=structure)
        parcours = parcours.filter(Exists(visible))
    return with_named(parcours, user).annotate(
        is_running=Exists(visible.running_on(on)),
        is_silent=Exists(without_interview(visible, on=on)),
        shown=Subquery(visible.order_by("-starts_on", "-pk").values("pk")[:1]),
        rsa=Subquery(visible.order_by("-starts_on", "-pk").values("rsa")[:1]),
        kind=Subquery(
            visible.order_by("-starts_on", "-pk").values("structure__kind")[:1]
        ),
        started_on=Subquery(visible.order_by("hired_on").values("hired_on")[:1]),
    )


def matching(parcours: QuerySet[Parcours], text: str) -> QuerySet[Parcours]:
    """By name where the name may be read, by pseudonym or number everywhere."""
    if pseudonym := PSEUDONYM.fullmatch(text.strip()):
        return parcours.filter(person_id=int(pseudonym[1]))
    for word in fold(text).split():
        found = Q(named=True, person__sort_key__contains=word)
        parcours = parcours.filter(found | Q(number__contains=word))
    return parcours


def on_rsa(parcours: QuerySet[Any]) -> QuerySet[Any]:
    """Of `listed_parcours`, whose lines carry the RSA at entry."""
    return parcours.exclude(rsa=Rsa.NO)


def shown_contracts(parcours: list[Any]) -> dict[int, Contract]:
    """The contract each line shows, with its structure and its exit; one query."""
    rows = Contract.objects.filter(pk__in=[p.shown for p in parcours])
    return {row.pk: row for row in rows.select_related("structure", "exit__motive")}
