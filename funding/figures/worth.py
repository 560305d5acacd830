"""What an amount pays for: PEC at the standard rate, or ETP of each kind (R83)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from funding.rules.aide_au_poste import affordable_etp
from funding.rules.fongibilite import affordable_pec, pec_cost
from structures.enums import StructureKind
from structures.figures.legal_values import legal_value


@dataclass(frozen=True)
class Worth:
    """Whole PEC, or ETP of each kind, over a whole year."""

    pec: int
    etp: list[tuple[str, Decimal]]


def worth_of(amount: Decimal, *, year: int, on: date) -> Worth:
    """At the values of the year, as known that day; seven queries."""
    day = date(year, 1, 1)
    known = max(on, day)

    def value(parameter: str, kind: str = "") -> Decimal:
        return legal_value(parameter, kind, on=day, known_on=known).value

    cost = pec_cost(
        smic=value("smic_horaire"),
        weekly_hours=value("pec_heures_hebdomadaires"),
        rate=value("pec_taux", "STANDARD"),
        months=12,
    )
    kinds = [StructureKind.ACI, StructureKind.EI, StructureKind.ETTI, StructureKind.AI]
    etp = [
        (
            str(kind.value),
            affordable_etp(freed=amount, unit_amount=value("montant_socle", kind)),
        )
        for kind in kinds
    ]
    return Worth(affordable_pec(amount=amount, cost=cost), etp)
