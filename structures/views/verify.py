"""The public page: whether a document is ours, and as we made it."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from structures.figures.verification import of_code, of_file
from structures.forms import CodeForm, FileToVerifyForm
from structures.printing.codes import spelled
from structures.templatetags import formats
from structures.views.limits import is_too_often
from structures.views.verdicts import ANSWERS, DRAFTS, TOO_OFTEN

TOO_MANY = 429


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request):
    """Ask by the number of a document, or by the file itself."""
    asked = "numero" in request.GET
    if (request.method == "POST" or asked) and is_too_often(request, "verify"):
        return page(request, answer=TOO_OFTEN, status=TOO_MANY)
    if request.method == "POST":
        form = FileToVerifyForm(request.POST, request.FILES)
        if form.is_valid():
            found = of_file(form.cleaned_data["fichier"].read())
            return page(request, found=found, answer=answer_to(found))
        return page(request, file_form=form)
    form = CodeForm(request.GET if asked else None)
    if form.is_valid():
        found = of_code(form.cleaned_data["numero"])
        return page(request, found=found, answer=answer_to(found), code_form=form)
    return page(request, code_form=form)


@never_cache
@login_not_required
@require_safe
def verify_code(request, code, digest, page_number):
    """Where the code of a page leads."""
    if is_too_often(request, "verify"):
        return page(request, answer=TOO_OFTEN, status=TOO_MANY)
    found = of_code(code, digest, page_number)
    return page(request, found=found, answer=answer_to(found), page_number=page_number)


def answer_to(found):
    answer = ANSWERS[found.verdict, found.is_copy]
    return DRAFTS.get(found.verdict, answer) if found.is_draft else answer


def page(request, *, found=None, answer=None, page_number=0, status=200, **forms):
    return render(
        request,
        "structures/verify.html",
        {
            "answer": answer,
            "facts": facts_of(found, page_number) if found else [],
            "code_form": forms.get("code_form") or CodeForm(),
            "file_form": forms.get("file_form") or FileToVerifyForm(),
        },
        status=status,
    )


def facts_of(found, page_number):
    """What is said of a document to anybody who holds it: nothing of what is in it."""
    document = found.document
    if document is None:
        return []
    later = found.replaced_by
    facts = [
        ("Numéro", spelled(document.code)),
        ("Document", document.get_kind_display()),
        ("Service", document.service),
        ("Date", formats.long_day(document.on)),
        (
            "Pages",
            f"{page_number} sur {document.pages}"
            if 0 < page_number <= document.pages
            else document.pages,
        ),
    ]
    if found.is_draft:
        facts.append(("Valeur", "projet, sans valeur juridique"))
    if later:
        told = f"par un document du {formats.long_day(later.on)}"
        facts.append(("Remplacé", told))
    if document.is_simulated:
        facts.append(("Démonstration", "données simulées"))
    return facts
