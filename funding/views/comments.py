"""Remarks on an annexe: made by the service, answered by the structure, closed."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from funding.actions.comments import answer_comments, close_comment, comment_field
from funding.figures.plausible import doubt_of
from funding.forms.comments import CommentForm, CorrectionForm
from funding.models import FieldComment
from funding.views.annexe import address, asked, title
from funding.views.files import directs, is_done, taken_back
from structures.enums import Status
from structures.models import Convention


@require_http_methods(["GET", "HEAD", "POST"])
def comment_add(request, pk):
    version = asked(request, pk)
    if not request.user.is_agent:
        raise Http404
    form = CommentForm(request.POST or None)
    if form.is_valid() and is_added(request, version, form):
        messages.success(request, "La remarque est ajoutée.")
        return redirect(address(version))
    context = {
        "version": version,
        "title": f"Remarque sur {title(version)}",
        "form": form,
        "back": address(version),
        "told": "La structure ne pourra modifier que les champs commentés.",
    }
    return render(request, "funding/version_form.html", context)


def is_added(request, version, form):
    given = form.cleaned_data
    return is_done(form, comment_field, version=version, by=request.user, **given)


@require_POST
def comment_close(request, pk):
    """Of an annexe or of a convention: back to its page."""
    comment = get_object_or_404(FieldComment, pk=pk)
    if comment.version_id:
        back = address(asked(request, comment.version_id))
    else:
        conventions = Convention.objects.visible_to(request.user)
        get_object_or_404(conventions, pk=comment.convention_id)
        back = reverse("convention_detail", args=[comment.convention_id])
    if not request.user.is_agent:
        raise Http404
    close_comment(comment=comment, by=request.user)
    messages.success(request, "La remarque est fermée.")
    return redirect(back)


@require_http_methods(["GET", "HEAD", "POST"])
def version_correct(request, pk):
    """The structure’s turn: the commented fields, and an answer to each remark."""
    version = asked(request, pk)
    structure = version.annexe.convention.structure_id
    if not directs(request.user, structure):
        raise Http404
    if version.status != Status.CORRECTION and request.method != "POST":
        return taken_back(request, back=address(version))
    comments = list(version.comments.filter(closed_at=None))
    form = CorrectionForm(request.POST or None, version=version, comments=comments)
    if form.is_valid() and is_answered(request, version, form):
        messages.success(
            request,
            "Vos corrections sont enregistrées. Renvoyez le dossier au service.",
        )
        return redirect(address(version))
    context = {
        "version": version,
        "title": f"Corriger {title(version)}",
        "form": form,
        "back": address(version),
        "told": "Seuls les champs que le service a commentés sont ouverts.",
    }
    return render(request, "funding/version_form.html", context)


def is_answered(request, version, form):
    etp = form.values.get("etp")
    if etp is not None and not form.is_meant(doubt_of(version, etp)):
        return False
    return is_done(
        *(form, answer_comments),
        version=version,
        answers=form.answers,
        values=form.values,
        by=request.user,
    )
