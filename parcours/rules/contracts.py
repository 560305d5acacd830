"""Which contracts a structure may sign, and for how long.

Durations are in months, from date to date; they are dated parameters, by kind of
structure. A kind or a contract without a limit has None.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from parcours.enums import ContractKind
from parcours.rules.findings import Finding, refusal
from structures.enums import PostKind, StructureKind
from structures.rules.periods import ONE_DAY, Span, last_day_of_months
from structures.rules.requests import contracts_of
from structures.rules.writing import day

# The article that governs the contracts of each kind.
ARTICLES = {
    StructureKind.ACI: "art. L. 5132-15-1",
    StructureKind.AI: "art. L. 5132-11-1",
    StructureKind.EI: "art. L. 5132-5",
    StructureKind.ETTI: "art. L. 5132-6",
}
CONTRACT_OF_POST = {
    PostKind.CDDI: ContractKind.CDDI,
    PostKind.MAD: ContractKind.MAD,
    PostKind.MISSION: ContractKind.MISSION,
    PostKind.CDI: ContractKind.CDI_INCLUSION,
}
# Those whose renewals are counted together.
WITH_A_TOTAL = frozenset({ContractKind.CDDI, ContractKind.MISSION})


def contract_kinds(kind: StructureKind, *, has_cdi: bool) -> tuple[ContractKind, ...]:
    """Contracts a structure of this kind may sign; CDI inclusion once its text is in force.

    Source : Code du travail, art. L. 5132-5, 5132-6, 5132-7, 5132-11-1, 5132-15-1 (R47).
    """
    return tuple(CONTRACT_OF_POST[post] for post in contracts_of(kind, has_cdi=has_cdi))


def kind_findings(
    *, kind: StructureKind, contract: ContractKind, has_cdi: bool
) -> list[Finding]:
    """Why a structure cannot sign this kind of contract (R47)."""
    allowed = contract_kinds(kind, has_cdi=has_cdi)
    if contract in allowed:
        return []
    names = " ou ".join(one.label for one in allowed)
    return [
        refusal(
            "WRONG_CONTRACT",
            f"Une structure de type {kind} ne signe pas de contrat « {contract.label} » : "
            f"choisissez {names} ({ARTICLES[kind]}).",
        )
    ]


def duration_findings(
    *,
    kind: StructureKind,
    contract: ContractKind,
    starts_on: date,
    ends_on: date | None,
    least_months: int | None,
    is_renewal: bool = False,
    has_adjusted_sentence: bool = False,
) -> list[Finding]:
    """Why the dates of a contract cannot stand: backwards, without an end, too short.

    `least_months` holds for a first CDDI; an aménagement de peine lifts it, and a renewal
    only lengthens the contract it renews.

    Source : Code du travail, art. L. 5132-5, L. 5132-11-1 et L. 5132-15-1 (R43).
    """
    if ends_on is None:
        return [] if contract == ContractKind.CDI_INCLUSION else [no_end(contract)]
    if ends_on < starts_on:
        told = "La fin du contrat précède son début : corrigez ses dates."
        return [refusal("BACKWARDS", told)]
    is_free = is_renewal or has_adjusted_sentence or contract != ContractKind.CDDI
    if least_months is None or is_free:
        return []
    first = last_day_of_months(starts_on, least_months)
    return [] if ends_on >= first else [too_short(kind, least_months, first)]


def no_end(contract: ContractKind) -> Finding:
    return refusal("NO_END", f"Saisissez la fin du contrat ({contract.label}).")


def too_short(kind: StructureKind, least_months: int, first: date) -> Finding:
    return refusal(
        "TOO_SHORT",
        f"Un CDD d’insertion dure au moins {least_months} mois : faites-le finir à partir "
        f"du {day(first)}, ou indiquez l’aménagement de peine ({ARTICLES[kind]}).",
    )


def contract_limit(terms: Iterable[Span], *, months: int) -> date:
    """Last day that contracts renewed one by another may reach, `months` in all.

    Months run from date to date since the first day; each day without a contract between
    two of them pushes the limit by one. Raises ValueError without any contract.

    Source : Code du travail, art. L. 5132-5, L. 5132-11-1 et L. 5132-15-1 (R44).
    """
    first, *later = sorted(terms)
    covered_until, pause = first.ends_on, timedelta(0)
    for term in later:
        pause += max(term.starts_on - covered_until - ONE_DAY, timedelta(0))
        covered_until = max(covered_until, term.ends_on)
    return last_day_of_months(first.starts_on, months) + pause


def total_findings(
    *,
    kind: StructureKind,
    contract: ContractKind,
    terms: Iterable[Span],
    most_months: int,
    extended_until: date | None = None,
) -> list[Finding]:
    """Why contracts renewed one by another last too long; `terms` holds them all.

    `extended_until` is the last day of the reasons accepted beyond the total
    (`extension_findings` tells of each). Those of a mission are counted for that mission.

    Source : Code du travail, art. L. 5132-5, 5132-6, 5132-11-1 et 5132-15-1 (R44).
    """
    terms = list(terms)
    if contract not in WITH_A_TOTAL or not terms:
        return []
    limit = contract_limit(terms, months=most_months)
    limit = max(limit, extended_until or limit)
    if max(term.ends_on for term in terms) <= limit:
        return []
    return [
        refusal(
            "OVER_TOTAL",
            f"Les contrats de cette personne ici atteignent leur durée totale le "
            f"{day(limit)} : finissez au plus tard ce jour, ou indiquez le motif qui permet "
            f"d’aller au-delà de {most_months} mois ({ARTICLES[kind]}).",
        )
    ]
