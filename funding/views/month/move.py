"""An act on a month: what it will do, its figures, then the act."""

from crispy_forms.layout import Submit
from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from funding.actions.months import move_and_count
from funding.figures.month_worth import month_worth
from funding.views.month.parts import month_url, summary
from funding.views.month.service import READ
from parcours.actions.refusals import ParcoursRefused
from parcours.actions.statements import roles_for
from parcours.enums import StatementAct, StatementState
from parcours.figures.grid import month_lines
from parcours.models import MonthlyStatement
from parcours.rules.statements import BY_ACT, ENTERING
from structures.forms import helper
from structures.templatetags import formats
from structures.views.context import business_date

TOLD = {
    StatementAct.SUBMIT: "Les heures ne se modifient plus ensuite, sauf si la direction "
    "rend le mois à la saisie.",
    StatementAct.VALIDATE: "Le service de l’État lit ces heures aussitôt, et l’aide du "
    "mois se calcule sur elles.",
    StatementAct.GIVE_BACK: "Les heures se modifient de nouveau.",
    StatementAct.UNLOCK: "Le mois ne compte plus tant qu’il n’est pas validé de nouveau. "
    "Le service voit ce que la correction change, ligne par ligne.",
}


class MonthMoveForm(forms.Form):
    """Why a month is given back or unlocked; `expected` is the state that was seen."""

    reason = forms.CharField(
        label="Motif", widget=forms.Textarea({"rows": 3}), max_length=2000
    )
    expected = forms.ChoiceField(
        choices=StatementState.choices, widget=forms.HiddenInput
    )

    def __init__(self, *args, move, **kwargs):
        super().__init__(*args, **kwargs)
        if not move.needs_reason:
            del self.fields["reason"]
        self.helper = helper(*self.fields, Submit("", move.act.label))
        self.helper.form_error_title = "Rien n’a été fait"


@require_http_methods(["GET", "HEAD", "POST"])
def month_move(request, pk, act):
    statements = MonthlyStatement.objects.visible_to(request.user).select_related(
        "convention__structure__commune__departement"
    )
    statement = get_object_or_404(statements, pk=pk)
    move = known(act)
    roles = roles_for(request.user, statement)
    if not move.roles & roles or not is_theirs_to_read(statement, roles):
        raise Http404
    back = month_url(statement.convention, statement.month)
    state = StatementState(statement.state)
    if state not in move.sources and request.method != "POST":
        messages.warning(
            request,
            f"« {move.act.label} » n’est plus possible : le mois est « {state.label} ».",
        )
        return redirect(back)
    form = MonthMoveForm(
        request.POST or None, move=move, initial={"expected": statement.state}
    )
    if form.is_valid() and is_moved(request, statement, move, form):
        told = f"{formats.month(statement.month).capitalize()} : {move.target.label}."
        messages.success(request, told)
        return redirect(back)
    lines = month_lines(statement.convention, statement.month, statement)
    worth = month_worth(statement, on=business_date())
    context = {
        "statement": statement,
        "title": f"{move.act.label} de {formats.month(statement.month)}",
        "form": form,
        "told": TOLD[move.act],
        "summary": summary(statement, worth, lines),
        "back": back,
    }
    return render(request, "funding/month_move.html", context)


def is_theirs_to_read(statement, roles):
    """The service reads a month once validated; who works there, always."""
    return bool(roles & ENTERING) or statement.state in READ


def known(word):
    try:
        return BY_ACT[StatementAct(word.upper())]
    except ValueError as error:
        raise Http404 from error


def is_moved(request, statement, move, form):
    """Whether it was done; why not is in the form, with what they typed."""
    given = form.cleaned_data
    try:
        move_and_count(
            statement=statement,
            act=move.act,
            by=request.user,
            on=business_date(),
            reason=given.get("reason", ""),
            expected=StatementState(given["expected"]),
        )
    except ParcoursRefused as refusal:
        form.add_error(refusal.field or None, refusal.user_message)
    return form.is_valid()
