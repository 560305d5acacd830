"""Whose lines stand behind a published figure, and who may open them."""

from django.db.models import QuerySet

from funding.models import PublishedFigure
from structures.models import PerimeterCommune, User


def openable(figures: QuerySet[PublishedFigure], user: User) -> set[str]:
    """Codes of the figures whose territory lies in the person’s; two queries at most.

    The figure itself is public; the lines behind it belong to their départements.
    """
    rows = list(figures.values_list("code", "scope"))
    if user.is_superuser:
        return {code for code, _ in rows}
    mine = set(user.departements().values_list("pk", flat=True))
    places = departements_of_perimeters()
    return {code for code, scope in rows if about(scope, places) <= mine}


def about(scope: dict[str, str], places: dict[str, set[str]]) -> set[str]:
    found = set(places.get(scope.get("perimeter", ""), set()))
    return found | ({scope["departement"]} if scope.get("departement") else set())


def departements_of_perimeters() -> dict[str, set[str]]:
    """Code of each perimeter → the départements it touches; one query."""
    pairs = PerimeterCommune.objects.values_list(
        "perimeter__code", "commune__departement"
    )
    places: dict[str, set[str]] = {}
    for code, departement in pairs.distinct():
        places.setdefault(code, set()).add(departement)
    return places
