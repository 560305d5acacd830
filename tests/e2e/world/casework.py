"""What the CIP wrote of the first person of the fullest structure."""

from datetime import date

from parcours.actions.interviews import (
    InterviewSaid,
    correct_interview,
    record_interview,
)
from parcours.enums import Medium
from parcours.models import Interview, Parcours
from structures.models import User

TODAY = date(2019, 12, 2)


def write_casework(structure):
    parcours = Parcours.objects.filter(contracts__structure=structure).first()
    contract = parcours.contracts.get(structure=structure)
    by = User.objects.get(email__startswith="cip@")
    write_interview(contract, by)


def write_interview(contract, by):
    """Corrected once, with notes that were changed too."""
    common = {"by": by, "on": TODAY}
    said = {
        "held_on": date(2019, 11, 25),
        "medium": Medium.MEETING,
        "minutes": 40,
        "summary": "Point sur le permis : le code est passé, reste la conduite.",
        "notes": "Inquiet pour le loyer de décembre.",
    }
    interview = record_interview(
        contract=contract, said=InterviewSaid(**said), **common
    )
    again = InterviewSaid(**said | {"minutes": 50, "notes": "Loyer réglé."})
    correct_interview(interview=interview, said=again, **common)


def keys_of_casework():
    return {"interview": Interview.objects.filter(by__isnull=False).first().pk}
