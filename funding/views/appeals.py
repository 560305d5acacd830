"""Appeals of a structure: recorded by an agent of its territory, then their outcome."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from funding.actions.appeals import decide_appeal, file_appeal
from funding.enums import Act
from funding.figures import appeals
from funding.forms.appeals import AppealForm, OutcomeForm
from funding.models import Appeal
from funding.views.appeal_tables import in_words
from funding.views.life_act import written_by
from structures.actions.life import LifeRefused
from structures.models import Structure
from structures.templatetags import formats
from structures.views.context import business_date


@require_http_methods(["GET", "HEAD", "POST"])
def appeal_file(request, pk):
    """Against one decision, named by its key."""
    visible = appeals.contestable(Structure.objects.visible_to(request.user))
    change = get_object_or_404(visible, pk=pk)
    structure = written_by(request.user, appeals.structure_of(change).pk)
    on = business_date()
    form = AppealForm(
        request.POST or None,
        today=on,
        initial={"notified_on": change.on, "filed_on": on},
    )
    if form.is_valid() and is_done(
        form, lambda: file_appeal(change=change, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, "Le recours est enregistré.")
        return redirect("structure_life", pk=structure.pk)
    last = appeals.last_day_to_appeal(change.on, months=appeals.delay(on=on))
    told = (
        f"{in_words(change)}. Notifiée le jour même, elle se conteste jusqu’au "
        f"{formats.day(last)} ; un recours tardif s’enregistre aussi, avec sa date."
    )
    return page(request, structure, form, "Recours", told)


@require_http_methods(["GET", "HEAD", "POST"])
def appeal_decide(request, pk):
    rows = Appeal.objects.visible_to(request.user).select_related(
        "change__convention__structure",
        "change__version__annexe__convention__structure",
    )
    appeal = get_object_or_404(rows, pk=pk)
    structure = written_by(request.user, appeals.structure_of(appeal.change).pk)
    form = OutcomeForm(
        request.POST or None, today=business_date(), initial={"on": business_date()}
    )
    if form.is_valid() and is_done(
        form, lambda: decide_appeal(appeal=appeal, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, "L’issue du recours est enregistrée.")
        return redirect("structure_life", pk=structure.pk)
    told = (
        f"{appeal}, contre : {in_words(appeal.change)}. L’issue s’enregistre une fois."
    )
    if appeal.change.act == Act.REJECT:
        told += " Accueilli, il permet au délégataire de reprendre le dossier."
    return page(request, structure, form, "Issue du recours", told)


def is_done(form, action):
    try:
        action()
    except LifeRefused as refusal:
        form.add_error(None, refusal.user_message)
    return form.is_valid()


def page(request, structure, form, title, told):
    back = reverse("structure_life", args=[structure.pk])
    context = {"structure": structure, "form": form, "title": title}
    return render(
        request, "funding/life_act.html", {**context, "told": told, "back": back}
    )
