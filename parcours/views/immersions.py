"""An immersion agreed, from the page of a person."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from parcours.actions.immersions import agree_immersion
from parcours.actions.refusals import ParcoursRefused
from parcours.forms.immersions import ImmersionForm
from parcours.models import Contract, Immersion
from parcours.views.intake import may_take_in
from structures.views.context import business_date
from structures.views.tables import Column, Empty, Table


@require_http_methods(["GET", "HEAD", "POST"])
def immersion_add(request, pk):
    contracts = Contract.objects.filter(
        parcours=pk, structure__in=may_take_in(request.user)
    ).select_related("structure", "person")
    last = contracts.first()
    if last is None:
        raise Http404
    form = ImmersionForm(
        request.POST or None, contracts=contracts, initial={"contract": last}
    )
    if form.is_valid() and agreed(request, form):
        messages.success(request, f"{last.person} : immersion enregistrée.")
        return redirect("immersion_add", pk)
    context = {
        "form": form,
        "person": last.person,
        "structure": last.structure,
        "back": reverse("parcours_detail", args=[pk]),
        "table": immersions_table(contracts),
    }
    return render(request, "parcours/immersion_add.html", context)


def agreed(request, form):
    """The immersion; why not is in the form, with all that was typed."""
    try:
        return agree_immersion(**form.cleaned_data, by=request.user, on=business_date())
    except ParcoursRefused as refused:
        for name, finding in getattr(refused, "refusals", []):
            form.add_error(name, finding.told)
        if not hasattr(refused, "refusals"):
            form.add_error(None, refused.user_message)
    return None


def immersions_table(contracts):
    rows = Immersion.objects.filter(contract__in=contracts).select_related("by")
    columns = [
        Column("Hôte"),
        Column("Objet"),
        Column("Du", "day"),
        Column("Au", "day"),
        Column("Enregistrée par"),
    ]
    lines = [(it.host, it.purpose, it.starts_on, it.ends_on, str(it.by)) for it in rows]
    empty = Empty("Aucune immersion", "Aucune n’est encore enregistrée ici.")
    return Table("Immersions", columns, lines, empty=empty, key="immersions")
