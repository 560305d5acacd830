"""Entries, beneficiaries of the RSA, exits, and people on earmarked posts."""

from decimal import Decimal
from fractions import Fraction

from django.db.models import (
    CharField,
    Count,
    DecimalField,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Cast, LPad

from funding.figures.published.measure import Behind, measure
from funding.figures.published.money import versions
from funding.figures.published.scope import Scope
from funding.models import AnnexePart, OutcomeReport
from parcours.enums import Rsa
from parcours.models import Contract, MonthlyHours

PSEUDONYM = Func(
    Value("P-"),
    LPad(Cast("person_id", CharField()), 6, Value("0")),
    function="CONCAT",
    output_field=CharField(),
)


def entries_of(scope: Scope) -> "QuerySet[Contract]":
    """The first entry of each person in the span; a renewal is not an entry (R66)."""
    return (
        Contract.objects.filter(
            structure__in=scope.structures(),
            hired_on__range=(scope.since, scope.until),
            renews=None,
        )
        .order_by("person_id", "hired_on", "pk")
        .distinct("person_id")
    )


@measure(
    "entries",
    "Nombre de personnes dont un premier contrat commence dans la période ; "
    "un renouvellement n’est pas une entrée",
    "Contrats des structures (R66)",
    lambda scope: entries_of(scope).count(),
)
def entries(scope: Scope) -> Behind:
    rows = entries_of(scope).values_list(
        PSEUDONYM, "structure__name", "structure__kind", "hired_on"
    )
    return Behind(
        ("Personne", "Structure", "Type", "Embauche"),
        ("text", "text", "text", "date"),
        rows,
        entries_of(scope).count(),
    )


def present(scope: Scope) -> "QuerySet[Contract]":
    return Contract.objects.running_on(scope.day).filter(
        structure__in=scope.structures()
    )


PEOPLE = Count("person", distinct=True)
ON_RSA = Count("person", distinct=True, filter=~Q(rsa=Rsa.NO))


def rsa_by_structure(scope: Scope) -> "list[tuple[str, str, int, int]]":
    rows = (
        present(scope)
        .values("structure")
        .annotate(people=PEOPLE, on_rsa=ON_RSA)
        .order_by("structure__name", "structure")
        .values_list("structure__name", "structure__kind", "on_rsa", "people")
    )
    return list(rows)


def rsa_rate(scope: Scope) -> Fraction | None:
    rows = rsa_by_structure(scope)
    people = sum(row[3] for row in rows)
    return Fraction(sum(row[2] for row in rows), people) if people else None


@measure(
    "rsa_share",
    "Salariés au RSA à l’entrée ÷ salariés en contrat à la date du document, "
    "structure par structure",
    "Situation à l’entrée, fichier des contrats de l’ASP",
    rsa_rate,
)
def rsa_share(scope: Scope) -> Behind:
    return Behind(
        ("Structure", "Type", "dont au RSA", "Salariés"),
        ("text", "text", "count", "count"),
        rsa_by_structure(scope),
        rsa_rate(scope),
    )


def reports(scope: Scope) -> "QuerySet[OutcomeReport]":
    return OutcomeReport.objects.filter(
        year=scope.year, structure__in=scope.structures()
    )


DYNAMIC = F("durable") + F("transition") + F("positive")


def dynamic(scope: Scope) -> Fraction | None:
    sums = reports(scope).aggregate(
        dynamic=Sum(DYNAMIC), examined=Sum(DYNAMIC + F("other"))
    )
    if not sums["examined"]:
        return None
    return Fraction(sums["dynamic"], sums["examined"])


@measure(
    "dynamic_rate",
    "(emploi durable + transition + sorties positives) ÷ (les mêmes + autres sorties) ; "
    "retraits, séjours trop courts et trop peu d’heures sont hors du calcul",
    "Tableaux de bord de l’État, règles de sortie par type (R60-R63)",
    dynamic,
)
def dynamic_rate(scope: Scope) -> Behind:
    rows = (
        reports(scope)
        .order_by("structure__name", "structure")
        .values_list(
            "structure__name",
            "structure__kind",
            "durable",
            "transition",
            "positive",
            "other",
            F("withdrawn") + F("too_short") + F("too_few_hours"),
        )
    )
    columns = ("Durable", "Transition", "Positives", "Autres", "Hors du calcul")
    return Behind(
        ("Structure", "Type", *columns),
        ("text", "text", *["count"] * len(columns)),
        rows,
        dynamic(scope),
    )


def on_earmark(scope: Scope) -> "list[tuple[str, int, Decimal, Decimal, Decimal]]":
    """Structure, people in the year, ETP, ETP on the earmark, people on these posts."""
    worked = (
        MonthlyHours.objects.filter(
            statement__month__year=scope.year,
            contract__structure=OuterRef("version__annexe__convention__structure"),
        )
        .order_by()
        .values("contract__structure")
        .annotate(found=Count("contract__person", distinct=True))
        .values("found")
    )
    parts = (
        AnnexePart.objects.filter(
            version__in=versions(scope, scope.year), envelope__line=scope.line
        )
        .exclude(version__etp=0)
        .annotate(people=Subquery(worked))
        .order_by("version__annexe__convention__structure__name", "pk")
        .values_list(
            "version__annexe__convention__structure__name",
            "people",
            "version__etp",
            "etp",
            Cast(F("people"), DecimalField(max_digits=12, decimal_places=2))
            * F("etp")
            / F("version__etp"),
        )
    )
    return [row for row in parts if row[1]]


@measure(
    "people_on_earmark",
    "Somme, par structure, des personnes de l’année × ETP fléchés ÷ ETP de l’annexe",
    "Convention de calcul de l’application : un poste fléché emploie à proportion",
    lambda scope: round(sum(row[4] for row in on_earmark(scope))),
)
def people_on_earmark(scope: Scope) -> Behind:
    rows = on_earmark(scope)
    return Behind(
        ("Structure", "Personnes", "ETP", "dont fléchés", "Personnes à proportion"),
        ("text", "count", "etp", "etp", "etp"),
        rows,
        round(sum(row[4] for row in rows)),
    )
