"""What the yearly jobs make of the same figures, in SQL: the twins of the rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from funding.enums import Job, Level, Line, VersionState
from funding.models import AnnexeVersion, Consumption, OutcomeReport
from parcours.rules.exits import CATEGORY, dynamic_rate
from structures.enums import StructureKind
from tests.funding.factories import EnvelopeFactory, PartFactory, VersionFactory
from tests.funding.jobs import annexe_of, exit_after, hours_in, run_job
from tests.structures.factories import (
    ConventionFactory,
    PerimeterCommuneFactory,
    StructureFactory,
)


def convention_of(kind: StructureKind):
    return ConventionFactory(structure=StructureFactory(kind=kind))


def month_of(
    *, kind: StructureKind, hours: list[Decimal], hours_per_etp: Decimal
) -> Consumption:
    """March 2019 of a structure, as the consumption job computes it (R25, R33)."""
    convention = convention_of(kind)
    annexe_of(2019, convention=convention, hours_per_etp=hours_per_etp)
    hours_in(convention, date(2019, 3, 1), *hours)
    run_job(Job.CONSUMPTION, 2019)
    return Consumption.objects.get()


def draft_of_next_year(*, etp: list[Decimal], on: date) -> AnnexeVersion:
    """The draft of 2020 of an ACI with one version of 2019 per ETP given (R9, R16)."""
    EnvelopeFactory(departmental=True, year=2019)
    first = annexe_of(2019, etp=etp[0], state=VersionState.HISTORISE)
    for modification, later in enumerate(etp[1:], start=1):
        last = modification == len(etp) - 1
        state = VersionState.VALIDE if last else VersionState.HISTORISE
        VersionFactory(
            annexe=first.annexe, modification=modification, etp=later, state=state
        )
    run_job(Job.CONVENTIONS, 2020, on=on)
    return AnnexeVersion.objects.get(state=VersionState.BROUILLON)


def report_of_stay(*, kind: StructureKind, days: int, hours: Decimal) -> OutcomeReport:
    """The outcomes of 2018 of a structure which one person left for a CDI (R60, R61)."""
    structure = convention_of(kind).structure
    exit_after(days, ("D1", CATEGORY["D1"]), structure=structure, hours=hours)
    return outcomes()


@dataclass(frozen=True)
class Rates:
    examined: int
    withdrawn: int
    dynamic: object


def rates_of_exits(*, exits: Mapping[str, int]) -> Rates:
    """Rates of an ACI which so many people left for each motive (R62, R63)."""
    structure = convention_of(StructureKind.ACI).structure
    for code, number in exits.items():
        for _ in range(number):
            exit_after(200, (code, CATEGORY[code]), structure=structure)
    report = outcomes()
    categories = dict.fromkeys(CATEGORY.values())
    counted = {category: getattr(report, category.lower()) for category in categories}
    return Rates(report.examined, report.withdrawn, dynamic_rate(counted))


def outcomes() -> OutcomeReport:
    run_job(Job.OUTCOMES, 2018)
    return OutcomeReport.objects.get()


def shares_of_next_year(*, line: Line, inside: bool) -> dict[str, Decimal]:
    """What each envelope bears of the draft of 2020 (R82, R84).

    In 2019 the line opened 4 posts in July, 2 ETP over the year, beside 6 on the socle;
    the structure is in the perimeter of the line, or not.
    """
    member = PerimeterCommuneFactory()
    socle = EnvelopeFactory(departmental=True, year=2019)
    earmark = EnvelopeFactory(
        year=2019,
        level=Level.EARMARK,
        line=line,
        departement=socle.departement,
        region=socle.region,
        parent=socle,
        perimeter=member.perimeter if line == Line.ERBM else None,
    )
    version = annexe_of(2019, etp=Decimal("8.00"))
    PartFactory(version=version, envelope=earmark, posts=4, etp=2, amount=40398)
    PartFactory(version=version, envelope=socle, posts=6, etp=6, amount=121194)
    if not inside:
        member.delete()
    run_job(Job.CONVENTIONS, 2020)
    draft = AnnexeVersion.objects.get(state=VersionState.BROUILLON)
    return dict(draft.parts.values_list("envelope__line", "amount"))


def cofinanced_next_year(*, kind: StructureKind, cofinanced: Decimal) -> Decimal:
    """Euros of the département in the draft of 2020, from those of 2019 (R38, R41)."""
    socle = EnvelopeFactory(departmental=True, year=2019)
    departement = {"departement": socle.departement, "region": socle.region}
    EnvelopeFactory(year=2019, level=Level.LINE, line=Line.CD, **departement)
    annexe_of(2019, convention=convention_of(kind), cofinanced=cofinanced)
    run_job(Job.CONVENTIONS, 2020)
    return AnnexeVersion.objects.get(state=VersionState.BROUILLON).cofinanced


def versions_of_months(*, months: list[date]) -> list[int]:
    """M of the version each month’s hours went to; M1 replaced M0 from April (R92)."""
    m0 = annexe_of(2019, state=VersionState.HISTORISE, ends_on=date(2019, 3, 31))
    VersionFactory(annexe=m0.annexe, modification=1, starts_on=date(2019, 4, 1))
    for month in months:
        hours_in(m0.annexe.convention, month, Decimal(113))
    run_job(Job.CONSUMPTION, 2019)
    found = Consumption.objects.order_by("month")
    return list(found.values_list("version__modification", flat=True))
