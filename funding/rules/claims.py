"""The letter that claims back what was paid above what is due (R86)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from structures.enums import StructureKind
from structures.rules.writing import day, euros

# Articles of the Code du travail on the reversement, by kind.
ARTICLES = {
    StructureKind.EI: "R. 5132-5 et R. 5132-6",
    StructureKind.ETTI: "R. 5132-10-10 et R. 5132-10-11",
    StructureKind.AI: "R. 5132-16 et R. 5132-26",
    StructureKind.ACI: "R. 5132-32 et R. 5132-43",
}


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the letter says; amounts in euros. `due` is None while no hours are computed."""

    structure: str
    kind: StructureKind
    annexe: str
    year: int
    paid: Decimal
    due: Decimal | None
    amount: Decimal
    reason: str
    detail: str
    issued_on: date


def letter(facts: Facts) -> str:
    """The text of a titre de reversement, in paragraphs.

    Source : Code du travail, art. R. 5132-5 et suivants (R86).
    """
    paragraphs = [
        f"Le {day(facts.issued_on)}",
        f"{facts.structure}\nAnnexe financière {facts.annexe}, exercice {facts.year}",
        "Madame, Monsieur,",
        standing(facts),
        f"Motif : {facts.reason}." + (f" {facts.detail}" if facts.detail else ""),
        (
            f"En application des articles {ARTICLES[facts.kind]} du code du travail, je vous "
            f"demande de reverser {euros(facts.amount)} à l’Agence de services et de "
            "paiement. Vous pouvez me faire part de vos observations."
        ),
        "Veuillez agréer, Madame, Monsieur, l’expression de ma considération distinguée.",
    ]
    return "\n\n".join(paragraphs)


def standing(facts: Facts) -> str:
    """What was paid, and what the hours are worth when that is known."""
    paid = (
        f"Au titre de l’annexe financière citée ci-dessus, {euros(facts.paid)} vous ont "
        "été versés."
    )
    if facts.due is None:
        return paid
    return (
        f"{paid} Les heures déclarées et validées ouvrent droit à {euros(facts.due)}."
    )
