"""The three lanes of a parcours on one line of time."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from parcours.enums import FreinState, StatementState
from parcours.figures.sight import Sight
from parcours.models import (
    Contract,
    Frein,
    Interview,
    MonthlyHours,
    SupervisionSession,
    Training,
)
from structures.rules.periods import months_later


@dataclass(frozen=True)
class Lane:
    key: str
    label: str
    icon: str


WORK = Lane("travail", "Travail", "fr-icon-briefcase-line")
SUPERVISION = Lane(
    "encadrement", "Encadrement et formation", "fr-icon-pencil-ruler-line"
)
ACCOMPANIMENT = Lane("accompagnement", "Accompagnement", "fr-icon-discuss-line")
LANES = [WORK, SUPERVISION, ACCOMPANIMENT]


@dataclass(frozen=True)
class Entry:
    """`hours` only for a month of work, whose `on` is the first day."""

    on: date
    lane: Lane
    title: str
    detail: str = ""
    hours: Decimal | None = None
    is_month: bool = False


@dataclass(frozen=True)
class Month:
    """What happened in a month, lane by lane, last first."""

    first: date
    cells: list[tuple[Lane, list[Entry]]]


def by_month(entries: list[Entry], lanes: list[Lane], *, until: date) -> list[Month]:
    """Every month from the first entry to `until`, last first: silence shows too."""
    if not entries:
        return []
    months: dict[date, list[Entry]] = {}
    first, last = entries[-1].on.replace(day=1), max(entries[0].on, until)
    while first <= last:
        months[first] = []
        first = months_later(first, 1)
    for entry in entries:
        if entry.lane in lanes:
            months[entry.on.replace(day=1)].append(entry)
    return [
        Month(
            first,
            [(lane, [e for e in inside if e.lane == lane]) for lane in lanes],
        )
        for first, inside in sorted(months.items(), reverse=True)
    ]


SightOf = Callable[[Contract], Sight]


def timeline(contracts: list[Contract], *, sight_of: SightOf) -> list[Entry]:
    """Everything that happened in these contracts, last first; five queries.

    Notes are kept from whoever is not of the structure, and the theme of a barrier of
    health or justice from whoever does not accompany.
    """
    entries = [
        *work(contracts, sight_of),
        *supervision(contracts, sight_of),
        *accompaniment(contracts, sight_of),
    ]
    return sorted(entries, key=lambda entry: entry.on, reverse=True)


def work(contracts: list[Contract], sight_of: SightOf) -> Iterator[Entry]:
    """Contracts, exits and months; one not validated is the structure’s own."""
    theirs = [one.pk for one in contracts if sight_of(one).names]
    for contract in contracts:
        until = f" au {contract.ends_on:%d/%m/%Y}" if contract.ends_on else ""
        verb = "Renouvellement" if contract.renews_id else "Embauche"
        yield Entry(
            contract.starts_on,
            WORK,
            f"{verb} : {contract.get_kind_display()}{until}",
            contract.structure.name,
        )
        if hasattr(contract, "exit"):
            motive = contract.exit.motive
            yield Entry(
                contract.exit.exited_on,
                WORK,
                f"Sortie : {motive.label}",
                motive.get_category_display(),
            )
    months = MonthlyHours.objects.filter(contract__in=contracts).filter(
        Q(contract__in=theirs) | Q(statement__state=StatementState.VALIDE)
    )
    for row in months.select_related("statement"):
        month = row.statement.month
        yield Entry(month, WORK, "Heures", hours=row.hours, is_month=True)


def supervision(contracts: list[Contract], sight_of: SightOf) -> Iterator[Entry]:
    by_pk = {contract.pk: contract for contract in contracts}
    for session in SupervisionSession.objects.filter(contract__in=contracts):
        names = sight_of(by_pk[session.contract_id]).names
        detail = joined([session.observation, session.supervisor]) if names else ""
        yield Entry(session.held_on, SUPERVISION, session.task, detail)
    for training in Training.objects.filter(contract__in=contracts):
        until = f"jusqu’au {training.ends_on:%d/%m/%Y}" if training.ends_on else ""
        title = f"Formation : {training.title}"
        yield Entry(training.starts_on, SUPERVISION, title, until, training.hours)


def accompaniment(contracts: list[Contract], sight_of: SightOf) -> Iterator[Entry]:
    by_pk = {contract.pk: contract for contract in contracts}
    for interview in Interview.objects.filter(contract__in=contracts):
        names = sight_of(by_pk[interview.contract_id]).names
        detail = joined([interview.summary, interview.counsellor]) if names else ""
        title = f"Entretien, {interview.get_medium_display().lower()}"
        minutes = f"{interview.minutes} min"
        yield Entry(
            interview.held_on,
            ACCOMPANIMENT,
            f"{title} ({minutes})",
            detail,
        )
    for frein in Frein.objects.filter(contract__in=contracts):
        sight = sight_of(by_pk[frein.contract_id])
        yield from steps_of(frein, reads=sight.reads_theme(frein.theme))


def steps_of(frein: Frein, *, reads: bool) -> Iterator[Entry]:
    theme = frein.get_theme_display() if reads else "thème réservé à l’accompagnement"
    mode = frein.get_mode_display() if frein.mode else ""
    yield Entry(frein.identified_on, ACCOMPANIMENT, f"Frein identifié : {theme}", mode)
    if frein.state == FreinState.LIFTED and frein.lifted_on:
        yield Entry(frein.lifted_on, ACCOMPANIMENT, f"Frein levé : {theme}")


def joined(parts: Iterable[str]) -> str:
    return " – ".join(filter(None, parts))
