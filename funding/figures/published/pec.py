"""Parcours emploi compétences: signed, their share of the région, their extra cost."""

from decimal import Decimal
from fractions import Fraction

from django.db.models import Case, QuerySet, Value, When

from funding.figures.published.measure import Behind, measure
from funding.figures.published.scope import Scope
from parcours.models import Pec
from structures.figures.legal_values import legal_value
from structures.rules.rounding import cents


def signed(scope: Scope) -> "QuerySet[Pec]":
    pecs = Pec.objects.filter(
        starts_on__year=scope.year, residence__in=scope.communes()
    )
    return pecs.filter(is_preferential=True) if scope.rate else pecs


@measure(
    "pec_signed",
    "Nombre de PEC commencés dans l’année par des résidents du périmètre, "
    "au taux préférentiel",
    "Décisions d’attribution (R77)",
    lambda scope: signed(scope).count(),
)
def pec_signed(scope: Scope) -> Behind:
    rows = (
        signed(scope)
        .order_by("starts_on", "pk")
        .values_list("employer", "residence__name", "starts_on", "weekly_hours", "rate")
    )
    return Behind(
        ("Employeur", "Commune de résidence", "Début", "Heures par semaine", "Taux"),
        ("text", "text", "date", "etp", "part"),
        rows,
        signed(scope).count(),
    )


def of_region(scope: Scope) -> "QuerySet[Pec]":
    return Pec.objects.filter(
        starts_on__year=scope.year, residence__departement__region=scope.region
    )


def share(scope: Scope) -> Fraction | None:
    every = of_region(scope).count()
    return Fraction(signed(scope).count(), every) if every else None


@measure(
    "pec_share",
    "PEC des résidents du périmètre ÷ PEC de la région, dans l’année",
    "Décisions d’attribution",
    share,
)
def pec_share(scope: Scope) -> Behind:
    """Every PEC of the région; those the share counts come first, and say so."""
    counted = Case(
        When(pk__in=signed(scope).values("pk"), then=Value("Oui")), default=Value("Non")
    )
    rows = (
        of_region(scope)
        .annotate(counted=counted)
        .order_by("-counted", "starts_on", "pk")
        .values_list("employer", "residence__name", "starts_on", "counted")
    )
    inside, every = signed(scope).count(), of_region(scope).count()
    return Behind(
        (
            "Employeur",
            "Commune de résidence",
            "Début",
            f"Dans le périmètre ({inside} sur {every})",
        ),
        ("text", "text", "date", "text"),
        rows,
        share(scope),
    )


def extra_costs(scope: Scope) -> list[tuple[str, int, Decimal, Decimal, Decimal]]:
    """Employer, months in the year, weekly hours, points above standard, euros."""
    day = scope.day
    smic = legal_value("smic_horaire", on=day).value
    standard = legal_value("pec_taux", "STANDARD", on=day).value
    weeks_a_month = Decimal(52) / 12
    rows = signed(scope).filter(is_preferential=True).order_by("starts_on", "pk")
    found = []
    for employer, start, months, hours, rate in rows.values_list(
        "employer", "starts_on", "months", "weekly_hours", "rate"
    ):
        in_year = min(months, 13 - start.month)
        points = rate - standard
        cost = cents(smic * hours * weeks_a_month * in_year * points)
        found.append((employer, in_year, hours, points, cost))
    return found


@measure(
    "pec_extra_cost",
    "Somme de SMIC horaire × heures par semaine × 52/12 × mois de l’année "
    "× (taux préférentiel − taux ordinaire)",
    "Code du travail, art. L. 5134-30-1 (R68) ; taux à confirmer",
    lambda scope: sum((row[4] for row in extra_costs(scope)), Decimal(0)),
)
def pec_extra_cost(scope: Scope) -> Behind:
    rows = extra_costs(scope)
    return Behind(
        ("Employeur", "Mois de l’année", "Heures par semaine", "Points", "Surcoût"),
        ("text", "count", "etp", "part", "money"),
        rows,
        sum((row[4] for row in rows), Decimal(0)),
    )
