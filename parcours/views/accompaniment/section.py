"""The accompaniment on the page of a person: what to do next, and what was done."""

from dataclasses import dataclass, field

from django.urls import reverse

from parcours.figures.sight import accompanied_structures, staffed_structures
from parcours.models import Interview
from structures.templatetags import formats
from structures.views.tables import Column, Empty, Link, Table

LISTED = 5  # interviews: the others are in the line of time


@dataclass(frozen=True)
class Section:
    """`acts` are (label, address), the first one standing out."""

    acts: list[tuple[str, str]] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)


def section(user, parcours, contracts):
    """Nothing for whoever does not work where the person does."""
    staffed = staffed_structures(user)
    own = [one for one in contracts if one.structure_id in staffed]
    if not own:
        return None
    writes = {one.structure_id for one in own} & accompanied_structures(user)
    return Section(acts(parcours) if writes else [], [interviews(own)])


def acts(parcours):
    return [("Ajouter un entretien", reverse("interview_add", args=[parcours.pk]))]


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
