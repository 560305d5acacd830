"""Whose rows stand behind a published figure, and why they are closed to the others.

What the document says is public; what we compute belongs to the départements it is
computed from.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from funding.models import PublishedFigure
from structures.models import Departement, PerimeterCommune, User


@dataclass(frozen=True)
class Places:
    """Names of the départements; those of each region, and of each perimeter."""

    names: Mapping[str, str]
    of_region: Mapping[str, set[str]]
    of_perimeter: Mapping[str, set[str]]

    def about(self, scope: Mapping[str, str]) -> set[str]:
        """Départements from whose rows a figure of this scope is computed."""
        found = {scope["departement"]} if scope.get("departement") else set()
        found |= self.of_perimeter.get(scope.get("perimeter", ""), set())
        return found | self.of_region.get(scope.get("region", ""), set())


def closed_to(user: User, figures: QuerySet[PublishedFigure]) -> dict[str, str]:
    """Code of each figure closed to the person → why, and who may open it.

    Four queries at most, whatever the number of figures.
    """
    if user.is_superuser:
        return {}
    mine = set(user.departements().values_list("pk", flat=True))
    places = places_known()
    closed = {}
    for code, scope in figures.values_list("code", "scope"):
        about = places.about(scope)
        if about - mine:
            names = [places.names.get(pk, pk) for pk in sorted(about - mine)]
            closed[code] = reason(names, is_shared=len(about) > 1)
    return closed


def reason(names: list[str], *, is_shared: bool) -> str:
    who = "Un agent régional peut l’ouvrir."
    if not is_shared:
        who = "Un agent de ce département ou de sa région peut l’ouvrir."
    return f"Hors de votre territoire : {', '.join(names)}. {who}"


def places_known() -> Places:
    """Two queries."""
    names: dict[str, str] = {}
    of_region: dict[str, set[str]] = {}
    of_perimeter: dict[str, set[str]] = {}
    for pk, name, region in Departement.objects.values_list("pk", "name", "region"):
        names[pk] = name
        of_region.setdefault(region, set()).add(pk)
    pairs = PerimeterCommune.objects.values_list(
        "perimeter__code", "commune__departement"
    )
    for code, departement in pairs.distinct():
        of_perimeter.setdefault(code, set()).add(departement)
    return Places(names, of_region, of_perimeter)
