"""Files joined to a request: the step that joins them, one opened, one taken out."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from funding.actions.attachments import attach, remove_attachment
from funding.actions.files import MoveRefused
from funding.figures.requests import lacks
from funding.forms.requests import AttachmentForm, titled
from funding.views.convention_parts import title, weight
from funding.views.files import directs
from structures.enums import AttachmentKind, RequestStep, Status
from structures.models import Attachment, AttachmentContent
from structures.rules.attachments import AttachmentRefused
from structures.views.context import business_date

STEP = RequestStep.PIECES


def pieces_page(request, dossier, tabs):
    """The step of the attachments; a file is joined by a form of its own."""
    form = AttachmentForm(request.POST or None, request.FILES or None)
    convention = dossier.convention
    if form.is_valid() and is_attached(request, convention, form):
        messages.success(request, "La pièce est jointe.")
        return redirect(back_to(convention, request.user))
    is_draft = convention.state == Status.DRAFT
    return render(
        request,
        "funding/request_pieces.html",
        {
            "dossier": dossier,
            "title": title(convention),
            "place": place(tabs if is_draft else [], STEP),
            "form": form,
            "lacks": [titled(label) for label in lacks(dossier).get(STEP, [])],
            "pieces": [(it, weight(it.size)) for it in dossier.attachments],
        },
    )


def place(tabs, step):
    """Where one is among the steps; without tabs, in a correction."""
    return {"tabs": tabs, "step": step, "number": list(RequestStep).index(step) + 1}


def back_to(convention, user):
    """Where one joins files: the step of a draft, else the correction of the structure."""
    if convention.state == Status.CORRECTION:
        if not directs(user, convention.structure_id):
            return reverse("convention_detail", args=[convention.pk])
        return reverse("request_correct", args=[convention.pk])
    return reverse("request_step", args=[convention.pk, STEP.value])


def is_attached(request, convention, form):
    given = form.cleaned_data
    try:
        attach(
            convention=convention,
            kind=AttachmentKind(given["kind"]),
            name=given["file"].name,
            content=given["file"].read(),
            by=request.user,
            on=business_date(),
        )
    except (AttachmentRefused, MoveRefused) as refusal:
        form.add_error("file", refusal.user_message)
    return form.is_valid()


@require_safe
def attachment_open(request, pk):
    """The file as it was joined, always downloaded: it never runs in our pages."""
    rows = Attachment.objects.visible_to(request.user)
    attachment = get_object_or_404(rows, pk=pk)
    content = AttachmentContent.objects.get(attachment=attachment)
    response = HttpResponse(bytes(content.data), content_type=attachment.content_type)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=attachment.name
    )
    return response


@require_POST
def attachment_remove(request, pk):
    rows = Attachment.objects.visible_to(request.user).kept()
    attachment = get_object_or_404(rows.select_related("convention"), pk=pk)
    convention = attachment.convention
    if not (request.user.is_agent or directs(request.user, convention.structure_id)):
        raise Http404
    try:
        remove_attachment(attachment=attachment, by=request.user, on=business_date())
    except MoveRefused as refusal:
        messages.error(request, refusal.user_message)
    else:
        messages.success(request, f"« {attachment.name} » est retirée du dossier.")
    return redirect(back_to(convention, request.user))
