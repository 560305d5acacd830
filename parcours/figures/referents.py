"""Who is in charge of whom: the referent of a person, the caseload of an adviser."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from parcours.figures.following import with_last_interview
from parcours.figures.sight import accompanied_structures
from parcours.models import Action, Contract, Referent
from structures.enums import Role
from structures.models import User


@dataclass(frozen=True)
class CaseLine:
    """A person of a caseload: their last contract, interview, and what is due."""

    contract: Contract
    last_interview: date | None
    is_running: bool
    late: int
    due_on: date | None


def advisers(structure: int) -> QuerySet[User]:
    """Who may be the referent of people there: its CIP."""
    return User.objects.filter(
        is_active=True,
        memberships__structure=structure,
        memberships__role=Role.CIP,
    ).distinct()


def referent_of(contract: Contract) -> Referent | None:
    rows = Referent.objects.filter(
        person=contract.person_id, structure=contract.structure_id, until=None
    )
    return rows.select_related("user").first()


def is_referent(user: User, contract: Contract) -> bool:
    """In charge of the person today, and still an adviser there."""
    referent = referent_of(contract)
    return (
        referent is not None
        and referent.user_id == user.pk
        and any(
            it.structure_id == contract.structure_id and it.role == Role.CIP
            for it in user.current_memberships
        )
    )


def caseload(user: User, *, on: date) -> list[CaseLine]:
    """The people somebody is in charge of where they still work, by name; two queries."""
    own = accompanied_structures(user)
    mine = Referent.objects.filter(
        person=OuterRef("person"),
        structure=OuterRef("structure"),
        structure__in=own,
        user=user,
        until=None,
    )
    running = Contract.objects.running_on(on).filter(pk=OuterRef("pk"))
    rows = Contract.objects.filter(Exists(mine)).annotate(running=Exists(running))
    latest = with_last_interview(rows).select_related("person", "structure")
    contracts = latest.order_by(
        "person_id", "structure_id", "-starts_on", "-pk"
    ).distinct("person_id", "structure_id")
    due = due_by_person(user)
    lines = [case_line(one, due, on) for one in contracts]
    return sorted(lines, key=lambda it: it.contract.person.sort_key)


def due_by_person(user: User) -> dict[tuple[int, int], list[date]]:
    """Days of the open actions, of each person and structure of a caseload; one query."""
    theirs = Referent.objects.filter(
        person=OuterRef("frein__contract__person"),
        structure=OuterRef("frein__contract__structure"),
        structure__in=accompanied_structures(user),
        user=user,
        until=None,
    )
    rows = Action.objects.filter(Exists(theirs), done_on=None, due_on__isnull=False)
    found: dict[tuple[int, int], list[date]] = {}
    columns = "frein__contract__person", "frein__contract__structure", "due_on"
    for person, structure, due_on in rows.values_list(*columns):
        found.setdefault((person, structure), []).append(due_on)
    return found


def case_line(
    contract: Contract, due: dict[tuple[int, int], list[date]], on: date
) -> CaseLine:
    days = due.get((contract.person_id, contract.structure_id), [])
    return CaseLine(
        contract=contract,
        last_interview=contract.last_interview,  # type: ignore[attr-defined]  # annotated
        is_running=contract.running,  # type: ignore[attr-defined]  # annotated
        late=sum(day < on for day in days),
        due_on=min(days, default=None),
    )


def caseloads(structure: int) -> list[tuple[User, int]]:
    """How many people each adviser, or former one, is in charge of; one query."""
    open_here = Q(referent_of__structure=structure, referent_of__until=None)
    users = User.objects.filter(
        Q(pk__in=advisers(structure).values("pk"))
        | Q(
            Exists(
                Referent.objects.filter(
                    user=OuterRef("pk"), structure=structure, until=None
                )
            )
        )
    )
    counted = users.annotate(people=Count("referent_of", filter=open_here))
    return [(one, one.people) for one in counted.order_by("last_name", "pk")]
