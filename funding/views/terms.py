"""The terms of an annexe while it is written: ETP and cofinancing, then the others."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from funding.actions.other_terms import follow_law, mark_of, revise_other_terms
from funding.actions.terms import revise_terms
from funding.figures.dossiers import parts_of
from funding.figures.plausible import doubt_of
from funding.forms import TermsForm
from funding.forms.terms import OtherTermsForm
from funding.forms.words import seen_again
from funding.views.annexe import address, asked, title
from funding.views.annexe_tables import parts_table
from funding.views.asking import REFUSED
from funding.views.files import is_done
from structures.enums import Status
from structures.templatetags import formats
from structures.views.context import business_date


@require_http_methods(["GET", "HEAD", "POST"])
def version_terms(request, pk):
    """Other ETP, another cofinancing: the amount and the parts follow."""
    version = asked(request, pk)
    if not request.user.is_agent:
        raise Http404
    initial = {
        "etp": version.etp,
        "cofinanced": version.cofinanced,
        "expected": version.status,
        "seen": version.etp,
        "seen_cofinanced": version.cofinanced,
    }
    form = TermsForm(request.POST or None, initial=initial)
    if form.is_valid() and is_revised(request, version, form):
        messages.success(request, "Les termes sont enregistrés.")
        return redirect(address(version))
    return render(
        request,
        "funding/version_terms.html",
        {
            "version": version,
            "title": f"Termes de {title(version)}",
            "form": form,
            "table": parts_table(version, parts_of(version)),
            "back": address(version),
        },
    )


def is_revised(request, version, form):
    """Whether they were; a refusal has told what is there now, so it is seen."""
    values = form.cleaned_data
    if not form.is_meant(doubt_of(version, values["etp"])):
        return False
    is_revised = is_done(
        *(form, revise_terms),
        version=version,
        etp=values["etp"],
        cofinanced=values["cofinanced"],
        by=request.user,
        on=business_date(),
        expected=Status(values["expected"]),
        seen=values["seen"],
        seen_cofinanced=values["seen_cofinanced"],
    )
    if values["expected"] == version.status:
        now = {"seen": version.etp, "seen_cofinanced": version.cofinanced}
        seen_again(form, **now)
    seen_again(form, expected=version.status)
    return is_revised


@require_http_methods(["GET", "HEAD", "POST"])
def version_other_terms(request, pk):
    """Its days, its staff, the exits it foresees: the amount follows its months."""
    version = asked(request, pk)
    if not request.user.is_agent:
        raise Http404
    form = OtherTermsForm(request.POST or None, version=version)
    if form.is_valid() and are_revised(request, version, form):
        messages.success(request, "Les termes sont enregistrés.")
        return redirect(address(version))
    context = {
        "version": version,
        "title": f"Autres termes de {title(version)}",
        "form": form,
        "back": address(version),
        "told": "Un mois de plus ou de moins change l’aide ; les fléchages gardent leurs "
        "ETP et le cofinancement ses euros.",
    }
    return render(request, "funding/version_form.html", context)


def are_revised(request, version, form):
    """Whether they were; a refusal has told what is there now, so it is seen."""
    given = form.cleaned_data
    are_revised = is_done(
        *(form, revise_other_terms),
        version=version,
        values=form.values,
        by=request.user,
        on=business_date(),
        expected=Status(given["expected"]),
        seen=given["seen"],
    )
    if given["expected"] == version.status:
        seen_again(form, seen=mark_of(version))
    seen_again(form, expected=version.status)
    return are_revised


@require_POST
def version_law(request, pk):
    """The socle now known for its first day, while it is not signed."""
    version = asked(request, pk)
    if not request.user.is_agent:
        raise Http404
    try:
        now = follow_law(version=version, by=request.user, on=business_date())
    except REFUSED as refusal:
        messages.error(request, refusal.user_message)
    else:
        told = f"{formats.cents(now.unit_amount)} par ETP, {formats.cents(now.total)}"
        messages.success(request, f"L’annexe suit le montant en vigueur : {told}.")
    return redirect(address(version))
