"""The law of a hiring on its day, as it may be known: one query for all of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from parcours.enums import HoursDerogation
from parcours.rules.cdi_inclusion import CdiLaw
from parcours.rules.weekly_hours import HoursLaw, derogation_key
from structures.enums import Place, StructureKind
from structures.models import LegalValue

OF_RIGHTS = ("pass_duree", "pass_experimentation", "agrement_duree")
OF_CONTRACTS = (
    *("contrat_duree_minimale", "contrat_duree_maximale", "contrat_duree_totale"),
    *("contrat_heures_hebdomadaires", "duree_legale_hebdomadaire"),
    *("derogation_heures", "derogation_cumul_attente", "age_minimal"),
    "contrat_difficultes_par_decision",
)
OF_CDI = ("cdi_inclusion_part", "cdi_inclusion_plafond", "cdi_inclusion_anciennete")


@dataclass(frozen=True)
class Law:
    """Values of some parameters; None where no text gives one, date.max for « not yet »."""

    rows: tuple[LegalValue, ...]

    def value(self, parameter: str, kind: str = "", *, on: date) -> Decimal | None:
        """The value in effect on a day."""
        found = [
            row
            for row in self.rows
            if (row.parameter, row.kind) == (parameter, kind) and row.effective_on <= on
        ]
        last = max(
            found, key=lambda row: (row.effective_on, row.published_on), default=None
        )
        return last.value if last else None

    def months(self, parameter: str, kind: str = "", *, on: date) -> int | None:
        """The same where it is a whole number: months, days or years."""
        found = self.value(parameter, kind, on=on)
        return None if found is None else int(found)

    def since(self, parameter: str) -> date:
        """The first day of a parameter: when what it governs began."""
        days = (row.effective_on for row in self.rows if row.parameter == parameter)
        return min(days, default=date.max)

    def has(self, parameter: str, *, on: date) -> bool:
        return self.since(parameter) <= on


def law_of(parameters: Iterable[str], *, known_on: date) -> Law:
    """What could be read on a day of some parameters; one query."""
    rows = LegalValue.objects.known_on(known_on).filter(
        parameter__in=list(parameters), place=Place.METROPOLE
    )
    return Law(tuple(rows))


def contract_law(*, known_on: date) -> Law:
    """What hirings and contracts are checked on; one query."""
    return law_of((*OF_RIGHTS, *OF_CONTRACTS, *OF_CDI), known_on=known_on)


def hours_law(
    law: Law, kind: StructureKind, reason: HoursDerogation | None, *, on: date
) -> HoursLaw:
    key = derogation_key(kind, reason) if reason else ""
    return HoursLaw(
        least=law.value("contrat_heures_hebdomadaires", kind, on=on),
        most=law.value("duree_legale_hebdomadaire", on=on) or Decimal("Infinity"),
        derogation_months=law.months("derogation_heures", key, on=on),
        waiting_months=law.months("derogation_cumul_attente", kind, on=on),
    )


def cdi_law(law: Law, *, on: date) -> CdiLaw | None:
    """None until the CDI inclusion has its text."""
    age = law.months("age_minimal", "CDI_INCLUSION", on=on)
    if age is None or not law.has("cdi_inclusion_part", on=on):
        return None
    ordinary = law.value("cdi_inclusion_plafond", "ORDINAIRE", on=on)
    ceiling = law.value("cdi_inclusion_plafond", "DEROGATION", on=on)
    return CdiLaw(
        minimum_age=age,
        months_before=law.months("cdi_inclusion_anciennete", on=on) or 0,
        ordinary=ordinary or Decimal(1),
        ceiling=ceiling or Decimal(1),
    )
