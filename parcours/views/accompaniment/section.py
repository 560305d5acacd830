"""The accompaniment on the page of a person: what to do next, and what was done."""

from dataclasses import dataclass, field

from django.urls import reverse

from parcours.enums import FreinState
from parcours.figures.freins import frein_lines
from parcours.figures.referents import referent_of
from parcours.figures.sight import (
    SENSITIVE_THEMES,
    accompanied_structures,
    sight_of,
    staffed_structures,
)
from parcours.models import Interview
from parcours.rules.freins import is_overdue
from parcours.views.looks import LATE, LOOKS
from structures.templatetags import formats
from structures.views.badges import badge_of
from structures.views.context import business_date
from structures.views.tables import Column, Empty, Link, Table

LISTED = 5  # interviews: the others are in the line of time


@dataclass(frozen=True)
class Section:
    """`acts` are (label, address), the first one standing out."""

    referent: str
    is_sensitive: bool = False
    acts: list[tuple[str, str]] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)


def section(user, parcours, contracts):
    """Nothing for whoever does not work where the person does."""
    staffed = staffed_structures(user)
    own = [one for one in contracts if one.structure_id in staffed]
    if not own:
        return None
    writes = {one.structure_id for one in own} & accompanied_structures(user)
    lines = [(it, reads(user, it.frein)) for it in frein_lines(own)]
    tables = [freins(lines), interviews(own)]
    referent = referent_of(own[0])
    return Section(
        str(referent) if referent else formats.EMPTY,
        any(may and it.frein.theme in SENSITIVE_THEMES for it, may in lines),
        acts(parcours) if writes else [],
        tables,
    )


def acts(parcours):
    words = [
        ("Ajouter un entretien", "interview_add"),
        ("Nommer un frein", "frein_add"),
        ("Désigner le référent", "referent_name"),
    ]
    return [(label, reverse(name, args=[parcours.pk])) for label, name in words]


def reads(user, frein):
    return sight_of(user, frein.contract).reads_theme(frein.theme)


def freins(lines):
    """Lines with whether their theme may be read."""
    columns = [
        Column("Frein"),
        Column("État", "badge"),
        Column("Suivi"),
        Column("Identifié le", "day", on_phone=False),
        Column("Actions en cours", "count"),
        Column("Prochaine échéance", "day"),
        Column("Échéance", "badge"),
    ]
    rows = [shown(it) if may else masked(it) for it, may in lines]
    empty = Empty("Aucun frein", "Aucun n’est identifié pour cette personne.")
    return Table("Freins et actions", columns, rows, empty=empty, key="freins")


def shown(it):
    frein = it.frein
    late = is_overdue(due_on=it.due_on, done_on=None, on=business_date())
    return (
        Link(str(frein), reverse("frein_detail", args=[frein.pk])),
        badge_of(FreinState(frein.state), LOOKS),
        frein.get_mode_display() if frein.mode else None,
        *(frein.identified_on, len(it.open_actions), it.due_on),
        LATE if late else None,
    )


def masked(it):
    """Of a theme kept for who accompanies: that there is one, not what is done."""
    state = badge_of(FreinState(it.frein.state), LOOKS)
    day = it.frein.identified_on
    return "Thème réservé à l’accompagnement", state, None, day, None, None, None


def interviews(contracts):
    columns = [
        Column("Date"),
        Column("Forme"),
        Column("Durée"),
        Column("Synthèse"),
        Column("Conseiller", on_phone=False),
    ]
    found = Interview.objects.filter(contract__in=contracts).order_by("-held_on", "-pk")
    rows = [
        (
            Link(formats.day(it.held_on), reverse("interview_detail", args=[it.pk])),
            *(it.get_medium_display(), f"{it.minutes} min"),
            *(it.summary or None, it.counsellor or None),
        )
        for it in found[:LISTED]
    ]
    empty = Empty("Aucun entretien", "Personne n’a encore rencontré ce salarié.")
    return Table("Derniers entretiens", columns, rows, empty=empty, key="entretiens")
