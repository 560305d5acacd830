"""What an annexe is compared with when it is negotiated: the year before it."""

from django.db.models import DecimalField, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Cast, NullIf

from funding.figures.realisation import mean_etp, ratio
from funding.models import AnnexeVersion, Consumption, OutcomeReport

STRUCTURE = "annexe__convention__structure"
MEASURE = "annexe__convention__measure"
RATE = DecimalField(max_digits=14, decimal_places=6)


def with_last_year(
    versions: QuerySet[AnnexeVersion], *, year: int
) -> QuerySet[AnnexeVersion]:
    """Versions with `last_etp`, `last_realised`, `last_rate` and `last_dynamic`.

    ETP agreed and mean ETP realised in `year` by the same structure and mesure (R29), one
    over the other (R37), and its share of sorties dynamiques (R65). Null when unknown.
    """
    same = {
        STRUCTURE: OuterRef(STRUCTURE),
        MEASURE: OuterRef(MEASURE),
        "annexe__year": year,
    }
    agreed = AnnexeVersion.objects.counted().filter(**same).order_by().values(MEASURE)
    months = Consumption.objects.filter(**same).order_by().values(MEASURE)
    exits = OutcomeReport.objects.filter(structure=OuterRef(STRUCTURE), year=year)
    dynamic = Cast(F("durable") + F("transition") + F("positive"), RATE)
    examined = F("durable") + F("transition") + F("positive") + F("other")
    return versions.annotate(
        last_etp=Subquery(agreed.annotate(n=Sum("etp")).values("n")),
        last_realised=Subquery(months.annotate(n=mean_etp()).values("n")),
        last_dynamic=Subquery(
            exits.annotate(n=dynamic / NullIf(examined, 0)).values("n")[:1],
            output_field=RATE,
        ),
    ).annotate(last_rate=ratio("last_realised", "last_etp"))
