"""One act of the life of a structure: asked, tried and undone to be shown, then done."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from funding.actions.endings import close_structure, merge_structures
from funding.actions.files import MoveRefused
from funding.actions.ledger_refusals import LedgerRefusal
from funding.figures import life
from funding.forms import life as forms
from funding.forms.words import seen_again
from funding.views.life import FIELDS, WORDS, banner
from structures.actions import life as actions
from structures.enums import LifeKind, StructureKind
from structures.models import Structure, StructureAct
from structures.templatetags import formats
from structures.views.context import business_date
from structures.views.tables import Column, Table

REFUSED = (actions.LifeRefused, MoveRefused, LedgerRefusal)
HOW = {
    LifeKind.IDENTITY: forms.IdentityForm,
    LifeKind.SECOND_KIND: forms.KindForm,
    LifeKind.CLOSING: forms.ClosingForm,
    LifeKind.MERGER: forms.MergerForm,
    LifeKind.VISIT: forms.VisitForm,
    LifeKind.FOLLOW_UP: forms.FollowUpForm,
}


@dataclass(frozen=True)
class Asked:
    """An act being written: on what, with which form, and how it is done."""

    structure: Structure
    kind: LifeKind
    form: Any
    visit: StructureAct | None = None

    def do(self, user):
        """Raises one of REFUSED. Gives the act and its effects on annexes."""
        values = self.form.cleaned_data
        said = actions.Said(
            on=values["on"],
            reason=values["reason"],
            reference=values["reference"],
            seen=values["seen"],
        )
        common = {"said": said, "by": user}
        if self.visit:
            return actions.record_follow_up(visit=self.visit, **common), []
        common["structure"] = self.structure
        if self.kind in (LifeKind.CLOSING, LifeKind.MERGER):
            return self.end(common, values)
        doing = {
            LifeKind.IDENTITY: actions.change_identity,
            LifeKind.SECOND_KIND: actions.add_kind,
            LifeKind.VISIT: actions.record_visit,
        }[self.kind]
        own = {k: v for k, v in values.items() if k not in forms.LifeForm.last}
        return doing(**common, **own), []

    def end(self, common, values):
        common["today"] = business_date()
        if self.kind == LifeKind.MERGER:
            done = merge_structures(**common, into=values["into"])
        else:
            done = close_structure(**common)
        return done.act, done.effects


def written_by(user, pk):
    """The structure, if they are an agent of its territory."""
    rows = Structure.objects.visible_to(user).select_related("commune__departement")
    structure = get_object_or_404(rows, pk=pk)
    if not life.writes_life(user, structure):
        raise Http404
    return structure


@require_http_methods(["GET", "HEAD", "POST"])
def structure_act(request, pk, word):
    structure = written_by(request.user, pk)
    kind = next((kind for kind, it in WORDS.items() if it == word), None)
    if kind is None:
        raise Http404
    return answer(request, structure, kind)


@require_http_methods(["GET", "HEAD", "POST"])
def visit_follow_up(request, pk):
    visits = StructureAct.objects.visible_to(request.user).filter(kind=LifeKind.VISIT)
    visit = get_object_or_404(visits, pk=pk)
    structure = written_by(request.user, visit.structure_id)
    return answer(request, structure, LifeKind.FOLLOW_UP, visit)


def answer(request, structure, kind, visit=None):
    on = business_date()
    form = HOW[kind](
        request.POST or None,
        structure=structure,
        today=on,
        initial={**known(structure), "on": on, "seen": actions.last_act(structure)},
    )
    asked = Asked(structure, kind, form, visit)
    tried = form.is_valid() and attempt(request.user, asked)
    back = reverse("structure_life", args=[structure.pk])
    if tried and form.cleaned_data["confirmed"]:
        messages.success(request, f"{kind.label} : c’est enregistré.")
        return redirect(back)
    return render(
        request,
        "funding/life_act.html",
        {
            "structure": structure,
            "banner": banner(structure),
            "title": kind.label,
            "told": form.told,
            "ready": bool(tried),
            "form": form.to_confirm() if tried else form,
            "facts": facts(tried[0]) if tried else [],
            "tables": tables(*tried) if tried else [],
            "back": back,
        },
    )


def known(structure):
    return {field: getattr(structure, field) for field in FIELDS}


def attempt(user, asked):
    """What the act does; undone unless it is confirmed. Why not goes in the form."""
    try:
        with transaction.atomic():
            done = asked.do(user)
            if asked.kind in (LifeKind.CLOSING, LifeKind.MERGER):
                done = (*done, life.contracts_left(done[0].structure))
            if not asked.form.cleaned_data["confirmed"]:
                transaction.set_rollback(True)
    except REFUSED as refusal:
        asked.form.add_error(None, refusal.user_message)
        seen_again(asked.form, seen=actions.last_act(asked.structure))
        return None
    return done


def facts(act):
    """The act in words, before it is confirmed."""
    found = [("Date d’effet", "day", act.on), ("Motif ou constat", "text", act.reason)]
    if act.reference:
        found.append(("Référence", "text", act.reference))
    if act.follow_up_on:
        found.append(("Suites attendues le", "day", act.follow_up_on))
    if act.other:
        name = f"{act.other.name}, {StructureKind(act.other.kind).label}"
        found.append(("Autre structure", "text", name))
    return found


def tables(act, effects, contracts=()):
    found = []
    if act.kind == LifeKind.IDENTITY:
        found.append(identity_table(act))
    if effects:
        found.append(effects_table(effects))
    if contracts:
        found.append(open_contracts(act, contracts))
    return found


def identity_table(act):
    columns = [Column("Champ"), Column("Avant"), Column("Après")]
    rows = [
        (FIELDS[field].capitalize() if field != "siret" else "SIRET", before, after)
        for field, (before, after) in act.changes.items()
    ]
    return Table("Ce qui change", columns, rows, key="champs")


def effects_table(effects):
    columns = [
        Column("Structure"),
        Column("Annexe"),
        Column("Ce qui se passera"),
        Column("Fin d’effet", "day"),
        Column("ETP avant", "etp"),
        Column("ETP après", "etp"),
        Column("Aide avant", "cents"),
        Column("Aide après", "cents"),
    ]
    rows = [
        (
            *(it.structure, it.annexe, it.what, it.ends_on[1]),
            *(*it.etp, *it.total),
        )
        for it in effects
    ]
    before = sum(it.total[0] for it in effects)
    after = sum(it.total[1] for it in effects)
    footer = ("Ensemble", None, None, None, None, None, before, after)
    return Table(
        *("Effet sur les annexes", columns, rows),
        key="effet",
        footer=footer if len(rows) > 1 else (),
    )


def open_contracts(act, contracts):
    number = formats.counted(len(contracts), "contrat court,contrats courent")
    columns = [Column("Contrats encore ouverts"), Column("Nombre", "count")]
    rows = [(f"{number} après le {formats.day(act.on)}", len(contracts))]
    return Table("Contrats", columns, rows, key="contrats")
