"""The ETP of an annexe written in its line of the list; the totals follow."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from funding.actions.terms import WRITABLE, revise_terms
from funding.figures.dossiers import dossiers
from funding.figures.instruction import totals
from funding.figures.plausible import doubt_of
from funding.forms import EtpForm
from funding.forms.words import seen_again
from funding.models import AnnexeVersion
from funding.views.annexe_lines import (
    etp_cell,
    etp_form,
    line,
    list_columns,
    name_of,
)
from funding.views.annexe_query import AnnexeQuery
from funding.views.annexe_totals import list_totals
from funding.views.files import REFUSED
from structures.enums import Status
from structures.templatetags.formats import etp as written
from structures.views.context import business_date


@require_http_methods(["GET", "HEAD", "POST"])
def annexe_etp(request, pk):
    """The line while it is written, then as it was saved; a page of its own otherwise."""
    words = request.GET.copy()
    is_given_back = words.pop("annuler", None) is not None
    query = AnnexeQuery(request.user, words)
    visible = dossiers(AnnexeVersion.objects.visible_to(request.user))
    version = get_object_or_404(visible, pk=pk)
    if not request.user.is_agent:
        raise Http404
    if not request.htmx:
        return redirect("version_terms", pk=pk)
    if Status(version.status) not in WRITABLE or is_given_back:
        return line_shown(request, query, pk, refused=too_late(request, version))
    seen = {"etp": version.etp, "seen": version.etp}
    form = EtpForm(request.POST or None, initial=seen, auto_id=f"etp-{pk}-%s")
    if form.is_valid() and is_saved(request, version, form):
        told = (
            f"{name_of(version)} : {written(form.cleaned_data['etp'])} ETP, enregistré."
        )
        return line_shown(request, query, pk, told=told)
    row = of_list(query, pk)
    values = line(row, query, etp=etp_form(row, query, form))
    return render(
        request, "funding/annexe_line.html", {"cells": row_cells(query, values)}
    )


def too_late(request, version):
    """What becomes of ETP typed on a line that somebody moved meanwhile; "" for none."""
    typed = request.POST.get("etp", "")
    status = Status(version.status)
    if not typed or status in WRITABLE:
        return ""
    return (
        f"{name_of(version)} est maintenant « {status.label} » : vos {typed} ETP ne sont "
        "pas enregistrés. Ouvrez l’annexe pour voir ce qui peut encore changer."
    )


def is_saved(request, version, form):
    """Whether the ETP were written; why not is said in the cell."""
    if not form.is_meant(doubt_of(version, form.cleaned_data["etp"])):
        return False
    try:
        revise_terms(
            version=version,
            etp=form.cleaned_data["etp"],
            cofinanced=version.cofinanced,
            by=request.user,
            on=business_date(),
            seen=form.cleaned_data["seen"],
        )
    except REFUSED as refusal:
        form.add_error("etp", refusal.user_message)
        seen_again(form, seen=version.etp)
    return form.is_valid()


def line_shown(request, query, pk, *, told="", refused=""):
    """The line as it stands, its pencil ready for the next key; the totals if saved."""
    row = of_list(query, pk)
    values = line(row, query, etp=etp_cell(row, query, is_focused=True))
    context = {"cells": row_cells(query, values), "refused": refused}
    if told:
        sums = totals(query.rows)
        context |= {"told": told, "totals": list_totals(query), "sums": sums}
    return render(request, "funding/annexe_line.html", context)


def of_list(query, pk):
    """The version with what its line shows."""
    found = query.compared.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def row_cells(query, values):
    return list(zip(list_columns(query), values, strict=True))
