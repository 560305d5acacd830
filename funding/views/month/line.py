"""The month of one person: a cell a day, on a phone or without a script."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from funding.views.month.grid import asked, days_of, in_contract
from funding.views.month.parts import absence_words, month_url
from parcours.actions.grid import Typed, save_cells
from parcours.actions.refusals import ParcoursRefused
from parcours.actions.statements import roles_for
from parcours.enums import StatementState
from parcours.figures.grid import WHOLE, month_lines, statement_of
from parcours.models import MonthlyStatement
from parcours.rules.statements import ENTERING, may_enter
from structures.rules.merging import fingerprint
from structures.templatetags import formats


@dataclass(frozen=True)
class Box:
    """A cell to fill: what it holds, what the page had shown of it, why it is refused."""

    name: str
    label: str
    text: str
    was: str
    error: str = ""
    off: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
def month_line(request, pk, month, contract):
    convention, month = asked(request, pk, month)
    statement = statement_of(convention, month) or MonthlyStatement(
        convention=convention, month=month
    )
    statement.convention = convention
    roles = roles_for(request.user, statement)
    lines = month_lines(convention, month, statement if statement.pk else None)
    keys = [it.contract for it in lines]
    if not roles & ENTERING or contract not in keys:
        raise Http404
    place = keys.index(contract)
    line, refused, errors = lines[place], "", {}
    if request.method == "POST":
        refused, errors = saved(request, convention, month, line)
        if not refused and not errors:
            messages.success(request, f"{line.name} : les heures sont enregistrées.")
            return redirect(after(request, convention, month, keys, place))
    context = {
        "line": line,
        "title": f"{line.name}, {formats.month(month)}",
        "boxes": boxes(line, month, request.POST, errors),
        "refused": refused,
        "may_enter": may_enter(StatementState(statement.state), roles),
        "place": {
            "back": month_url(convention, month),
            "next": keys[place + 1 :][:1],
            "absences": absence_words(),
        },
    }
    return render(request, "funding/month_line.html", context)


def after(request, convention, month, keys, place):
    """The next person when it is asked for, else the month."""
    following = keys[place + 1 :][:1]
    if "suivant" in request.POST and following:
        return reverse("month_line", args=[convention.pk, f"{month:%Y-%m}", *following])
    return f"{month_url(convention, month)}#c{keys[place]}"


def boxes(line, month, data, errors):
    """The whole month, then each day of the contract; what was typed comes back."""
    found = [box(WHOLE, "Le mois entier", "", line, data, errors)]
    for day in days_of(month):
        if line.cells.get(day.name) or in_contract(line, day, month):
            label = f"{day.letter} {day.number}"
            found.append(box(day.name, label, day.off, line, data, errors))
    return found


def box(name, label, off, line, data, errors):
    kept = line.cells.get(name, "")
    told, theirs = errors.get(name, ("", None))
    return Box(
        name=name,
        label=label,
        text=data.get(name, kept),
        was=kept if theirs is not None else data.get(f"vu_{name}", kept),
        error=told,
        off=off,
    )


def saved(request, convention, month, line):
    """Why nothing was, or what was not by cell; nothing of either when all was."""
    names = [WHOLE, *(day.name for day in days_of(month))]
    typed = [
        Typed(
            contract=line.contract,
            cell=name,
            text=request.POST[name][:80],
            seen=fingerprint(request.POST.get(f"vu_{name}", "")),
        )
        for name in names
        if name in request.POST
    ]
    # Emptied first, so that a month typed whole may be typed again by day.
    typed.sort(key=lambda one: bool(one.text.strip()))
    try:
        done = save_cells(
            convention=convention, month=month, typed=typed, by=request.user
        )
    except ParcoursRefused as refusal:
        return refusal.user_message, {}
    return "", {it.cell: (it.told, it.theirs) for it in done.problems}
