"""The terms of an annexe beside its ETP: its days, its staff, the exits it foresees."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from funding.actions.comments import FORECAST, check_forecast
from funding.actions.files import MoveRefused, engage
from funding.actions.first_annexe import law_of
from funding.actions.terms import reprice, share_out, to_write
from funding.actions.trail import traced
from funding.enums import Act, Line
from funding.figures.allocation import amount_of, near_paid
from funding.figures.requests import term_in
from funding.models import AnnexeVersion
from structures.enums import Status
from structures.models import User
from structures.rules.merging import fingerprint
from structures.rules.writing import day

DAYS = ("starts_on", "ends_on")
OTHERS = (*DAYS, "cofinancer", "supervision_etp", "forecast_exits", *FORECAST)
EARMARKS = (Line.ERBM, Line.PAUVRETE)


def mark_of(version: AnnexeVersion) -> str:
    """A short mark of these terms: what a form had before it."""
    return fingerprint([str(getattr(version, name)) for name in OTHERS])


@transaction.atomic
def revise_other_terms(
    *,
    version: AnnexeVersion,
    values: Mapping[str, Any],
    by: User,
    on: date,
    expected: Status | None = None,
    seen: str = "",
) -> AnnexeVersion:
    """Give a version other days, staff or foreseen exits; its amount follows its months.

    The earmarks keep their ETP, the cofinancing its euros. In instruction the reservation
    follows at once. Raises MoveRefused, and a LedgerRefusal when an envelope cannot bear it.
    """
    version = to_write(version, expected)
    if seen and seen != mark_of(version):
        raise MoveRefused(
            "Quelqu’un a changé ces termes entre-temps : relisez-les, puis enregistrez de "
            "nouveau si les vôtres doivent prendre leur place."
        )
    with traced(version, by=by):
        write_others(version, values)
        reprice(version)
    return written(version, by=by, on=on)


def write_others(version: AnnexeVersion, values: Mapping[str, Any]) -> None:
    """The terms that are not its ETP, checked; not saved. Raises MoveRefused."""
    was = [getattr(version, name) for name in DAYS]
    for name in OTHERS:
        setattr(version, name, values[name])
    check_days(version, was)
    shares = [getattr(version, name) or Decimal(0) for name in FORECAST]
    check_forecast(sum(shares, Decimal(0)), *shares)
    told = [getattr(version, name) for name in FORECAST]
    version.forecast_dynamic = None if None in told else sum(shares, Decimal(0))


@transaction.atomic
def follow_law(
    *, version: AnnexeVersion, by: User, on: date, expected: Status | None = None
) -> AnnexeVersion:
    """Give a version not signed yet the socle and hours now known for its first day.

    What is submitted before the arrêté is published is signed at its amount. Raises
    MoveRefused, and a LedgerRefusal when an envelope cannot bear the difference.
    """
    version = to_write(version, expected)
    refuse_periods(version)
    unit, hours = law_of(version.annexe.convention, version.starts_on, on=on)
    with traced(version, by=by):
        version.unit_amount, version.hours_per_etp = unit, hours
        version.computed_on = on
        reprice(version)
    return written(version, by=by, on=on)


def check_days(version: AnnexeVersion, was: list[date]) -> None:
    """Raises MoveRefused when its days leave its year or its convention."""
    first, last = term_in(version.annexe.convention, version.annexe.year)
    if not first <= version.starts_on <= version.ends_on <= last:
        raise MoveRefused(
            f"Cette annexe court au plus du {day(first)} au {day(last)}, les jours de sa "
            "convention cette année-là : corrigez ses dates."
        )
    if was != [version.starts_on, version.ends_on]:
        refuse_periods(version)


def refuse_periods(version: AnnexeVersion) -> None:
    if version.periods.exists():
        raise MoveRefused(
            "Le montant par ETP de cette annexe change en cours d’année : ses dates et ce "
            "montant se changent depuis « Montant socle qui change en cours d’année »."
        )


def written(version: AnnexeVersion, *, by: User, on: date) -> AnnexeVersion:
    """Share it out again at its new amount, and reserve the difference in instruction."""
    version.is_written = True
    version.save()
    earmarks = version.parts.filter(envelope__line__in=EARMARKS)
    for part in earmarks.select_related("envelope"):
        worth = amount_of(version, part.etp)
        part.amount = near_paid(version, part.envelope, worth)
        part.save(update_fields=["amount"])
    share_out(version)
    if version.status == Status.INSTRUCTION:
        engage(version, Act.SUBMIT, on=on, by=by)
    return version
