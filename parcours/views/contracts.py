"""A contract renewed or added, from the page of a person."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from parcours.actions.contracts import add_contract, renew_contract
from parcours.actions.refusals import ParcoursRefused
from parcours.forms.further import NEW, RENEWAL, FurtherForm
from parcours.models import Contract, ContractDecision
from parcours.views.intake import kinds_of, may_take_in
from structures.rules.periods import ONE_DAY
from structures.views.context import business_date
from structures.views.tables import Column, Empty, Table


@require_http_methods(["GET", "HEAD", "POST"])
def contract_add(request, pk):
    """The contract that follows the last one of a parcours, in their structure."""
    rows = Contract.objects.filter(parcours=pk, structure__in=may_take_in(request.user))
    last = rows.select_related("structure", "person", "exit").first()
    if last is None:
        raise Http404
    on = business_date()
    kinds = kinds_of(last.structure, on=on)
    form = FurtherForm(
        request.POST or None, last=last, kinds=kinds, initial=usual(last, on=on)
    )
    if form.is_valid() and signed(request, form, on=on):
        messages.success(request, f"{last.person} : contrat enregistré.")
        return redirect("parcours_detail", pk)
    context = {
        "form": form,
        "person": last.person,
        "structure": last.structure,
        "back": reverse("parcours_detail", args=[pk]),
        "table": decisions_table(last),
    }
    return render(request, "parcours/contract_add.html", context)


def usual(last, *, on):
    """The day after the last contract, its hours and its job; nothing is typed twice."""
    is_over = hasattr(last, "exit") or last.ends_on is None
    return {
        "act": NEW if is_over else RENEWAL,
        "kind": last.kind,
        "starts_on": on if is_over else last.ends_on + ONE_DAY,
        "weekly_hours": last.weekly_hours,
        "job": last.job,
    }


def signed(request, form, *, on):
    """The contract; why not is in the form, with all that was typed."""
    common = {
        "asked": form.asked(),
        "decision": form.decided(),
        "by": request.user,
        "on": on,
        "confirmed": form.cleaned_data["confirmed"],
    }
    try:
        if form.is_renewal:
            return renew_contract(contract=form.last, **common)
        return add_contract(beside=form.last, **common)
    except ParcoursRefused as refused:
        if hasattr(refused, "findings"):
            form.told(refused)
        else:
            field = refused.field if refused.field in form.fields else None
            form.add_error(field, refused.user_message)
    return None


def decisions_table(last):
    """Those recorded on the contracts of this right, here; who wrote them is kept."""
    rows = ContractDecision.objects.filter(
        contract__parcours=last.parcours_id, contract__structure=last.structure_id
    ).select_related("by")
    columns = [
        Column("Motif"),
        Column("Décidée le", "day"),
        Column("Du", "day"),
        Column("Au", "day"),
        Column("Référence"),
        Column("Enregistrée par"),
    ]
    lines = [
        (
            *(it.get_kind_display(), it.decided_on, it.starts_on, it.until),
            *(it.reference, str(it.by)),
        )
        for it in rows
    ]
    empty = Empty("Aucune décision", "Les contrats suivent la règle ordinaire.")
    return Table("Décisions enregistrées", columns, lines, empty=empty, key="decisions")
