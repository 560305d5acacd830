"""What PostgreSQL refuses about conventions, annexes and months."""

from datetime import date
from decimal import Decimal

from django.db import connection

from funding.enums import VersionState
from parcours.enums import StatementState
from structures.enums import Measure
from tests.funding.factories import (
    EnvelopeFactory,
    ModulationFactory,
    PartFactory,
    VersionFactory,
)
from tests.parcours.factories import MonthlyHoursFactory, MonthlyStatementFactory
from tests.structures.factories import (
    ConventionFactory,
    PerimeterCommuneFactory,
    PerimeterFactory,
)


def terms_rewritten(
    *,
    state: VersionState,
    unit_amount: Decimal | None = None,
    hours_per_etp: Decimal | None = None,
) -> dict[str, Decimal]:
    """The terms of an annexe of 2019 once the law’s later figures are put in (R1)."""
    version = VersionFactory(state=state)
    wanted = {"unit_amount": unit_amount, "hours_per_etp": hours_per_etp}
    given = {name: value for name, value in wanted.items() if value is not None}
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE funding_annexeversion SET {' = %s, '.join(given)} = %s "
            "WHERE id = %s",
            [*given.values(), version.pk],
        )
    version.refresh_from_db()
    return {name: getattr(version, name) for name in given}


def modulation_stored(*, percent: Decimal, is_prison: bool) -> Decimal:
    """Euros of the modulated share of an annexe of 10 ETP, in percent (R21)."""
    annexe = VersionFactory(is_prison=is_prison).annexe
    rate, base = percent / 100, Decimal(201_990)
    found = ModulationFactory(annexe=annexe, rate=rate, base=base, amount=base * rate)
    return found.amount


def earmark_borne_by(*, inside: bool) -> Decimal:
    """Euros of an ACI put on the ERBM, its commune in the perimeter or not (R82)."""
    perimeter = PerimeterFactory()
    if inside:
        PerimeterCommuneFactory(perimeter=perimeter)
    earmark = EnvelopeFactory(earmark=True, perimeter=perimeter)
    return PartFactory(envelope=earmark).amount


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
