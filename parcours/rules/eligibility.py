"""Who may enter a parcours under the PASS IAE: criteria, proofs, diagnosis.

Before September 2021 there are no numbered criteria: Pôle emploi gave the agrément.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from parcours.enums import Criterion, Decider, ProofAge
from parcours.rules.criteria import CRITERIA, FIRST_LEVEL
from parcours.rules.findings import Finding, refusal
from structures.rules.periods import months_later
from structures.rules.writing import counted, day


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What a structure keeps for a criterion; a document valid until a day says which.

    `has_no_age` for a diploma, which proves a level whenever it was given.
    """

    criterion: Criterion
    issued_on: date
    valid_until: date | None = None
    has_no_age: bool = False


def is_eligible(criteria: Collection[Criterion], *, second_level: int) -> bool:
    """Whether these criteria are enough: one of level 1, or `second_level` of level 2.

    Source : Code du travail, art. R. 5132-1-7 ; les emplois de l’inclusion (R54).
    """
    held = frozenset(criteria)
    return bool(held & FIRST_LEVEL) or len(held) >= second_level


def eligibility_findings(
    criteria: Collection[Criterion], *, by: Decider, second_level: int
) -> list[Finding]:
    """Why a person cannot be declared eligible; a prescripteur appreciates freely (R54)."""
    if by == Decider.PRESCRIPTEUR or is_eligible(criteria, second_level=second_level):
        return []
    missing = second_level - len(frozenset(criteria))
    return [
        refusal(
            "NOT_ENOUGH",
            f"Il manque {counted(missing, 'critère', 'critères')} de niveau 2, ou un de "
            "niveau 1 : complétez-les, ou orientez la personne vers un prescripteur "
            "habilité (art. R. 5132-1-7).",
        )
    ]


def proof_findings(
    proof: Proof, *, delivered_on: date, months: int | None
) -> list[Finding]:
    """Why a proof does not stand on the day a PASS is delivered.

    It is less than `months` old, or still valid, as its criterion asks; None without
    an age.

    Source : arrêté pris pour l’art. R. 5132-1-7 ; les emplois de l’inclusion (R55).
    """
    if proof.issued_on > delivered_on:
        told = "Cette pièce est datée d’après la délivrance du PASS IAE : vérifiez sa date."
        return [refusal("LATER", told)]
    age = CRITERIA[proof.criterion].age
    if age == ProofAge.VALID:
        return validity_findings(proof, delivered_on=delivered_on)
    if age == ProofAge.NONE or proof.has_no_age or months is None:
        return []
    expires_on = months_later(proof.issued_on, months)
    return [] if delivered_on < expires_on else [too_old(proof, months)]


def validity_findings(proof: Proof, *, delivered_on: date) -> list[Finding]:
    if proof.valid_until is None:
        told = "Saisissez le jour jusqu’auquel cette pièce est valable."
        return [refusal("NO_VALIDITY", told)]
    if proof.valid_until >= delivered_on:
        return []
    return [
        refusal(
            "EXPIRED",
            f"Cette pièce a expiré le {day(proof.valid_until)} : demandez sa suite "
            f"({CRITERIA[proof.criterion].proof}).",
        )
    ]


def too_old(proof: Proof, months: int) -> Finding:
    return refusal(
        "TOO_OLD",
        f"Cette pièce du {day(proof.issued_on)} doit avoir moins de {months} mois à la "
        f"délivrance du PASS IAE : demandez-en une récente "
        f"({CRITERIA[proof.criterion].proof}).",
    )


def diagnosis_valid_until(
    made_on: date, *, by: Decider, months: int, days: int
) -> date:
    """Last day of a diagnosis: `months` for a prescripteur, `days` for a structure.

    Source : Code du travail, art. R. 5132-1-5 ; durées des emplois de l’inclusion.
    """
    if by == Decider.PRESCRIPTEUR:
        return months_later(made_on, months)
    return made_on + timedelta(days=days)
