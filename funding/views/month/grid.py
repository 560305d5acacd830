"""The month in a grid, for the staff of the structure; its cells saved as they are typed."""

import calendar
import json
from dataclasses import dataclass
from datetime import date

from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from funding.figures.month_worth import month_worth
from funding.views.month.parts import (
    absence_words,
    banner,
    buttons,
    check_links,
    history,
    months_around,
    summary,
)
from funding.views.month.service import service_page
from parcours.actions.grid import Typed, save_cells
from parcours.actions.refusals import ParcoursRefused
from parcours.actions.statements import roles_for
from parcours.enums import StatementState
from parcours.figures.grid import WHOLE, month_lines, statement_of
from parcours.figures.prechecks import month_checks
from parcours.models import MonthlyStatement
from parcours.rules.absences import COUNTED_IN_WORDS
from parcours.rules.planned import is_worked, public_holidays
from parcours.rules.statements import ENTERING, may_enter
from structures.enums import StructureKind
from structures.models import Convention
from structures.rules.merging import fingerprint
from structures.rules.periods import month_end
from structures.templatetags import formats
from structures.views.context import business_date

MOST_CELLS = 20_000  # 600 people by day: more is no month
LETTERS = "LMMJVSD"


@dataclass(frozen=True)
class Day:
    """A column of the grid: its name in the address, its number, why it is not worked."""

    name: str
    number: int
    letter: str
    off: str


def asked_month(word):
    """The first day of a month written 2019-05."""
    try:
        return date.fromisoformat(f"{word}-01")
    except ValueError as error:
        raise Http404 from error


def asked(request, pk, word):
    """The convention and the month, when the month is one of its own."""
    conventions = Convention.objects.visible_to(request.user).select_related(
        "structure__commune__departement"
    )
    convention = get_object_or_404(conventions, pk=pk)
    month = asked_month(word)
    if not (convention.starts_on <= month_end(month) and month <= convention.ends_on):
        raise Http404
    return convention, month


def address(convention, month):
    return reverse("month_grid", args=[convention.pk, f"{month:%Y-%m}"])


@require_safe
def month_grid(request, pk, month):
    """The grid for who works there; its totals for the service that pays it."""
    convention, month = asked(request, pk, month)
    statement = statement_of(convention, month) or MonthlyStatement(
        convention=convention, month=month
    )
    statement.convention = convention
    roles = roles_for(request.user, statement)
    if not roles & ENTERING:
        return service_page(request, statement, roles)
    on = business_date()
    known = statement if statement.pk else None
    lines = month_lines(convention, month, known)
    checks = month_checks(convention, month, known, on=on, lines=lines)
    worth = month_worth(statement, on=on) if known else None
    kind = StructureKind(convention.structure.kind)
    return render(
        request,
        "funding/month_grid.html",
        {
            "statement": statement,
            "banner": banner(statement, request.user),
            "summary": summary(statement, worth, lines),
            "grid": {
                "word": f"{month:%Y-%m}",
                "days": days_of(month),
                "lines": [shown(line, month) for line in lines],
                "may_enter": may_enter(StatementState(statement.state), roles),
                "counting": COUNTED_IN_WORDS[kind],
                "absences": absence_words(),
            },
            "checks": check_links(checks),
            "around": {
                "months": months_around(convention, month),
                "buttons": buttons(statement, roles, checks, on=on),
                "history": history(known, request.user),
            },
        },
    )


def days_of(month):
    holidays = public_holidays(month.year)
    found = []
    for number in range(1, calendar.monthrange(month.year, month.month)[1] + 1):
        day = month.replace(day=number)
        off = holidays.get(day, "") or ("" if is_worked(day) else "week-end")
        found.append(Day(f"{number:02}", number, LETTERS[day.weekday()], off))
    return found


def shown(line, month):
    """A line with its cells in the order of the columns, closed outside the contract.

    One that holds hours stays open, to be emptied: somebody left since.
    """
    cells = []
    for day in days_of(month):
        text = line.cells.get(day.name, "")
        cells.append((day, text, bool(text) or in_contract(line, day, month)))
    return {"line": line, "cells": cells, "whole": line.cells.get(WHOLE, "")}


def in_contract(line, day, month):
    on = month.replace(day=day.number)
    return line.starts_on <= on and (line.ends_on is None or on <= line.ends_on)


@require_POST
def month_save(request, pk, month):
    """Cells sent by the grid; what was saved, what was not and why, and the totals."""
    convention, month = asked(request, pk, month)
    statement = MonthlyStatement(convention=convention, month=month)
    if not roles_for(request.user, statement) & ENTERING:
        raise Http404
    try:
        saved = save_cells(
            convention=convention, month=month, typed=typed(request), by=request.user
        )
    except ParcoursRefused as refusal:
        return JsonResponse({"refused": refusal.user_message}, status=409)
    return JsonResponse(told(saved))


def typed(request):
    """The cells of the request; one that is not well made is a wrong request."""
    try:
        sent = json.loads(request.body)["cells"]
        return [
            Typed(
                contract=int(one["contract"]),
                cell=str(one["cell"])[:4],
                text=str(one["text"])[:80],
                seen=fingerprint(str(one["was"])),
            )
            for one in sent[:MOST_CELLS]
        ]
    except (ValueError, KeyError, TypeError, OverflowError) as error:
        raise Http404 from error


def told(saved):
    worth = month_worth(saved.statement, on=business_date())
    return {
        "lines": {
            str(key): {
                "cells": row.days or ({WHOLE: row.entry} if row.entry else {}),
                "hours": formats.hours(row.hours if row.worked is not None else None),
            }
            for key, row in saved.lines.items()
        },
        "problems": [vars(problem) for problem in saved.problems],
        "totals": totals(worth),
    }


def totals(worth):
    """The figures of the month as they are written above the grid."""
    if worth is None:
        return {"heures": formats.EMPTY, "etp": formats.EMPTY, "aide": formats.EMPTY}
    return {
        "heures": formats.hours(worth.hours),
        "etp": formats.etp(worth.etp),
        "aide": formats.cents(worth.due),
    }
