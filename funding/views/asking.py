"""A page that asks, shows what would happen, then does it: one shape for acts of money."""

from dataclasses import dataclass, field
from typing import Any

from django.shortcuts import render

from funding.actions.files import MoveRefused
from funding.actions.ledger_refusals import LedgerRefusal
from funding.actions.refusals import ActRefused
from parcours.actions.refusals import ParcoursRefused
from structures.views.tables import Table

REFUSED = (ActRefused, MoveRefused, LedgerRefusal, ParcoursRefused)


@dataclass
class Asking:
    """`lead` says what the act is; `told` what it will do, once the form is read.

    `tables` stand below: what is there now, or what would change.
    """

    title: str
    parent: str
    back: str
    lead: str = ""
    told: str = ""
    refusal: str = ""
    letter: str = ""
    tables: list[Table] = field(default_factory=list)


def done(form, act):
    """What a confirmed form made, or None; why not is written in the form."""
    if not (form.is_valid() and form.cleaned_data["confirmed"]):
        return None
    try:
        return act(form.cleaned_data)
    except REFUSED as refusal:
        form.refused(refusal.user_message, getattr(refusal, "field", ""))
    return None


def ask(request, form, asking: Asking, preview: Any = None):
    """The page of an act: its form, or the same held with what it would change.

    `preview` is called with the values once they are right; it completes `asking`.
    """
    ready = not asking.refusal and form.is_bound and form.is_valid()
    if ready and preview:
        try:
            preview(asking, form.cleaned_data)
        except REFUSED as refusal:
            form.refused(refusal.user_message, getattr(refusal, "field", ""))
            ready = False
    context = {"asking": asking, "ready": ready}
    context["form"] = form.to_confirm() if ready else form
    return render(request, "funding/asking.html", context)
