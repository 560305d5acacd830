"""The page of a frein: its state, what is done about it, by whom and until when."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from parcours.enums import FreinState
from parcours.figures.sight import sight_of
from parcours.models import Frein
from parcours.rules.freins import is_overdue
from parcours.views.accompaniment.asked import (
    Asked,
    accompanies,
    of_the_staff,
    read,
)
from parcours.views.looks import DONE, LATE, LOOKS, ONGOING
from structures.templatetags import formats
from structures.views.badges import badge_of
from structures.views.context import business_date
from structures.views.parts import Banner
from structures.views.tables import Column, Empty, Link, Table


@require_safe
def frein_detail(request, pk):
    """Read by the staff of the structure who may read its theme."""
    frein = of_the_staff(request, Frein.objects.all(), pk)
    if not sight_of(request.user, frein.contract).reads_theme(frein.theme):
        raise Http404
    read(request, frein)
    writes = accompanies(request, frein.contract)
    context = {
        "asked": Asked(str(frein), frein.contract),
        "banner": banner(frein),
        "acts": acts(frein) if writes else [],
        "objectives": frein.objectives.all(),
        "tables": [actions(frein, writes), events(frein)],
    }
    return render(request, "parcours/accompaniment/frein.html", context)


def banner(frein):
    facts = [
        ("Identifié le", "day", frein.identified_on),
        ("Suivi", "text", frein.get_mode_display() if frein.mode else None),
        ("Levé le", "day", frein.lifted_on),
    ]
    badges = [badge_of(FreinState(frein.state), LOOKS)]
    return Banner(f"{frein} : {frein.contract.person}", badges, facts)


def acts(frein):
    words = [("Rouvrir ce frein", "frein_reopen")]
    if not frein.lifted_on:
        words = [
            ("Prévoir une action", "action_add"),
            ("Fixer un objectif", "objective_add"),
            ("Dire que ce frein est levé", "frein_lift"),
        ]
    return [(label, reverse(name, args=[frein.pk])) for label, name in words]


def badge_of_action(action, on):
    if action.done_on:
        return DONE
    late = is_overdue(due_on=action.due_on, done_on=action.done_on, on=on)
    return LATE if late else ONGOING


def actions(frein, writes):
    columns = [
        Column("Action"),
        Column("État", "badge"),
        Column("Menée"),
        Column("Suivie par"),
        Column("Échéance", "day"),
        Column("Terminée le", "day"),
        Column("Résultat"),
    ]
    found = frein.actions.select_related("owner", "objective")
    rows = [line(it, writes, business_date()) for it in found]
    empty = Empty("Aucune action", "Ce frein est identifié ; rien n’est encore engagé.")
    return Table("Actions", columns, rows, empty=empty, key="actions")


def line(action, writes, on):
    is_open = writes and not action.done_on
    url = reverse("action_end", args=[action.pk]) if is_open else ""
    note = f"Objectif : {action.objective}" if action.objective else ""
    return (
        Link(action.title, url, note),
        badge_of_action(action, on),
        action.get_side_display(),
        str(action.owner) if action.owner else None,
        *(action.due_on, action.done_on, action.outcome or None),
    )


def events(frein):
    columns = [
        Column("Acte"),
        Column("Date", "day"),
        Column("Par"),
        Column("Enregistré"),
    ]
    rows = [
        (it.get_act_display(), it.on, str(it.by), formats.moment(it.at))
        for it in frein.events.select_related("by")
    ]
    empty = Empty("Aucun acte", "Ce frein vient des données d’origine.")
    return Table("Historique du frein", columns, rows, empty=empty, key="historique")
