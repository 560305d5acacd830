"""Freins: named, given objectives and actions, lifted; each act with its page."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from parcours.actions.freins import (
    ActionSaid,
    end_action,
    lift_frein,
    name_frein,
    plan_action,
    reopen_frein,
    set_objective,
)
from parcours.figures.freins import team_of
from parcours.figures.sight import accompanied_structures
from parcours.forms import freins as forms
from parcours.models import Action, Frein
from parcours.views.accompaniment.asked import (
    Asked,
    accompanied,
    accompanies,
    answer,
    of_the_staff,
    read,
)
from structures.templatetags import formats
from structures.views.context import business_date

METHODS = ["GET", "HEAD", "POST"]


def written(request, pk):
    """A frein of somebody the person accompanies; else 404."""
    frein = of_the_staff(request, Frein.objects.all(), pk)
    if not accompanies(request, frein.contract):
        raise Http404
    read(request, frein)
    return frein


def frein_url(frein):
    return reverse("frein_detail", args=[frein.pk])


def asked_of(frein, title, **options):
    title = f"{title}, {frein.get_theme_display().lower()}"
    return Asked(title, frein.contract, back=frein_url(frein), **options)


def posted(request):
    return request.POST if request.method == "POST" else None


@require_http_methods(METHODS)
def frein_add(request, pk):
    contract, on = accompanied(request, pk), business_date()
    asked = Asked(
        "Nommer un frein",
        contract,
        told="Son état suit ce que vous ferez : une action commencée le met « en cours ».",
        done="Le frein est enregistré : prévoyez ce que vous allez faire.",
    )
    form = forms.FreinForm(posted(request), initial={"identified_on": on})

    def act(values):
        name_frein(contract=contract, by=request.user, on=on, **values)

    return answer(request, asked, form, act)


@require_http_methods(METHODS)
def objective_add(request, pk):
    frein = written(request, pk)
    asked = asked_of(frein, "Fixer un objectif", done="L’objectif est enregistré.")

    def act(values):
        set_objective(frein=frein, by=request.user, **values)

    return answer(request, asked, forms.ObjectiveForm(posted(request)), act)


@require_http_methods(METHODS)
def action_add(request, pk):
    frein, on = written(request, pk), business_date()
    asked = asked_of(frein, "Prévoir une action", done="L’action est enregistrée.")
    form = forms.ActionForm(
        posted(request),
        team=team_of(frein.contract.structure_id),
        objectives=frein.objectives.all(),
        initial={"owner": request.user.pk, "started_on": on},
    )

    def act(values):
        plan_action(frein=frein, said=ActionSaid(**values), by=request.user, on=on)

    return answer(request, asked, form, act)


@require_http_methods(METHODS)
def action_end(request, pk):
    own = accompanied_structures(request.user)
    rows = Action.objects.filter(frein__contract__structure__in=own)
    action = get_object_or_404(
        rows.select_related("frein__contract__person", "frein__contract__structure"),
        pk=pk,
    )
    on = business_date()
    read(request, action.frein)
    asked = asked_of(
        action.frein,
        "Terminer une action",
        told=f"{action.title}. Échéance : {formats.day(action.due_on)}.",
        done="L’action est terminée.",
    )
    form = forms.ActionEndForm(posted(request), initial={"done_on": on})

    def act(values):
        end_action(action=action, by=request.user, on=on, **values)

    return answer(request, asked, form, act)


@require_http_methods(METHODS)
def frein_lift(request, pk):
    frein, on = written(request, pk), business_date()
    asked = asked_of(
        frein,
        "Lever un frein",
        told="Les actions encore ouvertes finissent ce jour-là.",
        done="Le frein est levé.",
    )
    form = forms.LiftForm(posted(request), initial={"lifted_on": on})

    def act(values):
        lift_frein(frein=frein, by=request.user, on=on, **values)

    return answer(request, asked, form, act)


@require_http_methods(METHODS)
def frein_reopen(request, pk):
    frein, on = written(request, pk), business_date()
    asked = asked_of(
        frein,
        "Rouvrir un frein",
        told="La date à laquelle il était levé reste dans son historique.",
        done="Le frein est de nouveau suivi.",
    )

    def act(values):
        reopen_frein(frein=frein, by=request.user, on=on)

    return answer(request, asked, forms.ReopenForm(posted(request)), act)
