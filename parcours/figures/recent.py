"""What was written last about people, in two lanes."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from parcours.figures.timeline import ACCOMPANIMENT, SUPERVISION, Lane
from parcours.models import Contract, Interview, SupervisionSession


@dataclass(frozen=True)
class RecentEntry:
    on: date
    lane: Lane
    title: str
    contract: Contract


def recent_entries(
    contracts: QuerySet[Contract], *, on: date, limit: int
) -> list[RecentEntry]:
    """The last interviews and sessions together, newest first; two queries.

    Nothing after `on`: an interview planned is not one held.
    """
    interviews = latest(
        Interview.objects.filter(contract__in=contracts, held_on__lte=on), limit
    )
    sessions = latest(
        SupervisionSession.objects.filter(contract__in=contracts, held_on__lte=on),
        limit,
    )
    rows = [
        *(
            RecentEntry(
                row.held_on,
                ACCOMPANIMENT,
                f"Entretien, {row.get_medium_display().lower()}",
                row.contract,
            )
            for row in interviews
        ),
        *(
            RecentEntry(row.held_on, SUPERVISION, row.task, row.contract)
            for row in sessions
        ),
    ]
    return sorted(rows, key=lambda row: row.on, reverse=True)[:limit]


def latest(rows: QuerySet, limit: int) -> QuerySet:  # type: ignore[type-arg]
    return rows.select_related("contract__person").order_by("-held_on", "-pk")[:limit]
