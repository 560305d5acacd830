"""What the pages of the accompaniment share: whose person it is, and how an act is asked."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from parcours.actions.access import keep_reading
from parcours.actions.refusals import ParcoursRefused
from parcours.figures.sight import (
    SENSITIVE_THEMES,
    accompanied_structures,
    staffed_structures,
)
from parcours.models import Contract, Parcours


@dataclass(frozen=True)
class Asked:
    """An act about a person: what its page says, and where it leads back."""

    title: str
    contract: Contract
    told: str = ""
    done: str = "C’est enregistré."
    back: str = ""

    @property
    def person(self):
        return str(self.contract.person)

    @property
    def person_url(self):
        return person_url(self.contract)

    @property
    def back_url(self):
        return self.back or self.person_url


def person_url(contract):
    return reverse("parcours_detail", args=[contract.parcours_id])


def accompanied(request, pk):
    """The last contract of a parcours where the person accompanies; else 404."""
    visible = Parcours.objects.visible_to(request.user)
    parcours = get_object_or_404(visible, pk=pk)
    contract = (
        Contract.objects.filter(
            parcours=parcours, structure__in=accompanied_structures(request.user)
        )
        .select_related("person", "structure")
        .order_by("-starts_on", "-pk")
        .first()
    )
    if contract is None:
        raise Http404
    return contract


def of_the_staff(request, rows, pk):
    """A row about a contract of a structure the person works in; else 404."""
    own = rows.filter(contract__structure__in=staffed_structures(request.user))
    found = own.select_related("contract__person", "contract__structure")
    return get_object_or_404(found, pk=pk)


def accompanies(request, contract):
    return contract.structure_id in accompanied_structures(request.user)


def read(request, frein):
    """Keep that a theme of health or justice is read, when this one is."""
    if frein.theme in SENSITIVE_THEMES:
        person = frein.contract.person_id
        keep_reading(person=person, is_sensitive=True, user=request.user)


def answer(request, asked, form, act):
    """Do the act when it is asked for well; else the page says what to change.

    `act` takes what the form holds, and raises ParcoursRefused.
    """
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except ParcoursRefused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, asked.done)
            return redirect(asked.back_url)
    context = {"asked": asked, "form": form}
    return render(request, "parcours/accompaniment/act.html", context)
