"""ETP agreed and euros engaged, from the annexes and from the ledger."""

from decimal import Decimal

from django.db.models import (
    Case,
    CharField,
    DecimalField,
    F,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Round

from funding.enums import Bucket, Line, TransferKind
from funding.figures.envelopes import transfers_behind
from funding.figures.published.measure import Behind, measure
from funding.figures.published.scope import Scope
from funding.models import Account, AnnexePart, AnnexeVersion
from structures.enums import Measure as ConventionMeasure

ZERO = Value(Decimal(0), output_field=DecimalField(max_digits=16, decimal_places=2))
STRUCTURE = "annexe__convention__structure"
LINE_LABEL = Case(
    *(When(envelope__line=line, then=Value(line.label)) for line in Line),
    output_field=CharField(),
)


def versions(scope: Scope, year: int) -> "QuerySet[AnnexeVersion]":
    """Versions that statistics take (R11), of the year's annexes, without the FDI."""
    return (
        AnnexeVersion.objects.counted()
        .filter(annexe__year=year, annexe__convention__structure__in=scope.structures())
        .exclude(annexe__convention__measure=ConventionMeasure.FDI_DC)
    )


def etp(scope: Scope, year: int) -> Decimal:
    return Decimal(
        versions(scope, year).aggregate(found=Coalesce(Sum("etp"), ZERO))["found"]
    )


def growth(scope: Scope) -> Decimal:
    return etp(scope, scope.year) - etp(scope, scope.year - 1)


@measure(
    "etp_agreed",
    "Somme des ETP des annexes financières de l’année, dans leur version en vigueur "
    "(validée, provisoire ou clôturée), hors FDI",
    "Tableaux de bord de l’État, états d’annexe retenus (R11)",
    lambda scope: etp(scope, scope.year),
)
def etp_agreed(scope: Scope) -> Behind:
    rows = versions(scope, scope.year).order_by(f"{STRUCTURE}__name", "pk")
    return Behind(
        ("Structure", "Type", "Annexe", "Version", "ETP"),
        ("text", "text", "text", "count", "etp"),
        rows.values_list(
            f"{STRUCTURE}__name",
            f"{STRUCTURE}__kind",
            "annexe__number",
            "modification",
            "etp",
        ),
        etp(scope, scope.year),
    )


@measure(
    "etp_growth",
    "ETP des annexes de l’année, moins ETP des annexes de l’année précédente",
    "Tableaux de bord de l’État, états d’annexe retenus (R11)",
    growth,
)
def etp_growth(scope: Scope) -> Behind:
    of_year = {
        name: Coalesce(Sum("etp", filter=Q(annexe__year=scope.year - back)), ZERO)
        for name, back in (("now", 0), ("before", 1))
    }
    both = versions(scope, scope.year) | versions(scope, scope.year - 1)
    rows = (
        both.order_by(f"{STRUCTURE}__name", STRUCTURE)
        .values(STRUCTURE)
        .annotate(**of_year)
        .values_list(
            f"{STRUCTURE}__name",
            f"{STRUCTURE}__kind",
            "before",
            "now",
            F("now") - F("before"),
        )
    )
    return Behind(
        ("Structure", "Type", f"ETP {scope.year - 1}", f"ETP {scope.year}", "Écart"),
        ("text", "text", "etp", "etp", "etp"),
        rows,
        growth(scope),
    )


def engaged(scope: Scope) -> "QuerySet[Account]":
    """Accounts that hold what is committed or paid for the annexes of the scope."""
    accounts = Account.objects.filter(
        bucket__in=[Bucket.COMMITTED, Bucket.PAID],
        envelope__year=scope.year,
        annexe__convention__structure__in=scope.structures(),
    )
    if scope.line:
        accounts = accounts.filter(envelope__line=scope.line)
    if scope.except_line:
        accounts = accounts.exclude(envelope__line=scope.except_line)
    return accounts


def engaged_total(scope: Scope) -> Decimal:
    return Decimal(
        engaged(scope).aggregate(found=Coalesce(Sum("balance"), ZERO))["found"]
    )


@measure(
    "aid_engaged",
    "Somme de ce qui est engagé ou payé au grand livre pour les annexes de l’année : "
    "montant socle, part modulée et cofinancement du département compris",
    "Grand livre des enveloppes ; engagé = engagé non payé + payé (R80)",
    engaged_total,
)
def aid_engaged(scope: Scope) -> Behind:
    paid = Sum("balance", filter=Q(bucket=Bucket.PAID))
    rows = (
        engaged(scope)
        .filter(balance__gt=0)
        .order_by(f"{STRUCTURE}__name", STRUCTURE, "envelope__line")
        .values(STRUCTURE, "envelope__line")
        .annotate(engaged=Sum("balance"), paid=Coalesce(paid, ZERO), label=LINE_LABEL)
        .values_list(f"{STRUCTURE}__name", "label", "paid", "engaged")
    )
    return Behind(
        ("Structure", "Ligne", "dont payé", "Engagé"),
        ("text", "text", "money", "money"),
        rows,
        engaged_total(scope),
    )


def full_year_parts(scope: Scope) -> "QuerySet[AnnexePart]":
    cost = Round(F("posts") * F("version__unit_amount"), precision=2)
    return AnnexePart.objects.filter(
        version__in=versions(scope, scope.year), envelope__line=scope.line
    ).annotate(cost=cost)


def full_year_total(scope: Scope) -> Decimal:
    return Decimal(
        full_year_parts(scope).aggregate(found=Coalesce(Sum("cost"), ZERO))["found"]
    )


@measure(
    "aid_full_year",
    "Postes ouverts au 31 décembre × montant unitaire : ce que coûtera une année entière",
    "Communiqué du préfet du Pas-de-Calais, 2 décembre 2019 (R84)",
    full_year_total,
)
def aid_full_year(scope: Scope) -> Behind:
    path = "version__annexe__convention__structure__name"
    rows = full_year_parts(scope).order_by(path, "pk")
    return Behind(
        ("Structure", "Postes", "ETP de l’année", "Coût de l’année", "Année pleine"),
        ("text", "etp", "etp", "money", "money"),
        rows.values_list(path, "posts", "etp", "amount", "cost"),
        full_year_total(scope),
    )


KIND_LABEL = Case(
    *(When(kind=kind, then=Value(kind.label)) for kind in TransferKind),
    output_field=CharField(),
)


def notified(scope: Scope) -> "QuerySet[Account]":
    """Every account of the earmark: what it received is the sum of their balances."""
    return Account.objects.filter(
        envelope__year=scope.year,
        envelope__line=scope.line,
        envelope__departement__communes__in=scope.communes(),
    ).distinct()


def notified_total(scope: Scope) -> Decimal:
    accounts = Account.objects.filter(pk__in=notified(scope).values("pk"))
    return Decimal(accounts.aggregate(found=Coalesce(Sum("balance"), ZERO))["found"])


@measure(
    "earmark_notified",
    "Somme des soldes de l’enveloppe fléchée, quel qu’en soit l’emploi : ce qu’elle a reçu",
    "Grand livre des enveloppes (R79)",
    notified_total,
)
def earmark_notified(scope: Scope) -> Behind:
    """The transfers that brought the sum in, or took some of it back."""
    accounts = Account.objects.filter(pk__in=notified(scope).values("pk"))
    rows = (
        transfers_behind(accounts)
        .order_by("pk")
        .annotate(nature=KIND_LABEL)
        .values_list(
            "pk",
            "on",
            "nature",
            "target__envelope__departement__name",
            "reference",
            "signed",
        )
    )
    return Behind(
        ("Mouvement", "Date d’effet", "Nature", "Vers", "Référence", "Montant"),
        ("text", "date", "text", "text", "text", "money"),
        rows,
        notified_total(scope),
    )
