"""The files of documents and of their signed copies."""

import zipfile

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from structures.models import Document
from structures.printing.codes import is_code, typed

PRIVATE = cache_control(private=True, max_age=0)


@require_safe
@PRIVATE
def document_file(request, code):
    document = asked(request, code)
    return pdf(document.file, file_name(document))


@require_safe
@PRIVATE
def document_copy(request, code):
    """The last signed copy of a document."""
    document = asked(request, code)
    copy = document.copies.select_related("file").order_by("-pk").first()
    if copy is None:
        raise Http404
    return pdf(copy.file, f"{file_name(document)}-signe")


def asked(request, code):
    if not is_code(typed(code)):
        raise Http404
    documents = Document.objects.visible_to(request.user).select_related("file")
    return get_object_or_404(documents, code=typed(code))


def file_name(document):
    """Read by a person in a folder: what it is, then its number."""
    return f"{slugify(document.title)[:90]}-{document.code}"


def archive(keys, target):
    """These documents in a zip, a file each; `target` is a path or an open file."""
    found = Document.objects.filter(pk__in=keys).select_related("file")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as zipped:
        # A few at a time: their bytes are read with them.
        for document in found.order_by("title", "pk").iterator(chunk_size=20):
            content = bytes(document.file.content)
            zipped.writestr(f"{file_name(document)}.pdf", content)


def pdf(file, name):
    """Shown in the browser; its bytes are those that were kept."""
    response = HttpResponse(bytes(file.content), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
