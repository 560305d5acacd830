"""A person taken in by a structure: who, then with what right and which contract."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from parcours.actions.intake import take_in
from parcours.actions.refusals import ParcoursRefused
from parcours.enums import Regime
from parcours.figures.contract_law import contract_law
from parcours.figures.known import rights_of
from parcours.forms.contracts import EntryForm
from parcours.forms.intake import UNSURE, PersonForm, asked_right
from parcours.rules.contracts import contract_kinds
from parcours.rules.intake import MAY_TAKE_IN
from structures.enums import StructureKind
from structures.models import Structure
from structures.rules.writing import day
from structures.views.context import business_date

PERSON, ENTRY = "personne", "droit"
STEPS = {
    PERSON: {"title": "La personne", "current": 1, "next": "Son droit, son contrat"},
    ENTRY: {"title": "Son droit, son contrat, sa situation", "current": 2, "next": ""},
}


def may_take_in(user):
    """Structures of the staff who takes people in; nobody else has this page."""
    mine = [
        member.structure_id
        for member in user.current_memberships
        if member.structure_id and member.role in MAY_TAKE_IN
    ]
    return Structure.objects.filter(pk__in=mine, closed_on=None).order_by("name", "pk")


@require_http_methods(["GET", "HEAD", "POST"])
def person_intake(request):
    structures = may_take_in(request.user)
    if not structures:
        raise Http404
    on = business_date()
    posted = request.POST or None
    person = PersonForm(posted, structures=structures)
    if posted is None or not person.is_valid():
        kinds = list(contract_kinds_of(structures, person, on=on))
        return page(request, PERSON, person, EntryForm(posted, kinds=kinds))
    kinds = kinds_of(person.cleaned_data["structure"], on=on)
    if request.POST.get("etape") != ENTRY or "retour" in request.POST:
        step = PERSON if "retour" in request.POST else ENTRY
        return page(request, step, person, filled(request, kinds))
    entry = EntryForm(posted, kinds=kinds)
    signed = entry.is_valid() and taken_in(request, person, entry, on=on)
    if signed:
        messages.success(request, f"{signed.person} : accueil enregistré.")
        return redirect("parcours_detail", signed.parcours_id)
    return page(request, PERSON if person.errors else ENTRY, person, entry)


def contract_kinds_of(structures, person, *, on):
    """Kinds before the structure is known: of all of theirs."""
    return dict.fromkeys(
        kind for structure in structures for kind in kinds_of(structure, on=on)
    )


def kinds_of(structure, *, on):
    has_cdi = contract_law(known_on=on).has("cdi_inclusion_part", on=on)
    return contract_kinds(StructureKind(structure.kind), has_cdi=has_cdi)


def filled(request, kinds):
    """What was typed in the second step, shown without its errors on the way to it."""
    names = EntryForm.base_fields
    if not any(name in request.POST for name in names):
        return EntryForm(kinds=kinds)
    typed = {
        name: request.POST.getlist(name) if name == "flags" else request.POST[name]
        for name in names
        if name in request.POST
    }
    return EntryForm(kinds=kinds, initial=typed)


def taken_in(request, person, entry, *, on):
    """The contract signed; what refuses it is in the forms, with all that was typed."""
    given = entry.cleaned_data
    try:
        return take_in(
            structure=person.cleaned_data["structure"],
            person=person.asked(),
            right=asked_right(given),
            contract=entry.asked(),
            by=request.user,
            on=on,
            confirmed=given["confirmed"],
        )
    except ParcoursRefused as refused:
        told(refused, person, entry)
    return None


def told(refused, person, entry):
    """Each sentence beside its field, in the step that has it."""
    if not hasattr(refused, "findings"):
        form = person if refused.field in person.fields else entry
        has_field = refused.field in form.fields
        form.add_error(refused.field if has_field else None, refused.user_message)
        return
    for name, finding in refused.refusals:
        if name in person.fields:
            person.add_error(name, finding.told)
    entry.told(refused)


def page(request, step, person, entry):
    on_person = step == PERSON
    context = {
        "form": person if on_person else entry,
        "carried": (entry if on_person else person).hidden(),
        "step": STEPS[step] | {"key": step},
        "own": person.own if on_person else [],
        "unsure": UNSURE if on_person and person.is_unsure else "",
        "known": [] if on_person else known(person),
    }
    return render(request, "parcours/person_intake.html", context)


def known(person):
    """Who is taken in, and the rights that need not be typed."""
    given = person.cleaned_data
    found = [f"{given['first_name']} {given['last_name']}, {given['structure']}."]
    if person.chosen:
        found += [
            f"{Regime(right.regime).label} du {day(right.starts_on)} au "
            f"{day(right.ends_on)} : s’il court à l’embauche, il est repris, ne le "
            "retapez pas."
            for right in rights_of(person.chosen)
        ]
    return found
