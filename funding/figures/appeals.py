"""Decisions a structure may contest, their delays and their appeals."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from funding.enums import CONTESTABLE
from funding.models import Appeal, StatusChange
from funding.rules.appeals import last_day_to_appeal
from structures.figures.legal_values import legal_value
from structures.models import Structure


@dataclass(frozen=True)
class Decision:
    """`last_day` runs from its day; an appeal has its own, from its notification."""

    change: StatusChange
    last_day: date
    appeals: list[Appeal]


def contestable(structures: QuerySet[Structure]) -> QuerySet[StatusChange]:
    """Their refusals, suspensions and terminations, with the file of each."""
    rows: QuerySet[StatusChange] = StatusChange.objects.filter(
        Q(convention__structure__in=structures)
        | Q(version__annexe__convention__structure__in=structures),
        act__in=CONTESTABLE,
    )
    return rows.select_related(
        "convention__structure", "version__annexe__convention__structure", "by"
    )


def decisions(structure: Structure, *, months: int) -> list[Decision]:
    """Last first, with their appeals; two queries."""
    rows = contestable(Structure.objects.filter(pk=structure.pk))
    return [
        Decision(
            change,
            last_day_to_appeal(change.on, months=months),
            list(change.appeals.all()),
        )
        for change in rows.order_by("-pk").prefetch_related("appeals")
    ]


def delay(*, on: date) -> int:
    """Months to appeal, by the law of a day."""
    return int(legal_value("recours_delai", on=on).value)


def structure_of(change: StatusChange) -> Structure:
    found: Structure
    if change.version is not None:
        found = change.version.annexe.convention.structure
    else:
        assert change.convention is not None  # one or the other, says the database
        found = change.convention.structure
    return found


def is_late(appeal: Appeal, *, months: int) -> bool:
    last: date = last_day_to_appeal(appeal.notified_on, months=months)
    return bool(appeal.filed_on > last)
