"""What the rules find in an immersion before it is agreed (R49)."""

from datetime import date

from parcours.figures.contract_law import law_of
from parcours.models import Contract, Immersion
from parcours.rules import immersions as rules
from parcours.rules.findings import Finding
from structures.enums import StructureKind
from structures.rules.periods import Span

OF_IMMERSIONS = ("pmsmp", "pmsmp_part_maximale")


def of_person(contract: Contract) -> list[rules.Immersion]:
    """Those of the person in the contract’s structure: with one host, all are counted."""
    rows = Immersion.objects.filter(
        contract__person=contract.person_id, contract__structure=contract.structure_id
    )
    return [
        rules.Immersion(
            host=host_key(row.host),
            purpose=host_key(row.purpose),
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            is_renewal=row.is_renewal,
        )
        for row in rows
    ]


def host_key(text: str) -> str:
    """A name as it is compared: case and spaces do not count."""
    return " ".join(text.casefold().split())


def law_of_immersions(kind: StructureKind, *, on: date) -> rules.ImmersionLaw:
    law = law_of(OF_IMMERSIONS, known_on=on)
    return rules.ImmersionLaw(
        months=law.months("pmsmp", "MOIS", on=on) or 0,
        host_days=law.months("pmsmp", "JOURS", on=on) or 0,
        host_conventions=law.months("pmsmp", "CONVENTIONS", on=on) or 0,
        period_months=law.months("pmsmp", "PERIODE", on=on) or 0,
        share=law.value("pmsmp_part_maximale", kind, on=on),
    )


def found_in(row: Immersion) -> list[Finding]:
    """Why an immersion of a contract, not saved yet, cannot be agreed; two queries."""
    contract = row.contract
    asked = rules.Immersion(
        host=host_key(row.host),
        purpose=host_key(row.purpose),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        is_renewal=row.is_renewal,
    )
    left = getattr(contract, "exit", None)
    ends = [day for day in (contract.ends_on, left and left.exited_on) if day]
    return rules.immersion_findings(
        asked,
        before=of_person(contract),
        contract=Span(contract.starts_on, min(ends, default=date.max)),
        law=law_of_immersions(StructureKind(contract.structure.kind), on=row.starts_on),
    )
