"""Which interviews may be written down (R58)."""

from datetime import date

from parcours.rules.findings import Finding, refusal
from structures.rules.writing import day

LONGEST = 600  # minutes: more is not one interview


def written_findings(
    *, held_on: date, minutes: int, hired_on: date, on: date
) -> list[Finding]:
    """Why an interview cannot be kept as it is written, by the day it is written on.

    Source : proposition de l’application (R58).
    """
    found = []
    if held_on > on:
        found.append(
            refusal(
                "FUTURE",
                f"Le {day(held_on)} est à venir : enregistrez l’entretien quand il a eu "
                "lieu.",
            )
        )
    if held_on < hired_on:
        found.append(
            refusal(
                "BEFORE_HIRING",
                f"La personne est embauchée le {day(hired_on)} : un entretien de son "
                "accompagnement ne peut pas être antérieur.",
            )
        )
    if not 1 <= minutes <= LONGEST:
        told = f"Un entretien dure de 1 à {LONGEST} minutes : corrigez la durée."
        found.append(refusal("MINUTES", told))
    return found
