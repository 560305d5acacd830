"""A convention request: opened, then filled step by step and saved as it is typed."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from funding.actions.files import MoveRefused
from funding.actions.openings import open_file, open_request
from funding.actions.requests import open_fields, save_request
from funding.figures.requests import (
    dossier_of,
    expected_aid,
    known_of,
    label_of,
    lacks,
    unit_amount,
)
from funding.forms.requests import OpenRequestForm, StepForm, titled
from funding.views.attachments import pieces_page, place
from funding.views.convention import address, asked
from funding.views.convention_looks import SALES
from funding.views.convention_parts import budget_table, known_facts, title
from funding.views.files import directs
from structures.enums import Measure, RequestStep, Role, Status
from structures.figures.legal_values import legal_value
from structures.models import Structure
from structures.rules import requests as rules
from structures.rules.merging import fingerprint
from structures.rules.periods import last_day_of_years
from structures.templatetags import formats
from structures.views.context import business_date
from structures.views.parts import Tab
from structures.views.tables import Column, Link, Table


@require_http_methods(["GET", "HEAD", "POST"])
def request_new(request):
    """For which structure, from when; the rest comes step by step."""
    structures = may_ask_for(request)
    if structures is None:
        raise Http404
    on = business_date()
    form = None
    if structures:
        form = OpenRequestForm(
            request.POST or None, structures=structures, initial=usual_term(on)
        )
    if form and form.is_valid():
        convention = opened(request, form, on=on)
        if convention:
            return redirect("request_step", convention.pk, RequestStep.PROJECT.value)
    return render(
        request,
        "funding/request_new.html",
        {"form": form, "is_agent": request.user.is_agent},
    )


def may_ask_for(request):
    """Structures somebody may ask a convention for; None for who may ask for none.

    An agent comes from the page of one: a territory has too many to choose from.
    """
    user = request.user
    rows = Structure.objects.visible_to(user).order_by("name", "pk")
    if user.is_agent:
        word = request.POST.get("structure", request.GET.get("structure", ""))
        return rows.filter(pk=word) if word.isdigit() else rows.none()
    mine = [
        member.structure_id
        for member in user.current_memberships
        if member.role == Role.DIRECTION
    ]
    return rows.filter(pk__in=mine) if mine else None


def usual_term(on):
    """From next January, for as long as the law lets."""
    first = on.replace(year=on.year + 1, month=1, day=1)
    years = legal_value("convention_duree_maximale", on=first, known_on=on)
    return {"starts_on": first, "ends_on": last_day_of_years(first, int(years.value))}


def opened(request, form, *, on):
    given = form.cleaned_data
    try:
        return open_request(
            structure=given["structure"],
            measure=Measure(given["measure"]),
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            by=request.user,
            on=on,
        )
    except MoveRefused as refusal:
        form.add_error(None, refusal.user_message)


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
        said = Status(convention.state).label
        messages.info(request, f"Le dossier est « {said} » : il se lit ici.")
        return None
    if dossier is None and not is_late:
        open_file(convention=convention, by=request.user, on=on)
        dossier = dossier_of(convention, on=on)
    return dossier


def step_url(convention, step):
    return reverse("request_step", args=[convention.pk, step.value])


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
    }
    return render(request, "funding/request_saved.html", context)


def told(form):
    """(field, label, sentence) of what could not be read, and of what was refused."""
    return [
        (f"id_{name}" if name in form.fields else "", label_in(form, name), sentence)
        for name, sentences in form.errors.items()
        for sentence in sentences
    ]


def label_in(form, name):
    return form.fields[name].label if name in form.fields else ""


def conflicts_of(saved):
    """What two windows wrote: theirs, mine, and what a button keeps."""
    return [
        {
            "label": titled(label_of(it.field)),
            "theirs": it.theirs,
            "mine": it.mine,
            "mark": f"{it.field}:{fingerprint(it.theirs)}",
        }
        for it in (saved.conflicts if saved else [])
    ]


def marks(saved):
    """What this window has now seen of each field that it wrote."""
    if saved is None:
        return []
    return [(name, fingerprint(saved.dossier.values[name])) for name in saved.written]


def state_of(dossier, step):
    """What the step lacks, and what its figures make."""
    return {
        "lacks": lacks(dossier).get(step, []),
        "computed": computed(dossier, step),
        "verdict": SALES.get(rules.verdict_of(dossier.facts))
        if step == RequestStep.BUDGET
        else None,
    }


def computed(dossier, step):
    """(label, kind, value) of what follows from the figures typed."""
    on = business_date()
    found = unit_amount(dossier.convention, on=on)
    known = found.value if found else None
    if step == RequestStep.POSTS:
        aid = expected_aid(dossier.convention, dossier.etp, known)
        return [
            (f"Aide attendue pour {year}", "money", amount or None)
            for year, amount in aid.items()
        ]
    if step == RequestStep.BUDGET:
        return budget_lines(dossier, known)
    return []


def budget_lines(dossier, unit):
    values, year = dossier.facts.values, dossier.years[0]
    charges = rules.total(rules.CHARGES, values)
    products = rules.total(rules.PRODUCTS, values)
    aid = expected_aid(dossier.convention, dossier.etp, unit)[year]
    left = products + (aid or 0) - charges
    share = rules.sales_share(sales=rules.total(("sales",), values), charges=charges)
    lines = [
        ("Total des charges", "cents", charges or None),
        ("Total des produits saisis", "cents", products or None),
        (f"Aide de l’État attendue, {year}", "cents", aid or None),
        ("Produits moins charges", "cents", left if charges else None),
    ]
    if dossier.facts.ordinary is not None:
        limit = formats.percent(dossier.facts.ordinary)
        lines.append((f"Ventes sur charges, limite {limit}", "percent", share))
    return lines


def steps(dossier, current):
    """The steps as tabs, each with how many things it lacks."""
    missing = lacks(dossier)
    return [
        Tab(
            step.label,
            step_url(dossier.convention, step),
            step == current,
            len(missing.get(step, [])) if step in rules.STEPS else None,
        )
        for step in RequestStep
    ]


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
            " ".join(missing.get(one, [])) or "Complète",
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
