"""What PostgreSQL refuses about conventions, annexes and months."""

from datetime import date
from decimal import Decimal

from funding.enums import VersionState
from parcours.enums import StatementState
from structures.enums import Confidence, Measure, Origin, Place
from structures.models import LegalValue
from tests.funding.factories import VersionFactory
from tests.parcours.factories import MonthlyHoursFactory, MonthlyStatementFactory
from tests.structures.factories import ConventionFactory, UserFactory


def terms_after_a_later_value(*, unit_amount: Decimal, later: Decimal) -> Decimal:
    """The unit amount an annexe still bears once the law has another one (R1)."""
    version = VersionFactory(unit_amount=unit_amount)
    LegalValue.objects.create(
        parameter="montant_socle",
        kind="ACI",
        place=Place.METROPOLE,
        effective_on=date(2019, 7, 1),
        published_on=date(2019, 7, 1),
        value=later,
        unit="€/ETP/an",
        source="Arrêté imaginaire",
        confidence=Confidence.TO_CONFIRM,
        origin=Origin.ADMIN,
        added_by=UserFactory(),
    )
    version.refresh_from_db()
    return version.unit_amount


def second_convention(*, measure: Measure, starts_on: date, ends_on: date) -> int:
    """Conventions of a structure with AI_DC over 2018-2020, one more signed (R2, R4)."""
    structure = ConventionFactory(measure=Measure.AI_DC).structure
    ConventionFactory(
        structure=structure, measure=measure, starts_on=starts_on, ends_on=ends_on
    )
    return structure.conventions.count()


def second_version(*, first_state: VersionState, state: VersionState) -> int:
    """Versions of an annexe once a M1 is added in `state` (R6)."""
    first = VersionFactory(state=first_state)
    VersionFactory(annexe=first.annexe, modification=1, state=state)
    return first.annexe.versions.count()


def forecast_stored(
    *, dynamic: Decimal, durable: Decimal, transition: Decimal, positive: Decimal
) -> Decimal:
    """The forecast of dynamic exits an annexe bears, in % (R10)."""
    version = VersionFactory(
        forecast_dynamic=dynamic,
        forecast_durable=durable,
        forecast_transition=transition,
        forecast_positive=positive,
    )
    return version.forecast_dynamic


def hours_stored(*, hours: Decimal) -> Decimal:
    """Hours of a person in a month, as kept (R33)."""
    return MonthlyHoursFactory(hours=hours).hours


def statement_of(*, month: date, state: StatementState) -> str:
    """The state of a month of a convention that runs over 2018-2020 (R34)."""
    statement = MonthlyStatementFactory(month=month, state=state)
    return statement.state
