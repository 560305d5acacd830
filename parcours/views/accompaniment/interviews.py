"""An interview: written, read, corrected by who wrote it."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from parcours.actions.interviews import (
    InterviewSaid,
    correct_interview,
    record_interview,
)
from parcours.figures.notes import notes_of
from parcours.forms.accompaniment import InterviewForm
from parcours.models import Interview
from parcours.views.accompaniment.asked import (
    Asked,
    accompanied,
    accompanies,
    answer,
    of_the_staff,
)
from structures.templatetags import formats
from structures.views.context import business_date
from structures.views.parts import Banner
from structures.views.tables import Column, Empty, Table


@require_http_methods(["GET", "HEAD", "POST"])
def interview_add(request, pk):
    contract = accompanied(request, pk)
    on = business_date()
    asked = Asked("Ajouter un entretien", contract, done="L’entretien est enregistré.")
    form = InterviewForm(request.POST or None, initial={"held_on": on})

    def act(values):
        said = InterviewSaid(**values)
        record_interview(contract=contract, said=said, by=request.user, on=on)

    return answer(request, asked, form, act)


@require_http_methods(["GET", "HEAD", "POST"])
def interview_correct(request, pk):
    """By its author only: for anybody else there is nothing to correct."""
    interview = of_the_staff(request, Interview.objects.all(), pk)
    if interview.by_id != request.user.pk or not accompanies(
        request, interview.contract
    ):
        raise Http404
    on = business_date()
    asked = Asked(
        "Corriger un entretien",
        interview.contract,
        told="Ce qui était écrit avant reste lisible dans l’historique.",
        done="L’entretien est corrigé.",
        back=reverse("interview_detail", args=[interview.pk]),
    )
    form = InterviewForm(request.POST or None, initial=known(interview, request.user))

    def act(values):
        said = InterviewSaid(**values)
        correct_interview(interview=interview, said=said, by=request.user, on=on)

    return answer(request, asked, form, act)


def known(interview, user):
    notes = notes_of(interview, user=user)
    return {
        **{name: getattr(interview, name) for name in ("held_on", "medium", "minutes")},
        "summary": interview.summary,
        "notes": notes[0].text if notes else "",
    }


@require_safe
def interview_detail(request, pk):
    """Read by the staff of the structure; its notes by who may."""
    rows = Interview.objects.select_related("by")
    interview = of_the_staff(request, rows, pk)
    is_mine = interview.by_id == request.user.pk
    correct = reverse("interview_correct", args=[interview.pk])
    return render(
        request,
        "parcours/accompaniment/interview.html",
        {
            "asked": Asked(str(interview), interview.contract),
            "banner": banner(interview),
            "interview": interview,
            "notes": notes_of(interview, user=request.user),
            "history": history(interview),
            "correct_url": correct
            if is_mine and accompanies(request, interview.contract)
            else "",
        },
    )


def banner(interview):
    facts = [
        ("Date", "day", interview.held_on),
        ("Forme", "text", interview.get_medium_display()),
        ("Durée", "text", f"{interview.minutes} min"),
        ("Conseiller", "text", interview.counsellor or None),
    ]
    return Banner(f"{interview} : {interview.contract.person}", [], facts)


def history(interview):
    columns = [
        Column("Corrigé le"),
        Column("Par"),
        Column("Date d’avant", "day"),
        Column("Forme"),
        Column("Durée"),
        Column("Synthèse"),
    ]
    rows = [
        (
            *(formats.moment(it.at), str(it.by), it.held_on),
            *(it.get_medium_display(), f"{it.minutes} min", it.summary or None),
        )
        for it in interview.revisions.select_related("by")
    ]
    empty = Empty("Aucune correction", "Cet entretien est tel qu’il a été écrit.")
    return Table("Ce qui était écrit avant", columns, rows, empty=empty, key="avant")
