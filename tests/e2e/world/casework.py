"""What the CIP wrote of the first person of the fullest structure."""

from datetime import date

from parcours.actions.freins import (
    ActionSaid,
    end_action,
    lift_frein,
    name_frein,
    plan_action,
    set_objective,
)
from parcours.actions.interviews import (
    InterviewSaid,
    correct_interview,
    record_interview,
)
from parcours.actions.referents import name_referent
from parcours.enums import ActionSide, FreinTheme, Medium
from parcours.models import Action, Frein, Interview, Parcours, Referent
from structures.models import User

TODAY = date(2019, 12, 2)


def write_casework(structure):
    parcours = Parcours.objects.filter(contracts__structure=structure).first()
    contract = parcours.contracts.get(structure=structure)
    by = User.objects.get(email__startswith="cip@")
    write_interview(contract, by)
    write_freins(contract, by)
    name_referent(contract=contract, user=by, since=date(2019, 9, 2), by=by, on=TODAY)


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


def write_freins(contract, by):
    """One with an action that is late and one done, another lifted."""
    common = {"by": by, "on": TODAY}
    seen = {"contract": contract, "identified_on": date(2019, 9, 2), **common}
    frein = name_frein(theme=FreinTheme.HEBERGEMENT, **seen)
    objective = set_objective(frein=frein, text="Un bail à son nom", by=by)
    for title, side, due_on in [
        ("Dossier de fonds de solidarité logement", ActionSide.INTERNAL, 15),
        ("Rendez-vous avec l’agence sociale", ActionSide.EXTERNAL, 30),
    ]:
        said = ActionSaid(
            title=title,
            side=side,
            owner=by,
            started_on=date(2019, 9, 9),
            due_on=date(2019, 11, due_on),
            objective=objective,
        )
        action = plan_action(frein=frein, said=said, **common)
    done = {"done_on": date(2019, 11, 20), "outcome": "Garantie accordée"}
    end_action(action=action, **done, **common)
    lifted = name_frein(theme=FreinTheme.DEMARCHES, **seen)
    lift_frein(frein=lifted, lifted_on=date(2019, 10, 7), **common)


def keys_of_casework():
    action = Action.objects.get(done_on=None)
    named = Frein.objects.filter(contract=action.frein.contract_id)
    return {
        "interview": Interview.objects.filter(by__isnull=False).first().pk,
        "frein": action.frein_id,
        "lifted": named.get(theme=FreinTheme.DEMARCHES).pk,
        "action": action.pk,
        "adviser": Referent.objects.get().user_id,
    }
