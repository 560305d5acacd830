"""Remarks on the file of a request: made by the service, answered by the structure."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from funding.actions.files import MoveRefused
from funding.actions.request_comments import answer_request, comment_request
from funding.actions.requests import decide_sales
from funding.figures.requests import dossier_of
from funding.forms.filling import RequestCorrectionForm
from funding.forms.requests import RequestCommentForm, SalesDecisionForm
from funding.views.convention import address, asked
from funding.views.convention_parts import title
from funding.views.files import directs, is_done, taken_back
from funding.views.request_state import conflicts_of
from structures.enums import RequestStep, Status
from structures.rules.requests import ATTACHMENTS
from structures.views.context import business_date


def lowered(text):
    return text[0].lower() + text[1:]


def with_file(request, pk):
    """The convention and its file; 404 when it has none."""
    convention = asked(request, pk)
    dossier = dossier_of(convention, on=business_date())
    if dossier is None:
        raise Http404
    return convention, dossier


@require_http_methods(["GET", "HEAD", "POST"])
def request_comment(request, pk):
    convention, dossier = with_file(request, pk)
    if not request.user.is_agent:
        raise Http404
    form = RequestCommentForm(request.POST or None, dossier=dossier)
    if form.is_valid() and is_done(
        *(form, comment_request),
        convention=convention,
        by=request.user,
        on=business_date(),
        **form.cleaned_data,
    ):
        messages.success(request, "La remarque est ajoutée.")
        return redirect(address(convention))
    return form_page(
        *(request, convention, form),
        title=f"Remarque sur la {lowered(title(convention))}",
        told="La structure ne pourra modifier que les champs commentés.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def request_correct(request, pk):
    """The structure’s turn: the commented fields, and an answer to each remark."""
    convention, dossier = with_file(request, pk)
    if not directs(request.user, convention.structure_id):
        raise Http404
    if convention.state != Status.CORRECTION and request.method != "POST":
        return taken_back(request, back=address(convention))
    comments = list(convention.comments.filter(closed_at=None))
    form = RequestCorrectionForm(
        request.POST or None, dossier=dossier, comments=comments
    )
    if form.is_valid():
        saved = answered(request, convention, form)
        if saved and not saved.conflicts:
            messages.success(
                request,
                "Vos corrections sont enregistrées. Renvoyez le dossier au service.",
            )
            return redirect(address(convention))
        tell_conflicts(form, saved)
    pieces = [RequestStep.PIECES.value] if asks_for_files(comments) else []
    return form_page(
        *(request, convention, form),
        title=f"Corriger la {lowered(title(convention))}",
        told="Seuls les champs que le service a commentés sont ouverts.",
        pieces_url=reverse("request_step", args=[pk, *pieces]) if pieces else "",
    )


def answered(request, convention, form):
    try:
        return answer_request(
            convention=convention,
            answers=form.answers,
            values=form.values,
            seen=form.seen,
            by=request.user,
            on=business_date(),
        )
    except MoveRefused as refusal:
        form.add_error(None, refusal.user_message)


def tell_conflicts(form, saved):
    """Both values of what somebody else corrected meanwhile, beside its field."""
    for it, shown in zip(
        saved.conflicts if saved else [], conflicts_of(saved), strict=True
    ):
        form.add_error(
            it.field,
            f"Modifié entre-temps : « {shown['theirs']} » est enregistré, vous avez tapé "
            f"« {shown['mine']} ». Rechargez la page pour partir de la valeur enregistrée.",
        )


def asks_for_files(comments):
    return any(comment.field == ATTACHMENTS for comment in comments)


@require_http_methods(["GET", "HEAD", "POST"])
def sales_decision(request, pk):
    """The decision that lets an ACI sell more than the ordinary part of its charges."""
    convention, dossier = with_file(request, pk)
    is_asked = dossier.facts.ordinary is not None
    if not request.user.is_agent or not is_asked:
        raise Http404
    on = business_date()
    form = SalesDecisionForm(request.POST or None, on=on)
    if form.is_valid() and is_done(
        *(form, decide_sales),
        convention=convention,
        by=request.user,
        on=on,
        **form.cleaned_data,
    ):
        messages.success(request, "La décision est enregistrée.")
        return redirect(address(convention))
    return form_page(
        *(request, convention, form),
        title="Décision sur les ventes",
        told="Le préfet peut laisser un ACI vendre au-delà de la part ordinaire de ses "
        "charges, après l’avis du CDIAE (D. 5132-34).",
    )


def form_page(request, convention, form, *, title, told, pieces_url=""):
    context = {
        "convention": convention,
        "title": title,
        "form": form,
        "told": told,
        "pieces_url": pieces_url,
        "back": address(convention),
    }
    return render(request, "funding/request_form.html", context)
