"""What a structure that absorbs another takes over of its annexe, never more."""

from dataclasses import dataclass
from decimal import Decimal

from funding.rules.aide_au_poste import annexe_total
from structures.rules.rounding import hundredths

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class Terms:
    """ETP over the months of an annexe, at their yearly unit amount."""

    etp: Decimal
    unit_amount: Decimal
    months: int

    @property
    def total(self) -> Decimal:
        return annexe_total(
            etp=self.etp, unit_amount=self.unit_amount, months=self.months
        )


def etp_taken_over(*, absorbed: Terms, absorbing: Terms, months_left: int) -> Decimal:
    """ETP added to the absorbing annexe: those left, spread over its own months.

    Cut to the hundredth, and by one more while both annexes together would cost more
    than they did: the roundings of R17 may add a few cents.

    Source : calcul, ETP × mois restants ÷ mois de l’annexe (R98).
    """
    extra = hundredths(absorbed.etp * months_left / absorbing.months)
    had = absorbed.total + absorbing.total
    kept = Terms(
        etp=absorbed.etp,
        unit_amount=absorbed.unit_amount,
        months=absorbed.months - months_left,
    )
    while extra > 0:
        both = Terms(
            etp=absorbing.etp + extra,
            unit_amount=absorbing.unit_amount,
            months=absorbing.months,
        )
        if kept.total + both.total <= had:
            break
        extra -= HUNDREDTH
    return extra
