"""Conventions as files: the list, what may be done to one, its annexes."""

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from funding.enums import Act, Subject, Turn
from funding.figures.dossiers import Possible
from funding.figures.files import convention_file
from funding.figures.powers import Powers
from funding.models import AnnexeVersion, StatusChange
from funding.rules.lifecycle.conditions import first_day_to_terminate
from funding.rules.lifecycle.moves import rows_for
from funding.rules.lifecycle.words import TURN
from structures.enums import DROPPED, Status
from structures.figures.legal_values import legal_value
from structures.figures.search import folded
from structures.models import Convention, User


def conventions(rows: QuerySet[Convention]) -> QuerySet[Convention]:
    """Conventions with all that a page says of their structure, sorted by its name."""
    return rows.select_related("structure__commune__departement__region").annotate(
        sort_name=folded("structure__name")
    )


def of_turn(rows: QuerySet[Convention], turn: Turn) -> QuerySet[Convention]:
    """Those that wait for somebody, told by their status."""
    return rows.filter(state__in=[status for status, it in TURN.items() if it == turn])


def possible_acts(convention: Convention, user: User, *, on: date) -> list[Possible]:
    """The buttons of the page: what this person may do, in the order of the table."""
    powers = Powers.of(user, on=on)
    actors = powers.actors(convention.structure)
    file = convention_file(convention, powers, on=on)
    rows = rows_for(Subject.CONVENTION, Status(convention.state), actors)
    return [Possible(row, row.refusals(file)) for row in rows]


def last_versions_of(convention: Convention) -> list[AnnexeVersion]:
    """The last version of each annexe of a convention, by year; one query."""
    last = (
        AnnexeVersion.objects.filter(annexe=OuterRef("annexe"))
        .last_first()
        .values("pk")[:1]
    )
    rows = AnnexeVersion.objects.filter(
        annexe__convention=convention, pk=Subquery(last)
    )
    return list(rows.select_related("annexe").order_by("annexe__year", "annexe"))


def following(convention: Convention) -> Convention | None:
    """The convention that takes over from this one, when somebody opened it."""
    rows = Convention.objects.filter(
        structure=convention.structure_id,
        measure=convention.measure,
        starts_on__gt=convention.ends_on,
    ).exclude(state__in=DROPPED)
    return rows.order_by("starts_on").first()


@dataclass(frozen=True)
class Breach:
    """A letter that gave notice, and the day from which it may be terminated (R88)."""

    notified_on: date
    reason: str
    terminable_from: date


def breach_of(convention: Convention, *, on: date) -> Breach | None:
    """The notice a convention is under; None when it is under none."""
    if convention.state != Status.BREACH:
        return None
    letters = StatusChange.objects.filter(
        convention=convention, act=Act.NOTIFY_BREACH
    ).order_by("pk")
    letter = letters.last()
    if letter is None:
        return None
    months = int(legal_value("mise_en_demeure_delai", on=on).value)
    first = first_day_to_terminate(letter.on, months=months)
    return Breach(letter.on, letter.reason, first)
