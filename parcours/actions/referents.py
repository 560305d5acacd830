"""Who is in charge of a person: named, changed, a whole caseload handed over."""

from datetime import date

from django.db import transaction

from parcours.actions.grid import roles_in
from parcours.actions.interviews import check_accompanies
from parcours.actions.refusals import ParcoursRefused
from parcours.figures.referents import advisers, referent_of
from parcours.models import Action, Contract, Person, Referent
from structures.enums import Role
from structures.models import Structure, User
from structures.rules.writing import counted, day


@transaction.atomic
def name_referent(
    *, contract: Contract, user: User, since: date, by: User, on: date
) -> Referent:
    """Put an adviser in charge of a person; whoever was stops that day.

    Raises ParcoursRefused.
    """
    check_accompanies(by, contract)
    Person.objects.select_for_update().get(pk=contract.person_id)
    if since > on:
        told = f"Le {day(since)} est à venir : désignez le référent ce jour-là."
        raise ParcoursRefused(told, field="since")
    check_adviser(user, contract.structure_id)
    before = referent_of(contract)
    if before:
        check_after(before, user, since)
        end_referent(before, since)
    return Referent.objects.create(
        person=contract.person,
        structure=contract.structure,
        user=user,
        since=since,
        by=by,
    )


def end_referent(before: Referent, on: date) -> None:
    """Raises ParcoursRefused when a handover ended it meanwhile."""
    if not Referent.objects.filter(pk=before.pk, until=None).update(until=on):
        raise ParcoursRefused("Le référent vient de changer : relisez la page.")


def check_adviser(user: User, structure: int) -> None:
    if user not in advisers(structure):
        raise ParcoursRefused(
            f"{user} n’est pas conseiller dans cette structure : choisissez l’un des "
            "conseillers.",
            field="user",
        )


def check_after(before: Referent, user: User, since: date) -> None:
    if before.user_id == user.pk:
        raise ParcoursRefused(
            f"{user} est déjà le référent depuis le {day(before.since)}.", field="user"
        )
    if since < before.since:
        raise ParcoursRefused(
            f"{before.user} est référent depuis le {day(before.since)} : indiquez une "
            "date qui ne précède pas.",
            field="since",
        )


@transaction.atomic
def hand_over(
    *,
    structure: Structure,
    source: User,
    target: User,
    seen: int,
    by: User,
    on: date,
) -> int:
    """Pass all the people of somebody to a colleague, with the actions still open.

    `seen` is how many the person was told of. By who hands over, or the direction.
    Gives how many people changed. Raises ParcoursRefused.
    """
    check_may_hand_over(structure, source, by)
    check_adviser(target, structure.pk)
    if source == target:
        raise ParcoursRefused("Choisissez quelqu’un d’autre.", field="user")
    rows = Referent.objects.select_for_update(of=("self",)).filter(
        structure=structure, user=source, until=None
    )
    passed = list(rows.order_by("pk"))
    if len(passed) != seen:
        raise ParcoursRefused(
            f"{source} suit maintenant {counted(len(passed), 'personne', 'personnes')} : "
            "relisez, puis recommencez."
        )
    people = [one.person_id for one in passed]
    Referent.objects.filter(pk__in=[one.pk for one in passed]).update(until=on)
    Referent.objects.bulk_create(
        Referent(person_id=one, structure=structure, user=target, since=on, by=by)
        for one in people
    )
    Action.objects.filter(
        owner=source,
        done_on=None,
        frein__contract__structure=structure,
        frein__contract__person__in=people,
    ).update(owner=target)
    return len(people)


def check_may_hand_over(structure: Structure, source: User, by: User) -> None:
    roles = roles_in(by, structure.pk)
    if Role.DIRECTION in roles or (source == by and Role.CIP in roles):
        return
    raise ParcoursRefused("Chacun passe ses personnes, ou la direction les passe.")
