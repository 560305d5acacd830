"""A request opened: for which structure, from when."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from funding.actions.files import MoveRefused
from funding.actions.openings import open_request
from funding.forms.requests import OpenRequestForm
from structures.enums import Measure, RequestStep, Role
from structures.figures.legal_values import legal_value
from structures.models import Structure
from structures.rules.periods import last_day_of_years
from structures.rules.reading import number_in
from structures.views.context import business_date


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
        key = number_in(word)
        return rows.none() if key is None else rows.filter(pk=key)
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
