"""The life of a FDI request, and its money: an advance, then the balance (R85)."""

from dataclasses import dataclass
from decimal import Decimal

from funding.enums import Actor, FdiAct, FdiStatus
from structures.rules.rounding import cents
from structures.rules.writing import euros

RECEIVED, ADVISED = FdiStatus.RECEIVED, FdiStatus.ADVISED
AGREED, ADVANCED = FdiStatus.AGREED, FdiStatus.ADVANCED
OVERPAID, SETTLED = FdiStatus.OVERPAID, FdiStatus.SETTLED
NEEDS_REASON = frozenset({FdiAct.REFUSE, FdiAct.CANCEL})


@dataclass(frozen=True)
class Row:
    """From a status, an act, to a status, by whom."""

    source: FdiStatus
    act: FdiAct
    target: FdiStatus
    actor: Actor


ROWS = [
    Row(RECEIVED, FdiAct.RECORD_OPINION, ADVISED, Actor.AGENT),
    Row(RECEIVED, FdiAct.CANCEL, FdiStatus.CANCELLED, Actor.AGENT),
    Row(ADVISED, FdiAct.AGREE, AGREED, Actor.SIGNATORY),
    Row(ADVISED, FdiAct.REFUSE, FdiStatus.REFUSED, Actor.SIGNATORY),
    Row(ADVISED, FdiAct.CANCEL, FdiStatus.CANCELLED, Actor.AGENT),
    Row(AGREED, FdiAct.PAY_ADVANCE, ADVANCED, Actor.AGENT),
    Row(AGREED, FdiAct.CANCEL, FdiStatus.CANCELLED, Actor.AGENT),
    Row(ADVANCED, FdiAct.SETTLE, SETTLED, Actor.AGENT),
    Row(OVERPAID, FdiAct.RECOVER, SETTLED, Actor.AGENT),
]


def row_of(status: FdiStatus, act: FdiAct) -> Row | None:
    return next((it for it in ROWS if (it.source, it.act) == (status, act)), None)


def rows_from(status: FdiStatus, actors: frozenset[Actor]) -> list[Row]:
    """What somebody may do to a request, in the order of its life."""
    return [it for it in ROWS if it.source == status and it.actor in actors]


def advance_of(*, agreed: Decimal, share: Decimal) -> Decimal:
    """Euros paid at the agreement.

    Source : travail-emploi.gouv.fr, fiche FDI (R85).
    """
    return cents(agreed * share)


def balance_of(*, approved: Decimal, paid: Decimal) -> Decimal:
    """Euros still to pay once the report is approved; negative is to be paid back.

    Source : travail-emploi.gouv.fr, fiche FDI (R85) ; trop-perçu (R86).
    """
    return approved - paid


def above_cap(*, agreed: Decimal, cap: Decimal | None) -> str:
    """Why an aid may not be agreed; empty when it may, or nothing caps it.

    Source : travail-emploi.gouv.fr, fiche FDI (R85).
    """
    if cap is None or agreed <= cap:
        return ""
    return (
        f"Cette nature d’aide est plafonnée à {euros(cap)} ; vous en accordez "
        f"{euros(agreed)}. Ramenez le montant au plafond."
    )
