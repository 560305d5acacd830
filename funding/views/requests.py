"""A convention request filled step by step, saved as it is typed."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from funding.actions.files import MoveRefused
from funding.actions.openings import open_file
from funding.actions.requests import open_fields, save_request
from funding.figures.requests import dossier_of, it_lacks, known_of, lacks
from funding.forms.filling import StepForm
from funding.forms.requests import titled
from funding.views.attachments import pieces_page, place
from funding.views.convention import address, asked
from funding.views.convention_parts import budget_table, known_facts, title
from funding.views.files import directs, file_badge
from funding.views.request_state import (
    conflicts_of,
    marks,
    state_of,
    step_url,
    steps,
    told,
)
from structures.enums import RequestStep, Status
from structures.rules import requests as rules
from structures.views.context import business_date
from structures.views.tables import Column, Link, Table


@require_http_methods(["GET", "HEAD", "POST"])
def request_step(request, pk, step):
    """One step of a draft; a POST by htmx is saved and answered with a line of text."""
    convention = asked(request, pk)
    step = known_step(step)
    if not (request.user.is_agent or directs(request.user, convention.structure_id)):
        raise Http404
    dossier = dossier_or_new(request, convention, step)
    if dossier is None:
        return redirect(address(convention))
    if step == RequestStep.SENDING:
        return sending_page(request, dossier)
    if step == RequestStep.PIECES:
        return pieces_page(request, dossier, steps(dossier, step))
    form = StepForm(
        request.POST or None,
        dossier=dossier,
        step=step,
        address=step_url(convention, step),
    )
    saved = save(request, convention, form) if request.method == "POST" else None
    is_whole = saved and not saved.conflicts and form.is_valid()
    if request.htmx:
        return fragment(request, dossier, form, saved, step, is_whole=is_whole)
    if is_whole:
        return redirect(step_url(convention, after(step)))
    return step_page(request, dossier, form, saved, step)


def known_step(word):
    try:
        return RequestStep(word)
    except ValueError:
        raise Http404 from None


def dossier_or_new(request, convention, step):
    """The file of a draft, opened if it has none; None once it may not be written.

    What is posted too late is still shown, with the sentence that refuses it; files may be
    joined again in a correction that asks for them.
    """
    on = business_date()
    dossier = dossier_of(convention, on=on)
    is_late = convention.state != Status.DRAFT
    if step == RequestStep.PIECES and dossier:
        is_late = rules.ATTACHMENTS not in open_fields(dossier, request.user, on=on)
    if is_late and (request.method != "POST" or dossier is None):
        said = file_badge(Status(convention.state), request.user).label
        messages.info(request, f"Le dossier est « {said} » : il se lit ici.")
        return None
    if dossier is None and not is_late:
        open_file(convention=convention, by=request.user, on=on)
        dossier = dossier_of(convention, on=on)
    return dossier


def after(step):
    every = list(RequestStep)
    return every[every.index(step) + 1]


def save(request, convention, form):
    """What was saved, or None; why not is written in the form."""
    form.is_valid()
    values, seen = form.values, form.seen
    if kept := request.POST.get("garder", ""):
        name, _, mark = kept.partition(":")
        seen |= {name: mark}
    try:
        return save_request(
            convention=convention,
            values=values,
            seen=seen,
            by=request.user,
            on=business_date(),
        )
    except MoveRefused as refusal:
        form.add_error(None, refusal.user_message)


def fragment(request, dossier, form, saved, step, *, is_whole):
    """A line that says what is saved; nothing that is typed is touched."""
    if is_whole and "continuer" in request.POST:
        return HttpResponseClientRedirect(step_url(dossier.convention, after(step)))
    dossier = saved.dossier if saved else dossier
    context = {
        "saved": saved,
        "errors": told(form),
        "conflicts": conflicts_of(saved),
        "marks": marks(saved),
        "state": state_of(dossier, step),
        "tabs": steps(dossier, step),
    }
    return render(request, "funding/request_saved.html", context)


def step_page(request, dossier, form, saved, step):
    convention = dossier.convention
    known = known_of(convention, on=business_date())
    return render(
        request,
        "funding/request_step.html",
        {
            "dossier": dossier,
            "title": title(convention),
            "place": place(steps(dossier, step), step),
            "form": form,
            "known": known_facts(convention.structure, known),
            "state": state_of(dossier, step) | {"conflicts": conflicts_of(saved)},
        },
    )


def sending_page(request, dossier):
    """What each step lacks, then the act of the table."""
    step = RequestStep.SENDING
    missing = lacks(dossier)
    columns = [Column("Étape"), Column("Ce qui manque")]
    rows = [
        (
            Link(one.label, step_url(dossier.convention, one)),
            titled(it_lacks(missing[one])) if one in missing else "Complète",
        )
        for one in rules.STEPS
    ]
    convention = dossier.convention
    return render(
        request,
        "funding/request_sending.html",
        {
            "dossier": dossier,
            "title": title(convention),
            "place": place(steps(dossier, step), step),
            "table": Table("Étapes de la demande", columns, rows, key="etapes"),
            "budget": budget_table(dossier),
            "send_url": ""
            if missing
            else reverse("convention_move", args=[convention.pk, "submit"]),
        },
    )
