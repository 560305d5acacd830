"""What the service reads of a month: its figures, its lines, what a correction changes."""

from decimal import Decimal

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from funding.figures.month_worth import month_worth
from funding.views.month.parts import banner, buttons, history, months_around, summary
from parcours.enums import StatementAct, StatementState
from parcours.figures.grid import month_lines
from parcours.models import Contract, StatementEvent
from structures.enums import Role
from structures.views.context import business_date
from structures.views.tables import Column, Empty, Link, Table

# Before it is validated, a month is the structure’s own.
READ = (StatementState.VALIDE, StatementState.DEBLOQUE)


def service_page(request, statement, roles):
    """Pseudonyms and hours; 404 while the structure has validated nothing."""
    is_of_service = Role.AGENT in roles or request.user.is_superuser
    if statement.pk is None or statement.state not in READ or not is_of_service:
        raise Http404
    lines = month_lines(statement.convention, statement.month, statement)
    worth = month_worth(statement, on=business_date())
    return render(
        request,
        "funding/month_service.html",
        {
            "banner": banner(statement, request.user),
            "summary": summary(statement, worth, lines),
            "around": {
                "months": months_around(statement.convention, statement.month),
                "buttons": buttons(statement, roles, [], on=business_date()),
            },
            "tables": [
                *correction_table(statement),
                lines_table(lines),
                history(statement, request.user),
            ],
            "statement": statement,
        },
    )


def pseudonyms(contracts):
    rows = Contract.objects.filter(pk__in=contracts).select_related("person")
    return {it.pk: (it.person.pseudonym, it.parcours_id) for it in rows}


def named(names, contract):
    name, parcours = names[contract]
    return Link(name, reverse("parcours_detail", args=[parcours]))


def lines_table(lines):
    names = pseudonyms([line.contract for line in lines])
    columns = [Column("Personne"), Column("Début", "day"), Column("Heures", "hours")]
    rows = [(named(names, it.contract), it.starts_on, it.hours) for it in lines]
    total = sum((it.hours for it in lines if it.hours is not None), Decimal(0))
    return Table(
        "Heures qui comptent, par personne",
        columns,
        rows,
        empty=Empty("Personne", "Aucun contrat ne court ce mois-ci."),
        key="lignes",
        footer=("Ensemble", None, total) if rows else (),
    )


def correction_table(statement):
    """Each line that the last correction changed, before and after; none without one."""
    before, after = last_correction(statement)
    if before is None:
        return []
    changed = {
        int(key): (before.lines.get(key), after.get(key))
        for key in {*before.lines, *after}
        if as_number(before.lines.get(key)) != as_number(after.get(key))
    }
    names = pseudonyms(changed)
    columns = [
        Column("Personne"),
        Column("Validé", "hours"),
        Column("Corrigé", "hours"),
        Column("Différence", "hours"),
    ]
    rows = [
        (named(names, key), as_number(was), as_number(now), gap(was, now))
        for key, (was, now) in sorted(changed.items())
    ]
    empty = Empty("Aucune ligne changée", "La correction n’a rien changé jusqu’ici.")
    return [
        Table(
            "Ce que la correction change",
            columns,
            rows,
            empty=empty,
            key="correction",
            footer=(
                "Ensemble",
                before.hours,
                total_of(after),
                total_of(after) - before.hours,
            )
            if rows
            else (),
        )
    ]


def last_correction(statement):
    """The event whose hours were validated before the last unlocking, and those now."""
    events = list(StatementEvent.objects.filter(statement=statement).order_by("pk"))
    unlocked = [it for it in events if it.act == StatementAct.UNLOCK]
    if not unlocked:
        return None, {}
    now = dict(statement.hours.values_list("contract", "hours"))
    return unlocked[-1], {str(key): str(hours) for key, hours in now.items()}


def as_number(text):
    return None if text is None else Decimal(text)


def gap(was, now):
    return (as_number(now) or Decimal(0)) - (as_number(was) or Decimal(0))


def total_of(lines):
    return sum((Decimal(it) for it in lines.values()), Decimal(0))
