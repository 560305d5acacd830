"""Structures with a convention on a day, created in a span, of a group; territories."""

from django.db.models import QuerySet

from funding.figures.published.measure import Behind, measure
from funding.figures.published.scope import Scope
from structures.enums import IN_FORCE
from structures.figures.legal_values import legal_value
from structures.models import Convention, LegalValue, Perimeter, Structure

COLUMNS = ("Structure", "Type", "Commune", "Créée le")
KINDS = ("text", "text", "text", "date")
FIELDS = ("name", "kind", "commune__name", "created_on")


def conventioned(scope: Scope) -> "QuerySet[Structure]":
    """Structures with a signed convention running on the scope's day."""
    running = Convention.objects.filter(
        state__in=IN_FORCE, starts_on__lte=scope.day, ends_on__gte=scope.day
    )
    return scope.structures().filter(pk__in=running.values("structure"))


def created(scope: Scope) -> "QuerySet[Structure]":
    return conventioned(scope).filter(created_on__range=(scope.since, scope.until))


def listed(structures: "QuerySet[Structure]") -> Behind:
    rows = structures.order_by("kind", "name", "pk").values_list(*FIELDS)
    return Behind(COLUMNS, KINDS, rows, structures.count())


@measure(
    "structures",
    "Nombre de structures qui ont une convention signée en cours à la date du document",
    "Code du travail, art. L. 5132-2 (convention avec l’État)",
    lambda scope: conventioned(scope).count(),
)
def structures(scope: Scope) -> Behind:
    return listed(conventioned(scope))


@measure(
    "structures_created",
    "Nombre de structures conventionnées dont la date de création est dans la période",
    "Date de création de la structure",
    lambda scope: created(scope).count(),
)
def structures_created(scope: Scope) -> Behind:
    return listed(created(scope))


@measure(
    "group_structures",
    "Nombre de structures rattachées au groupe",
    "Rattachement de la structure à un groupe",
    lambda scope: scope.structures().count(),
)
def group_structures(scope: Scope) -> Behind:
    return listed(scope.structures())


@measure(
    "territories",
    "Nombre de territoires qui composent le périmètre",
    "Table des périmètres, tenue par l’administration",
    lambda scope: Perimeter.objects.filter(parent__code=scope.perimeter).count(),
)
def territories(scope: Scope) -> Behind:
    parts = Perimeter.objects.filter(parent__code=scope.perimeter)
    rows = parts.order_by("name").values_list("name", "source")
    return Behind(("Territoire", "Source"), ("text", "text"), rows, parts.count())


@measure(
    "dynamic_objective",
    "Valeur légale « objectif de sorties dynamiques » en vigueur à la date",
    "Circulaire DGEFP 2008-21 du 10 décembre 2008",
    lambda scope: objective(scope).value,
)
def dynamic_objective(scope: Scope) -> Behind:
    value = objective(scope)
    return Behind(
        ("Prend effet le", "Valeur", "Texte"),
        ("date", "part", "text"),
        [(value.effective_on, value.value, value.source)],
        value.value,
    )


def objective(scope: Scope) -> LegalValue:
    return legal_value("objectif_sorties", "DYNAMIQUES", on=scope.day)
