"""Hours of a month: which ones count, when they may be entered, which look wrong."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from parcours.enums import StatementState
from parcours.rules.statements import MOVES
from structures.enums import StructureKind
from structures.rules.periods import month_end, months_later, overlap

ENTERED = frozenset({StatementState.SAISI, StatementState.VALIDE})


def counted_hours(
    *, kind: StructureKind, worked: Decimal, paid_leave: Decimal
) -> Decimal:
    """Hours of a month that make ETP: an ACI counts paid leave, the others do not.

    ACI: hours paid. EI: hours worked. AI and ETTI: paid hours of an effective placement
    or mission, so without leave.

    Source : arrêté du 27 février 2019 et iris.asso.fr, questions-réponses 2014 (R27).
    """
    return worked + paid_leave if kind == StructureKind.ACI else worked


def is_beneficiary(hours: Decimal, *, minimum: Decimal) -> bool:
    """Whether a person counts in the month; no hours at all do not.

    Raises ValueError for negative hours, which the database refuses too.

    Source : tableaux de bord de l’État, bénéficiaires d’un mois (R33).
    """
    if hours < 0:
        raise ValueError(f"{hours} hours are negative")
    return hours >= minimum


def asp_hours(hours: Decimal) -> int:
    """Whole hours for the ASP, whose files hold no decimals; half goes up (R33)."""
    return int(hours.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def may_become(state: StatementState, after: StatementState) -> bool:
    """Whether a statement may go from a state to another; DEBLOQUE reopens a month.

    Source : tableaux de bord de l’État, emi_esm_etat_code (R34).
    """
    return any(state in it.sources and it.target == after for it in MOVES)


def month_is_covered(month: date, *, starts_on: date, ends_on: date) -> bool:
    """Whether a month has a day in a period: hours outside are refused.

    Source : les mois de la période de l’annexe seulement (R34).
    """
    return overlap(month.replace(day=1), month_end(month), starts_on, ends_on)


def entry_deadline(month: date, *, open_months: int) -> date:
    """Last day to enter a month: the end of the month `open_months` later (R35)."""
    return month_end(months_later(month.replace(day=1), open_months))


def is_late(
    month: date, *, state: StatementState | None, on: date, open_months: int
) -> bool:
    """Whether a month should have been entered; `state` None when it has no statement.

    Source : proposition de l’application, mois M ouvert jusqu’à M+1 (R35).
    """
    return state not in ENTERED and on > entry_deadline(month, open_months=open_months)


def hours_are_plausible(hours: Decimal, *, maximum: Decimal) -> bool:
    """Whether a month’s hours need no check: a warning, never a refusal.

    Source : proposition de l’application (R36).
    """
    return hours <= maximum
