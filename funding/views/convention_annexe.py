"""The draft annexe of a year, from the page of its convention."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from funding.actions.files import MoveRefused
from funding.actions.first_annexe import EtpUnknown, prepare_annexe
from funding.figures.plausible import doubt
from funding.forms.conventions import FirstEtpForm
from funding.views.convention import address, asked
from funding.views.request_comments import form_page
from structures.rules.reading import year_in
from structures.views.context import business_date


@require_POST
def convention_annexe(request, pk):
    """Prepared from what is known; where nothing is, a form asks the ETP."""
    convention = asked(request, pk)
    year = year_in(request.POST.get("annee", ""))
    if year is None or not request.user.is_agent:
        raise Http404
    form = FirstEtpForm(
        request.POST if "etp" in request.POST else None, initial={"annee": year}
    )
    if form.is_bound and not is_sure(form, convention, year):
        return etp_asked(request, convention, form, year)
    try:
        version = prepare_annexe(
            convention=convention,
            year=year,
            by=request.user,
            on=business_date(),
            written=form.cleaned_data["etp"] if form.is_bound else None,
        )
    except EtpUnknown:
        return etp_asked(request, convention, form, year)
    except MoveRefused as refusal:
        messages.error(request, refusal.user_message)
        return redirect(address(convention))
    messages.success(request, "L’annexe est en brouillon : relisez ses termes.")
    return redirect(reverse("version_detail", args=[version.pk]))


def is_sure(form, convention, year):
    """Nothing precedes it: its ETP are beside those of its territory."""
    return form.is_valid() and form.is_meant(
        doubt(form.cleaned_data["etp"], [], convention, year)
    )


def etp_asked(request, convention, form, year):
    return form_page(
        *(request, convention, form),
        title=f"Préparer l’annexe de {year}",
        told="Aucune annexe ne précède et aucun poste n’est demandé dans un dossier : "
        "écrivez les ETP de départ. L’aide et la répartition se calculent.",
    )
