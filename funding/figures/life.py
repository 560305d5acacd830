"""The life of a structure: its acts, and what each leaves to do."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from funding.figures.powers import is_in
from funding.figures.unpaid import last_day
from funding.models import AnnexeVersion
from funding.models.annexe import BEING_WRITTEN, CURRENT
from parcours.models import Contract
from structures.enums import Role
from structures.models import Structure, StructureAct, User

SOON = timedelta(days=30)


def acts_of(structure: Structure) -> list[StructureAct]:
    """Last first, with who did them and the other structure; one query."""
    rows: QuerySet[StructureAct] = StructureAct.objects.of(structure)
    return list(rows.select_related("by", "structure", "other", "followed_by"))


def writes_life(user: User, structure: Structure) -> bool:
    """Whether they are an agent of its territory."""
    place = structure.commune.departement
    return any(it.agency and is_in(place, it.agency) for it in user.current_memberships)


def reads_life(user: User, structure: Structure) -> bool:
    """Agents and the administration; of the structure, its direction."""
    if user.is_superuser or writes_life(user, structure):
        return True
    return any(
        it.structure_id == structure.pk and it.role == Role.DIRECTION
        for it in user.current_memberships
    )


@dataclass(frozen=True)
class ToDo:
    """A file an act left to finish, and how."""

    version: AnnexeVersion
    what: str


def files_left(
    structure: Structure, acts: list[StructureAct], *, on: date
) -> list[ToDo]:
    """Drafts the acts opened and nobody signed; annexes in force past the closing."""
    keys = [key for act in acts for key in act.changes.get("versions", [])]
    rows: QuerySet[AnnexeVersion] = AnnexeVersion.objects.select_related(
        "annexe__convention__structure"
    )
    drafts = rows.filter(pk__in=keys, state__in=BEING_WRITTEN)
    found = [ToDo(it, "À instruire et à signer") for it in drafts]
    if structure.closed_on:
        beyond = rows.filter(annexe__convention__structure=structure, state__in=CURRENT)
        waiting = {it.annexe_id for it in drafts}
        found += [
            ToDo(it, "À clôturer")
            for it in beyond
            if on > last_day(it.ends_on, structure) and it.annexe_id not in waiting
        ]
    return found


def contracts_left(structure: Structure) -> list[Contract]:
    """Contracts that run beyond the closing, the longest last; one query at most."""
    if structure.closed_on is None:
        return []
    running: QuerySet[Contract] = Contract.objects.running_on(structure.closed_on)
    rows = running.filter(structure=structure).exclude(ends_on=structure.closed_on)
    return list(rows.order_by("ends_on", "pk"))


def visits_due(structures: QuerySet[Structure], *, on: date) -> QuerySet[Structure]:
    """Structures with a visit whose follow-up is late or due soon, and not written."""
    due = StructureAct.objects.to_follow_up(until=on + SOON)
    return structures.filter(pk__in=due.values("structure"))
